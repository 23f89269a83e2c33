package dev.slipway.app.engine;

import dev.slipway.pipeline.Act;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings what is under way in line with what is wanted: starts what is neither running nor done,
 * calls off what is no longer wanted. Belongs to one entity and its thread.
 */
final class Undertakings {
  private final Function<Act, Undertaking> starter;
  private final Map<String, Undertaking> running = new HashMap<>();
  private final Set<String> done = new HashSet<>();

  Undertakings(Function<Act, Undertaking> starter) {
    this.starter = starter;
  }

  void bringInLine(List<Act> wanted) {
    Set<String> keys = new HashSet<>();
    wanted.forEach(act -> keys.add(act.key()));
    done.retainAll(keys);
    running
        .entrySet()
        .removeIf(
            entry -> {
              boolean unwanted = !keys.contains(entry.getKey());
              if (unwanted) {
                entry.getValue().callOff();
              }
              return unwanted;
            });
    for (Act act : wanted) {
      if (!running.containsKey(act.key()) && !done.contains(act.key())) {
        running.put(act.key(), starter.apply(act));
      }
    }
  }

  /** The act came to its end; it is not started again as long as it is wanted. */
  void ended(String key) {
    if (running.remove(key) != null) {
      done.add(key);
    }
  }

  boolean isRunning(String key) {
    return running.containsKey(key);
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  /** Whether all of this came to its end. */
  boolean haveDone(List<Act> wanted) {
    return wanted.stream().allMatch(act -> done.contains(act.key()));
  }

  void interruptAll() {
    running.values().forEach(Undertaking::interrupt);
    running.clear();
  }
}
