package dev.slipway.app.haproxy;

import dev.slipway.app.haproxy.Seating.Arm;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What HAProxy logged of the last half hour, by second, backend and arm. */
final class AccessLog {
  private static final long KEPT_SECONDS = 30 * 60;

  private final TreeMap<Long, Map<String, EnumMap<Arm, Tally>>> seconds = new TreeMap<>();
  private Optional<Instant> coveredFrom = Optional.empty();
  private String trouble = "HAProxy's log has not been read yet";

  /** Requests of one arm in one second. */
  private static final class Tally {
    long requests;
    long errors;
    final TreeMap<Integer, Long> millis = new TreeMap<>();
  }

  /** Forgets everything: the log is read from its beginning. */
  synchronized void startOver(Instant now) {
    seconds.clear();
    coveredFrom = Optional.of(now);
  }

  /** The log cannot be read at present. */
  synchronized void lost(String why) {
    seconds.clear();
    coveredFrom = Optional.empty();
    trouble = why;
  }

  synchronized void add(LogLine line, Arm arm) {
    long second = line.ended().getEpochSecond();
    // The ring holds what came before we read it: all of it, from its oldest line on.
    coveredFrom =
        coveredFrom.map(
            from -> line.ended().isBefore(from) ? Instant.ofEpochSecond(second + 1) : from);
    Tally tally =
        seconds
            .computeIfAbsent(second, any -> new HashMap<>())
            .computeIfAbsent(line.backend(), any -> new EnumMap<>(Arm.class))
            .computeIfAbsent(arm, any -> new Tally());
    tally.requests++;
    tally.errors += line.isError() ? 1 : 0;
    tally.millis.merge(line.activeMillis(), 1L, Long::sum);
    seconds.headMap(second - KEPT_SECONDS).clear();
  }

  /** Whether it can say what happened since then; the reason if not. */
  synchronized Optional<String> unknownSince(Instant from) {
    if (coveredFrom.isEmpty()) {
      return Optional.of(trouble);
    }
    return from.isBefore(coveredFrom.get().minusSeconds(1))
        ? Optional.of("HAProxy's log is known from " + coveredFrom.get() + " on")
        : Optional.empty();
  }

  /** What an arm of the backend answered in the whole seconds from one time to before another. */
  synchronized ArmTraffic traffic(String backend, Arm arm, Instant from, Instant to) {
    long requests = 0;
    long errors = 0;
    TreeMap<Integer, Long> millis = new TreeMap<>();
    for (var second : seconds.subMap(from.getEpochSecond(), to.getEpochSecond()).values()) {
      Tally tally = second.getOrDefault(backend, new EnumMap<>(Arm.class)).get(arm);
      if (tally != null) {
        requests += tally.requests;
        errors += tally.errors;
        tally.millis.forEach((ms, count) -> millis.merge(ms, count, Long::sum));
      }
    }
    return new ArmTraffic(requests, errors, latencies(millis));
  }

  /** HAProxy cuts fractions of a millisecond off: n means from n to just below n + 1. */
  private static Latencies latencies(SortedMap<Integer, Long> millis) {
    List<Latencies.Bucket> buckets = new ArrayList<>();
    int last = 0;
    for (Map.Entry<Integer, Long> entry : millis.entrySet()) {
      if (entry.getKey() > last) {
        buckets.add(new Latencies.Bucket(entry.getKey(), 0));
      }
      last = entry.getKey() + 1;
      buckets.add(new Latencies.Bucket(last, entry.getValue()));
    }
    return new Latencies(buckets);
  }
}
