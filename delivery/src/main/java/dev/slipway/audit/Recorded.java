package dev.slipway.audit;

/**
 * A record that is durable in the audit log. Only {@link AuditTrail#append} makes one, after the
 * bytes are on disk; a method that takes one cannot be called with anything unrecorded.
 */
public final class Recorded<T extends AuditRecord> {
  private final T record;
  private final long index;

  Recorded(T record, long index) {
    this.record = record;
    this.index = index;
  }

  /** What was recorded. */
  public T record() {
    return record;
  }

  /** Its index in the log. */
  public long index() {
    return index;
  }
}
