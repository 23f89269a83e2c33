package dev.slipway.app.init;

import dev.slipway.app.init.Draft.Access;
import dev.slipway.change.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes drafts as a commented {@code .slipway.yml}. */
final class ProposalText {
  private static final int LINE_MAX = 100;

  private final List<String> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  static Proposal of(List<Draft> drafts, Init.Use use) {
    ProposalText text = new ProposalText();
    text.head();
    drafts.forEach(text::service);
    text.tail(use);
    return new Proposal(String.join("\n", text.lines) + "\n", text.notes);
  }

  private void add(String line) {
    lines.add(line);
  }

  private void head() {
    add("# How Slipway takes a change of this repository to production.");
    add(
        "# Written by slipway init from what it saw; every key is explained in docs/configuration.md.");
    add("# It is read from the base branch only: a pull request cannot change its own rules.");
    add("version: 1");
    add("");
    add("services:");
  }

  private void service(Draft draft) {
    SourceClues.Http http =
        draft.run().map(run -> run.clues().http()).orElse(SourceClues.Http.NOT_SEEN);
    boolean deployed = draft.run().isPresent() && http == SourceClues.Http.SERVED;
    add("  " + draft.name() + ":");
    add("    # Seen: " + comment(draft.seen()) + ".");
    add("    kind: " + kind(draft, deployed));
    if (!draft.root().equals(".")) {
      add("    root: " + quoted(draft.root()));
    }
    if (!draft.paths().isEmpty()) {
      list("    paths", draft.paths());
    }
    build(draft);
    tests(draft);
    run(draft, deployed);
    if (deployed) {
      measured(draft);
    }
    add("");
    draft.notes().forEach(note -> note(draft, note));
  }

  private static String kind(Draft draft, boolean deployed) {
    if (deployed) {
      return "http            # http, worker, job, library or none: decides which gates apply";
    }
    if (draft.build().isPresent() && draft.run().isPresent()) {
      return "job             # nothing that serves HTTP was seen; if it does, write http";
    }
    return draft.tests().isPresent()
        ? "library         # nothing to start was recognised; to deploy it, write http or worker"
        : "none            # nothing to build or test was recognised: changes are reviewed only";
  }

  private void note(Draft draft, String note) {
    notes.add(draft.name() + ": " + note);
  }

  private void build(Draft draft) {
    if (draft.build().isEmpty() || draft.run().isEmpty()) {
      add("    # build:                # fill in to deploy it: what leaves one file, the artifact");
      add("    #   command: [make, package]");
      add("    #   artifact: build/app");
      return;
    }
    Draft.Build build = draft.build().get();
    add("    build:");
    if (!build.command().isEmpty()) {
      list("      command", build.command());
    }
    add("      artifact: " + quoted(build.artifact()));
    access(build.access());
    if (build.access().network() == Draft.Network.OPEN) {
      note(
          draft,
          "the build may use the network, because the dependency cache on this machine is"
              + " empty or does not suffice");
    }
  }

  private void access(Access access) {
    if (access.network() == Draft.Network.OPEN) {
      add(
          "      network: true         # to load dependencies; without it, nothing leaves the sandbox");
    }
    if (!access.caches().isEmpty()) {
      list("      caches", access.caches());
    }
    if (!access.env().isEmpty()) {
      add("      env: " + mapping(access.env()));
    }
  }

  private void tests(Draft draft) {
    if (draft.tests().isEmpty()) {
      add("    # test:                 # fill in: what runs the tests, and the reports they leave");
      add("    #   command: [make, test]");
      add("    #   coverage: [coverage.xml]   # JaCoCo, Cobertura, LCOV or a Go cover profile");
      add("    #   junit: [junit.xml]");
      return;
    }
    Draft.Tests tests = draft.tests().get();
    add("    test:");
    list("      command", tests.command());
    if (tests.coverage().isEmpty()) {
      add(
          "      # coverage: [coverage.xml]   # fill in: JaCoCo, Cobertura, LCOV or a Go cover profile");
    } else {
      list("      coverage", tests.coverage());
    }
    list("      junit", tests.junit());
    access(tests.access());
  }

