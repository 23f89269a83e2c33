package dev.slipway.telemetry;

import dev.slipway.change.FlagChange;
import dev.slipway.change.Slot;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Flags' changes that are remembered as long as this lives. */
public final class FakeFlagChanges implements FlagChanges {
  private static final Comparator<FlagChange> BY_TIME =
      Comparator.comparing(FlagChange::at).thenComparing(FlagChange::id);

  private final Map<String, FlagChange> changes = new LinkedHashMap<>();

  @Override
  public synchronized void changed(FlagChange change) {
    changes.putIfAbsent(change.id(), change);
  }

  @Override
  public synchronized Optional<FlagChange> known(String id) {
    return Optional.ofNullable(changes.get(id));
  }

  @Override
  public synchronized List<FlagChange> during(Slot slot, Instant from, Instant to) {
    return changes.values().stream()
        .filter(it -> it.concerns(slot) && !it.at().isBefore(from) && it.at().isBefore(to))
        .sorted(BY_TIME)
        .limit(TOLD_MAX)
        .toList();
  }

  @Override
  public synchronized List<FlagChange> latest() {
    return changes.values().stream()
        .sorted(Comparator.comparing(FlagChange::at).reversed().thenComparing(FlagChange::id))
        .limit(100)
        .toList();
  }
}
