package dev.slipway.incident;

import dev.slipway.change.ChangeId;
import dev.slipway.policy.judge.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reports that are kept as long as this lives. */
public final class FakeIncidents implements Incidents {
  private final List<Kept> kept = new ArrayList<>();

  @Override
  public synchronized Kept keep(Incident incident, Optional<Recording> recording) {
    Kept now =
        new Kept(incident, "incidents/" + incident.name(), incident + "\n" + recording.isPresent());
    kept.add(now);
    return now;
  }

  @Override
  public synchronized Optional<Incident> find(String name) {
    return kept.reversed().stream()
        .map(Kept::incident)
        .filter(it -> it.name().equals(name))
        .findFirst();
  }

  @Override
  public synchronized Optional<Kept> latest(ChangeId change) {
    return kept.stream()
        .filter(it -> it.incident().subject().change().equals(change))
        .max(Comparator.comparingInt(it -> it.incident().turn()));
  }

  /** Everything that was ever kept, in order. */
  public synchronized List<Kept> all() {
    return List.copyOf(kept);
  }
}
