/**
 * How good the judge is: simulated rollouts of which the truth is known, judged by ours, by plain
 * thresholds and by a Mann–Whitney judge. Entry points: {@link JudgeReport} writes the tables and
 * plots of {@code docs/judge.md}; {@link JudgeBenchmark} measures how long a decision takes.
 */
@NullMarked
package dev.slipway.bench.judge;

import org.jspecify.annotations.NullMarked;