  private void run(Draft draft, boolean deployed) {
    if (draft.run().isEmpty()) {
      add("    # run:                  # fill in to deploy it; ${ARTIFACT} and ${PORT} are given");
      add("    #   command: [\"${ARTIFACT}\", --port, \"${PORT}\"]");
      add("    #   health: /health");
      return;
    }
    Draft.Run run = draft.run().get();
    SourceClues clues = run.clues();
    List<String> command = new ArrayList<>(run.command());
    boolean told = command.stream().anyMatch(word -> word.contains("${PORT}"));
    if (deployed && clues.port() == SourceClues.Port.OPTION && !told) {
      command.addAll(List.of("--port", "${PORT}"));
    }
    add("    run:");
    list("      command", command);
    if (!deployed) {
      return;
    }
    add("      env: {PORT: \"${PORT}\"}");
    if (clues.port() == SourceClues.Port.NOT_SEEN) {
      note(
          draft,
          "nothing in the source reads the variable PORT: the service has to listen on the"
              + " port that ${PORT} stands for in run");
    }
    health(draft, clues.health());
  }

  private void health(Draft draft, Optional<String> health) {
    if (health.isPresent()) {
      add("      health: " + quoted(health.get()) + "     # answers 2xx when an instance is ready");
      return;
    }
    add("      # health: /health     # fill in: a path that answers 2xx when an instance is ready");
    note(draft, "no health route was found in the source: without run.health, /health is asked");
  }

  private void measured(Draft draft) {
    String health = draft.run().flatMap(run -> run.clues().health()).orElse("/health");
    add("    smoke:                  # must hold of the version just deployed");
    add("      http:");
    add("        - {get: " + quoted(health) + ", status: 200}");
    add("        # - {get: /orders, status: 200, json: {\"$.orders\": exists}, within: 1s}");
    add("    # integration: {command: [./integration.sh, \"${BASE_URL}\"]}");
    add("    staging:");
    add("      measure: 120s");
    add(
        "      load: {rate: 20/s, requests: [{get: "
            + quoted(health)
            + "}]}   # ask what users ask");
    add("    production:");
    add("      canary: 5%            # the first share of traffic");
    add("      window: 10m           # how long it is watched");
    add("      ramp: [5%, 25%, 50%, 100%]");
    add("      step: 2m              # how long each later share is watched");
    add("      limits: {error_rate_max: 0.5%, latency_p99_max: 800ms, regression_tolerance: 10%}");
    add("    # secrets: [{name: DB_PASSWORD, env: DB_PASSWORD, for: [staging, production]}]");
  }

  private void tail(Init.Use use) {
    add("policy:");
    add("  risk_max: 6               # from 1 to 10; a change above it asks a person");
    add("  coverage_min: 80%         # of the changed lines");
    add("  flaky_tests_max: 0");
    add("  # sensitive_paths: [\"**/payment/**\"]");
    add("  # reviewers: [ada]        # who may approve; everyone who may write, if left out");
    if (use == Init.Use.PRODUCTION) {
      add("  model: required           # a review without the model asks a person");
    } else {
      add("  model: optional           # required: a review without the model asks a person");
    }
    add("");
    add("# review: {guide: REVIEW.md, sarif: [\"build/*.sarif\"]}");
    add("budgets: {tokens: 400000, dollars: 5, time: 20m, attempts: 3}");
    add("merge: after-production     # the base branch is what production runs");
  }

  private void list(String key, List<String> values) {
    String flow =
        key
            + ": "
            + values.stream().map(ProposalText::quoted).collect(Collectors.joining(", ", "[", "]"));
    if (flow.length() <= LINE_MAX) {
      add(flow);
      return;
    }
    add(key + ":");
    String indent = " ".repeat(key.length() - key.stripLeading().length() + 2);
    values.forEach(value -> add(indent + "- " + quoted(value)));
  }

  private static String mapping(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(each -> each.getKey() + ": " + quoted(each.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Plain where every YAML reader takes it for text, else in double quotes as JSON. */
  private static String quoted(String text) {
    boolean plain =
        text.matches("[A-Za-z./~][A-Za-z0-9_./~-]*")
            && !text.matches("(?i)true|false|null|yes|no|on|off|y|n|~|\\.inf|\\.nan|[.0-9]+");
    if (plain) {
      return text;
    }
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                out.append('\\').appendCodePoint(point);
              } else if (point < ' ' || (point >= 0x7f && point < 0xa0) || point == 0xfeff) {
                out.append("\\u%04x".formatted(point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.append('"').toString();
  }

  private static String comment(String text) {
    return Printable.of(text);
  }
}
