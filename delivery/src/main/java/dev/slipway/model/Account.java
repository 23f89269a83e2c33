package dev.slipway.model;

import dev.slipway.model.Conversation.Exchange;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an agent's calls to the model were and took, as its report and the audit log state it. */
public record Account(List<Exchange> exchanges) {
  public Account {
    exchanges = List.copyOf(exchanges);
  }

  /** A sentence for each call: prompt version, model, how it ended, tokens, cost, latency. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Exchange it : exchanges) {
      Tokens tokens = it.receipt().tokens();
      notes.add(
          String.format(
              Locale.ROOT,
              "model call %d: %s with %s %s; %d tokens read (%d from cache), %d written,"
                  + " %.4f US dollars, %d ms",
              notes.size() + 1,
              it.prompt(),
              it.receipt().model(),
              it.outcome(),
              tokens.total() - tokens.output(),
              tokens.cacheRead(),
              tokens.output(),
              it.receipt().dollars(),
              it.receipt().latency().toMillis()));
    }
    return notes;
  }

  /** Digests of each call's prompt, whole transcript and reply. */
  public Map<String, String> evidence() {
    Map<String, String> evidence = new TreeMap<>();
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange it = exchanges.get(i);
      String call = "model." + (i + 1) + ".";
      evidence.put(call + "prompt", it.promptDigest().toString());
      evidence.put(call + "reply", it.receipt().reply().toString());
      evidence.put(call + "transcript", it.transcript().toString());
    }
    return evidence;
  }

  /** Tokens, cost and time of all calls together; nothing where there was no call. */
  public List<Measurement> measurements() {
    if (exchanges.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Measurement.Value(
            "model.tokens",
            exchanges.stream().mapToLong(it -> it.receipt().tokens().total()).sum(),
            Unit.COUNT),
        new Measurement.Value(
            "model.cost",
            exchanges.stream().mapToDouble(it -> it.receipt().dollars()).sum(),
            Unit.US_DOLLARS),
        new Measurement.Value(
            "model.latency",
            exchanges.stream().mapToLong(it -> it.receipt().latency().toMillis()).sum(),
            Unit.MILLISECONDS));
  }
}
