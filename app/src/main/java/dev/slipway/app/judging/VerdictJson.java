package dev.slipway.app.judging;

import dev.slipway.policy.Reason;
import dev.slipway.policy.judge.MetricResult;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Verdicts on files as JSON: one line each. */
public final class VerdictJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private VerdictJson() {}

  /** One JSON document on one line, without a line end. */
  public static String line(FileVerdict file) {
    ObjectNode node = JSON.objectNode();
    node.put("input", file.input());
    node.put("verdict", file.verdict().label());
    node.put("decided_at", file.decidedAt().map(Instant::toString).orElse(null));
    ArrayNode metrics = node.putArray("metrics");
    file.metrics().forEach(metric -> metrics.add(metric(metric)));
    node.set("reasons", reasons(file.verdict().reasons()));
    return node.toString();
  }

  private static ObjectNode metric(MetricResult metric) {
    ObjectNode node = JSON.objectNode();
    node.put("name", metric.name());
    node.put("verdict", metric.verdict().label());
    put(node, "canary", metric.canary());
    put(node, "baseline", metric.baseline());
    put(node, "limit", metric.limit());
    node.put("message", metric.message());
    return node;
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, value.getAsDouble());
    } else {
      node.putNull(name);
    }
  }

  private static ArrayNode reasons(List<Reason> reasons) {
    ArrayNode array = JSON.arrayNode();
    for (Reason reason : reasons) {
      array.addObject().put("rule", reason.rule()).put("message", reason.message());
    }
    return array;
  }
}
