/**
 * The agents' contract: {@link Agent} turns an {@link Assignment} into a report; {@link Agents}
 * says which agent serves which stage.
 */
@NullMarked
package dev.slipway.agents;

import org.jspecify.annotations.NullMarked;
