/** What tests of other packages need of the audit log. */
@NullMarked
package dev.slipway.audit;

import org.jspecify.annotations.NullMarked;
