/**
 * Reads what test runners and coverage tools leave: {@link dev.slipway.app.coverage.ReportReader},
 * the adapter of {@link dev.slipway.agents.testing.TestReports}. JUnit XML and {@code go test
 * -json}; JaCoCo, Cobertura, LCOV and Go cover profiles. The files are written by code under test,
 * hence hostile: bounded, without entities, and matched to the tree's own paths.
 */
@NullMarked
package dev.slipway.app.coverage;

import org.jspecify.annotations.NullMarked;
