/** What a person needs to decide, on one page: {@link ContextPackage}. */
@NullMarked
package dev.slipway.escalation;

import org.jspecify.annotations.NullMarked;
