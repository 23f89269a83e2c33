package dev.slipway.app.coverage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events of {@code go test -json}, one to a line. A package that fails without a failing test
 * (it did not compile, or panicked) is a failure of its own, and so is a test that never ended.
 *
 * @see <a href="https://pkg.go.dev/cmd/test2json">test2json</a>
 */
final class GoTestJson {
  private static final ObjectMapper JSON = JsonMapper.shared();
  private static final int OUTPUT_MAX = 2_000;

  private final TestTally tally;
  private final Map<String, String> running = new LinkedHashMap<>();
  private final Map<String, String> packageOutput = new HashMap<>();
  private final Set<String> packagesWithFailures = new HashSet<>();

  private GoTestJson(TestTally tally) {
    this.tally = tally;
  }

  /** Whether this is such a stream; lines that are no events may stand before the first. */
  static boolean recognises(String text) {
    return text.lines().limit(100).anyMatch(l -> l.startsWith("{") && l.contains("\"Action\""));
  }

  static void read(String text, TestTally tally) throws Malformed {
    GoTestJson reader = new GoTestJson(tally);
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.startsWith("{")) {
        reader.event(parse(line, number));
      } else if (line.startsWith("FAIL\t")) {
        tally.alsoFailed(line.substring(5).strip(), line);
      }
    }
    reader.running.forEach((test, output) -> tally.failed(test, "it did not end. " + output));
  }

  private static JsonNode parse(String line, int number) throws Malformed {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      throw new Malformed("line " + number + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private void event(JsonNode event) {
    String owner = event.path("Package").asString("");
    String test = event.path("Test").asString("");
    String name = test.isEmpty() ? owner : owner + "." + test;
    switch (event.path("Action").asString("")) {
      case "run" -> running.put(name, "");
      case "output" -> output(name, !test.isEmpty(), event.path("Output").asString(""));
      case "pass" -> ended(name, test, tally::passed);
      case "skip" -> ended(name, test, tally::skipped);
      case "fail" -> failed(owner, name, test);
      default -> {} // start, pause, cont, bench, attr: nothing that decides
    }
  }

  private void output(String name, boolean ofTest, String text) {
    Map<String, String> target = ofTest ? running : packageOutput;
    String all = target.getOrDefault(name, "") + text;
    target.put(name, all.substring(Math.max(0, all.length() - OUTPUT_MAX)));
  }

  private void ended(String name, String test, Runnable outcome) {
    running.remove(name);
    if (!test.isEmpty()) {
      outcome.run();
    }
  }

  private void failed(String owner, String name, String test) {
    String output = running.getOrDefault(name, "");
    running.remove(name);
    if (!test.isEmpty()) {
      packagesWithFailures.add(owner);
      tally.failed(name, output);
    } else if (!packagesWithFailures.contains(owner)) {
      tally.alsoFailed(owner, "the package failed: " + packageOutput.getOrDefault(owner, ""));
    }
  }
}
