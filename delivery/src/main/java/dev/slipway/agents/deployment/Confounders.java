package dev.slipway.agents.deployment;

import dev.slipway.change.FlagChange;
import dev.slipway.change.Slot;
import dev.slipway.telemetry.FlagChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What else than the canary changed since the watch began, as far as it was told by now. Everything
 * since then is asked for each time, for a flag's change may be told late.
 */
final class Confounders {
  private static final int NAMED_MAX = 5;
  private static final int NOTES_MAX = 20;

  private final FlagChanges flags;
  private final Slot slot;
  private final Instant start;
  private final List<String> notes = new ArrayList<>();
  private List<FlagChange> known = List.of();

  Confounders(FlagChanges flags, Slot slot, Instant start) {
    this.flags = flags;
    this.slot = slot;
    this.start = start;
  }

  /**
   * Asks again for everything until {@code to}.
   *
   * @return whether something is new that was before {@code judged}, so that what was judged until
   *     then is void
   */
  boolean cameLate(Instant judged, Instant to) {
    Set<FlagChange> before = Set.copyOf(known);
    known = flags.during(slot, start, to);
    return known.stream()
        .anyMatch(change -> change.at().isBefore(judged) && !before.contains(change));
  }

  /** Why nothing that is measured in the interval speaks for or against the canary. */
  Optional<String> in(Instant from, Instant to) {
    Optional<String> why = why(from, to);
    why.ifPresent(it -> notes.add("set aside from " + from + " to " + to + ": " + it));
    return why;
  }

  private Optional<String> why(Instant from, Instant to) {
    if (known.size() >= FlagChanges.TOLD_MAX) {
      return Optional.of(
          "flags changed %d times since %s, and more are not followed"
              .formatted(FlagChanges.TOLD_MAX, start));
    }
    List<FlagChange> here =
        known.stream()
            .filter(change -> !change.at().isBefore(from) && change.at().isBefore(to))
            .toList();
    if (here.isEmpty()) {
      return Optional.empty();
    }
    String more = here.size() > NAMED_MAX ? "; and " + (here.size() - NAMED_MAX) + " more" : "";
    return Optional.of(
        here.stream()
            .limit(NAMED_MAX)
            .map(FlagChange::toString)
            .collect(Collectors.joining("; ", "", more)));
  }

  /** A sentence for each interval that was set aside. */
  List<String> notes() {
    if (notes.size() <= NOTES_MAX) {
      return List.copyOf(notes);
    }
    List<String> some = new ArrayList<>(notes.subList(0, NOTES_MAX));
    some.add("set aside as well: " + (notes.size() - NOTES_MAX) + " more intervals");
    return some;
  }
}
