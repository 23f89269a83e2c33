/** The contract kit of the store of evidence, and one that keeps it in memory. */
package dev.slipway.evidence;
