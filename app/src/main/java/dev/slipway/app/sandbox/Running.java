package dev.slipway.app.sandbox;

import dev.slipway.workspace.Execution;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The commands that run now, by directory. */
final class Running {
  private final Map<Path, Set<Run>> byDirectory = new ConcurrentHashMap<>();

  Execution toItsEnd(Path directory, Run run, Mask mask) {
    Set<Run> runs = byDirectory.computeIfAbsent(directory, key -> ConcurrentHashMap.newKeySet());
    runs.add(run);
    try {
      return run.toItsEnd(mask);
    } finally {
      runs.remove(run);
      byDirectory.computeIfPresent(directory, (key, left) -> left.isEmpty() ? null : left);
    }
  }

  void end(Path directory) {
    byDirectory.getOrDefault(directory, Set.of()).forEach(Run::stop);
  }
}
