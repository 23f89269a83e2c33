/** What the audit log says: {@link Stories} are made-up changes, for tests of other modules too. */
package dev.slipway.audit;
