/**
 * Measures the ledger and puts it through what takes too long for its tests. Each class is a
 * program; its comment says how it is called and what it prints.
 */
@NullMarked
package dev.slipway.bench.ledger;

import org.jspecify.annotations.NullMarked;
