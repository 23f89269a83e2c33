package dev.slipway.telemetry;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Calibration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measurements that are remembered as long as this lives. */
public final class FakeBaselines implements Baselines {
  private record Key(String repository, ServiceName service, CommitId candidate) {}

  private final Map<Key, StagingRun> staging = new LinkedHashMap<>();
  private final Map<Key, ArmTraffic> production = new LinkedHashMap<>();
  private final List<Key> shipped = new ArrayList<>();

  @Override
  public synchronized void measured(
      String repository, ServiceName service, CommitId candidate, StagingRun run) {
    staging.put(new Key(repository, service, candidate), run);
  }

  @Override
  public synchronized Optional<StagingRun> measurement(
      String repository, ServiceName service, CommitId candidate) {
    return Optional.ofNullable(staging.get(new Key(repository, service, candidate)));
  }

  @Override
  public synchronized void shipped(String repository, ServiceName service, CommitId candidate) {
    Key key = new Key(repository, service, candidate);
    if (staging.containsKey(key) && !shipped.contains(key)) {
      shipped.addFirst(key);
    }
  }

  @Override
  public synchronized List<StagingRun> baselines(String repository, ServiceName service) {
    return of(repository, service).stream().limit(10).map(this::stagingOf).toList();
  }

  @Override
  public synchronized void observed(
      String repository, ServiceName service, CommitId candidate, ArmTraffic traffic) {
    Key key = new Key(repository, service, candidate);
    if (staging.containsKey(key)) {
      production.put(key, traffic);
    }
  }

  @Override
  public synchronized List<Calibration.Pair> pairs(String repository, ServiceName service) {
    return of(repository, service).stream()
        .limit(50)
        .flatMap(
            key ->
                Optional.ofNullable(production.get(key))
                    .flatMap(
                        seen ->
                            Calibration.Pair.of(
                                key.candidate().brief(),
                                stagingOf(key).total(),
                                seen,
                                stagingOf(key).factors()))
                    .stream())
        .toList();
  }

  private List<Key> of(String repository, ServiceName service) {
    return shipped.stream()
        .filter(key -> key.repository().equals(repository) && key.service().equals(service))
        .toList();
  }

  private StagingRun stagingOf(Key key) {
    return Optional.ofNullable(staging.get(key)).orElseThrow();
  }
}
