package dev.slipway.app.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.app.json.Json;
import dev.slipway.change.ChangeId;
import dev.slipway.incident.Cause;
import dev.slipway.incident.Incident;
import dev.slipway.incident.Incidents;
import dev.slipway.incident.IncidentsContract;
import dev.slipway.incident.MadeUp;
import dev.slipway.policy.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FileIncidentsTest extends IncidentsContract {
  @TempDir Path home;

  @Override
  protected FileIncidents incidents() {
    return new FileIncidents(
        home.resolve("incidents"), digest -> Path.of("/home/audit/blobs").resolve(digest.hex()));
  }

  private String markdown(Incident incident) throws Exception {
    Incidents.Kept kept = incidents().keep(incident, Optional.of(MadeUp.recording()));
    return Files.readString(Path.of(kept.place()));
  }

  @Test
  void theReportStandsInThreeFilesOfOneName() throws Exception {
    incidents().keep(MadeUp.incident(), Optional.of(MadeUp.recording()));

    try (var files = Files.list(home.resolve("incidents"))) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "orders-slow-1a2b3c4d-31.json",
              "orders-slow-1a2b3c4d-31.md",
              "orders-slow-1a2b3c4d-31.svg");
    }
  }

  @Test
  void itSaysWhatTrippedWithItsNumbersWhatIsSuspectedAndWhatWasDone() throws Exception {
    assertThat(markdown(MadeUp.incident()))
        .contains(
            "| `canary.latency_p99` | 1,480 ms | 9.2 ms | 800 ms |",
            "24 of 96 canary requests took longer than 800 ms.",
            "![Canary and baseline until the rollback](orders-slow-1a2b3c4d-31.svg)",
            "## Ranked evidence",
            "It stands alone: no model is configured.",
            "1. `src/main/java/Shop.java:1`",
            "`+ Thread.sleep(900);`",
            "adds a wait",
            "| 2026-11-02T10:00:12Z | the target confirmed: production is back |",
            "- All traffic of production/orders was given back to the stable version.")
        .doesNotContain("ypothesis");
  }

  @Test
  void aHypothesisIsCalledOne() throws Exception {
    Incident incident =
        MadeUp.incident()
            .because(
                new Cause.Hypothesis(
                    "anthropic/claude-sonnet-5-5",
                    "It sleeps.",
                    "Time it.",
                    List.of(new Cause.Place("src/main/java/Shop.java", 1)),
                    2),
                Map.of());

    assertThat(markdown(incident))
        .contains(
            "## Cause hypothesis",
            "By `anthropic/claude-sonnet-5-5`. Nobody has proven it.",
            "> It sleeps.",
            "`src/main/java/Shop.java:1` (and 2 places that the change did not touch).");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "[click](https://evil.example)",
        "![x](https://evil.example/x.png)",
        "https://evil.example www.evil.example",
        "| a | b |\n|---|---|\n# heading",
        "``` `` `code`",
        "\u001b[2J\u001b]8;;https://evil.example\u0007",
        "\u202egpj.exe &lt;b&gt; @everyone #1 $x$",
      })
  void hostileTextStaysText_E16(String hostile) throws Exception {
    List<Reason> reasons = List.of(new Reason("canary.latency_p99", "latency_p99", hostile));
    Incident incident =
        MadeUp.rollback(
                hostile,
                MadeUp.adding("src/" + hostile.replace('/', '_'), "go(\"" + hostile + "\");"),
                reasons)
            .incident(
                Optional.of(MadeUp.recording()),
                new Cause.Hypothesis(
                    "fake/model", hostile, hostile, List.of(new Cause.Place(hostile, 1)), 0));
    String text = markdown(incident);

    String live =
        text.replaceAll("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", "CODE").replaceAll("\\\\.", "ESCAPED");
    assertThat(live).doesNotContain("<", "://", "www.", "`", "\n# heading");
    assertThat(live.split("\\]\\(", -1)).as("the plot's is the only link").hasSize(2);
    assertThat(text.chars().filter(it -> it < ' ' && it != '\n')).isEmpty();
    assertThat(text).doesNotContain("\u202e");
    String json = Files.readString(home.resolve("incidents/" + incident.name() + ".json"));
    assertThat(json).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void theJsonIsSnakeCaseAndReadBackAsItWas() throws Exception {
    Incidents.Kept kept = incidents().keep(MadeUp.incident(), Optional.empty());

    JsonNode json = Json.mapper().readTree(kept.document());

    assertThat(json.propertyNames())
        .containsExactly(
            "subject",
            "turn",
            "state",
            "slots",
            "share",
            "decided_at",
            "restored_at",
            "tripped",
            "timeline",
            "diff",
            "ranking",
            "cause",
            "done",
            "reproduction",
            "evidence");
    assertThat(json.path("cause").path("type").asString()).isEqualTo("ranked_evidence");
    assertThat(json.path("ranking").path("suspects").path(0).path("side").asString())
        .isEqualTo("added");
    assertThat(json.path("tripped").path(0).path("canary").asDouble()).isEqualTo(1480);
    assertThat(incidents().find(MadeUp.incident().name())).contains(MadeUp.incident());
  }

  /** Every field of the document is explained where people look for it. */
  @Test
  void everyFieldIsDocumented() throws Exception {
    Incidents.Kept kept = incidents().keep(MadeUp.incident(), Optional.empty());
    String page = Files.readString(Path.of("../docs/operating/README.md"));

    assertThat(Json.mapper().readTree(kept.document()).propertyNames())
        .allSatisfy(it -> assertThat(page).contains("`" + it + "`"));
  }

  @Test
  void thePlotIsAPictureOfBothArmsTheirLimitAndTheRollback() throws Exception {
    incidents().keep(MadeUp.incident(), Optional.of(MadeUp.recording()));
    String svg = Files.readString(home.resolve("incidents/orders-slow-1a2b3c4d-31.svg"));

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(svg)
        .contains(
            "class=\"line canary\" d=\"M",
            "class=\"line baseline\" d=\"M",
            "class=\"limit\"",
            "decided 10:00:11",
            "production back 10:00:12",
            "prefers-color-scheme:dark")
        .doesNotContain("NaN", "Infinity", "<script", "href");
  }

  @Test
  void aReportThatIsBeingWrittenIsWaitedFor() throws Exception {
    FileIncidents incidents = incidents();
    Incident asked = MadeUp.incident().because(new Cause.Asked("fake/model"), Map.of());
    incidents.keep(asked, Optional.empty());
    assertThat(incidents.await(asked.name(), Duration.ofMillis(1)).orElseThrow().incident())
        .isEqualTo(asked);
    assertThat(incidents.await("nobody-1", Duration.ZERO)).isEmpty();

    CompletableFuture<Incident> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return incidents
                    .await(asked.name(), Duration.ofSeconds(60))
                    .orElseThrow()
                    .incident();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    incidents.keep(MadeUp.incident(), Optional.empty());

    assertThat(waiting.join()).isEqualTo(MadeUp.incident());
  }

  @Test
  void aNameThatIsNoneLeadsNowhere_D2() {
    assertThatIllegalArgumentException().isThrownBy(() -> incidents().find("../audit.key"));
    assertThat(incidents().latest(new ChangeId("nothing"))).isEmpty();
  }
}
