package dev.slipway.target;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Releases in memory. */
public final class FakeReleases implements Releases {
  private final Map<Slot, List<Release>> released = new TreeMap<>();
  private final Set<String> failed = new HashSet<>();
  private final List<Setback> incidents = new ArrayList<>();

  @Override
  public void rolledBack(Slot slot, Digest artifact) {
    failed.add(slot + " " + artifact);
  }

  @Override
  public boolean wasRolledBack(Slot slot, Digest artifact) {
    return failed.contains(slot + " " + artifact);
  }

  @Override
  public void released(Slot slot, Release release) {
    List<Release> of = released.computeIfAbsent(slot, any -> new ArrayList<>());
    if (!of.contains(release)) {
      of.add(release);
    }
  }

  @Override
  public Optional<Release> latest(Slot slot) {
    return Optional.ofNullable(released.get(slot)).map(List::getLast);
  }

  @Override
  public Optional<Release> before(Slot slot, ChangeId change) {
    List<Release> all = released.getOrDefault(slot, List.of());
    for (int i = all.size() - 1; i > 0; i--) {
      if (all.get(i).change().equals(change) && all.get(i).withdrawal().isEmpty()) {
        return Optional.of(all.get(i - 1));
      }
    }
    return Optional.empty();
  }

  @Override
  public void setback(Setback incident) {
    if (!incidents.contains(incident)) {
      incidents.add(incident);
    }
  }

  @Override
  public List<Setback> setbacks(Environment environment, Instant since) {
    return incidents.stream()
        .filter(it -> it.slot().environment().equals(environment) && !it.at().isBefore(since))
        .sorted(Comparator.comparing(Setback::at).reversed())
        .limit(100)
        .toList();
  }

  @Override
  public Map<Slot, Release> withdrawn() {
    Map<Slot, Release> held = new TreeMap<>();
    released.forEach(
        (slot, all) -> {
          if (all.getLast().withdrawal().isPresent()) {
            held.put(slot, all.getLast());
          }
        });
    return held;
  }
}
