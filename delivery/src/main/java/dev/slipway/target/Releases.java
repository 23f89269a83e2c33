package dev.slipway.target;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers what each slot ran, one after another, and which contents failed there. */
public interface Releases {
  /**
   * This content was rolled back from the slot because it failed there; durable when it returns.
   */
  void rolledBack(Slot slot, Digest artifact);

  /** Whether this content was ever rolled back from the slot. */
  boolean wasRolledBack(Slot slot, Digest artifact);

  /** The slot runs this from now on; durable when it returns. Said twice, it counts once. */
  void released(Slot slot, Release release);

  /** What was released to the slot last; empty if nothing was since this is remembered. */
  Optional<Release> latest(Slot slot);

  /** What was released to the slot last before the change's own version. */
  Optional<Release> before(Slot slot, ChangeId change);

  /** Remembers it; durable when it returns. Said twice, it counts once. */
  void setback(Setback incident);

  /** Those in the environment since then, the newest first: at most 100. */
  List<Setback> setbacks(Environment environment, Instant since);

  /** The slots whose latest release was put back, with that release. */
  Map<Slot, Release> withdrawn();
}
