/** The contract kit of {@link dev.slipway.incident.Incidents}, and incidents made up for tests. */
package dev.slipway.incident;
