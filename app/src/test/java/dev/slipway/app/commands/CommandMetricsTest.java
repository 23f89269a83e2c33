package dev.slipway.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.MetricSourceContract;
import dev.slipway.telemetry.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script that counts keeps the metric source's contract. */
class CommandMetricsTest extends MetricSourceContract {
  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  /** Knows one slot and what was written down of it at one time. */
  private static final String COUNTING =
      """
      import json, pathlib, sys
      asked = json.load(sys.stdin)
      file = pathlib.Path(sys.argv[1])
      if asked["service"] != "greeter" or not file.exists() or asked["from"] != "%s":
          json.dump({"no_data": "nothing is known of that"}, sys.stdout)
          sys.exit(0)
      arm = lambda c: {"requests": c[0], "errors": c[1],
                       "latencies": [{"up_to_ms": 100, "count": c[0]}]}
      counts = json.loads(file.read_text())
      json.dump({"canary": arm(counts["canary"]), "baseline": arm(counts["stable"])}, sys.stdout)
      """
          .formatted(START);

  @TempDir Path directory;
  private Script script;

  @BeforeEach
  void makeScript() throws IOException {
    script = DocumentedScript.script(directory, COUNTING, counts().toString());
  }

  private Path counts() {
    return directory.resolve("counts.json");
  }

  @Override
  protected MetricSource source() {
    return new CommandMetrics(script, Duration.ofSeconds(1));
  }

  @Override
  protected Interval send(Load stable, Load canary) throws IOException {
    String json = "{\"stable\":[%d,%d],\"canary\":[%d,%d]}";
    Files.writeString(
        counts(),
        json.formatted(stable.requests(), stable.errors(), canary.requests(), canary.errors()));
    return new Interval(START, START.plusSeconds(10));
  }

  @Override
  protected void silence() throws IOException {
    script = DocumentedScript.script(directory, "import sys\nsys.exit('gone')\n");
  }

  private Observation answered(String output) throws IOException {
    Path text = Files.writeString(directory.resolve("answer.json"), output);
    Script saying =
        DocumentedScript.script(
            directory, "import sys\nprint(open(sys.argv[1]).read())\n", text.toString());
    return new CommandMetrics(saying, Duration.ofSeconds(1))
        .observe(SLOT, START, START.plusSeconds(1));
  }

  @Test
  void theDocumentationsAnswerIsUnderstood() throws IOException {
    String page = Files.readString(Path.of("../docs/operating/command-target.md"));
    String block = page.substring(page.indexOf("{\"canary\": {\"requests\""));

    assertThat(answered(block.substring(0, block.indexOf("```"))))
        .isInstanceOfSatisfying(
            Observation.Seen.class,
            seen -> {
              assertThat(seen.canary().errors()).isEqualTo(5);
              assertThat(seen.baseline().latencies().count()).isEqualTo(30);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"canary\": {\"requests\": 1, \"errors\": 2, \"latencies\": []},"
            + " \"baseline\": {\"requests\": 1, \"errors\": 0, \"latencies\": []}}",
        "{\"canary\": {\"requests\": -1, \"errors\": 0, \"latencies\": []},"
            + " \"baseline\": {\"requests\": 1, \"errors\": 0, \"latencies\": []}}",
        "{\"canary\": {\"requests\": NaN, \"errors\": 0, \"latencies\": []}}",
        "{\"canary\": {\"requests\": 1, \"errors\": 0, \"latencies\":"
            + " [{\"up_to_ms\": 5, \"count\": 1}, {\"up_to_ms\": 4, \"count\": 1}]},"
            + " \"baseline\": {\"requests\": 1, \"errors\": 0, \"latencies\": []}}"
      })
  void C2_anAnswerThatCannotBeIsNoData(String output) throws IOException {
    assertThat(answered(output)).isInstanceOf(Observation.NoData.class);
  }
}
