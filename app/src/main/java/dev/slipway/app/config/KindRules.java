package dev.slipway.app.config;

import dev.slipway.project.Service.Kind;
import java.util.List;
import java.util.stream.Stream;

/** Which sections a kind of service needs, and which would have no effect. */
final class KindRules {
  private KindRules() {}

  /**
   * Reports what is missing, and what has no effect: a gate somebody wrote down and that would
   * never be asked is an error, not a surprise.
   */
  static void check(Kind kind, View view) {
    for (String needed : needs(kind)) {
      if (!view.has(needed)) {
        view.error(needed, "is missing; a service of kind " + kind.label() + " needs it");
      }
    }
    for (String idle : ignores(kind)) {
      if (view.has(idle)) {
        view.error(idle, "has no effect on a service of kind " + kind.label());
      }
    }
  }

  private static List<String> needs(Kind kind) {
    return switch (kind) {
      case HTTP, WORKER -> List.of("build", "run");
      case JOB -> List.of("build");
      case LIBRARY, NONE -> List.of();
    };
  }

  private static List<String> ignores(Kind kind) {
    List<String> deployed =
        List.of("run", "smoke", "integration", "staging", "production", "migrate");
    return switch (kind) {
      case HTTP, WORKER, JOB -> List.of();
      case LIBRARY -> deployed;
      case NONE -> Stream.concat(deployed.stream(), Stream.of("build", "test")).toList();
    };
  }
}
