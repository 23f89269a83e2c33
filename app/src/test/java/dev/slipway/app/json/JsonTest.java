package dev.slipway.app.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.change.Artifact;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

class JsonTest {
  private static final CommitId HEAD = new CommitId("a".repeat(40));

  record Stamps(Instant at, Duration limit, Optional<String> note, Optional<Stage> stage) {}

  record Kept(Map<Stage, Verdict> verdicts, Map<ServiceName, Digest> digests, List<Slot> slots) {}

  sealed interface Shape {
    record BigCircle(int radius) implements Shape {}

    sealed interface Angular extends Shape {}

    record Square(int side) implements Angular {}

    record Nothing() implements Shape {}
  }

  record Drawing(Shape any, Shape.Square square, List<Shape> more) {}

  @Test
  void aRecordIsWrittenInItsOwnOrderInSnakeCase() {
    PullRequest request =
        new PullRequest(
            new ChangeId("orders-7"),
            "/repo",
            "topic",
            HEAD,
            "main",
            "title",
            "body",
            Person.human("ada"),
            PullRequest.Origin.SAME_REPOSITORY);
    String json = write(request);
    assertThat(json)
        .isEqualTo(
            "{\"id\":\"orders-7\",\"repository\":\"/repo\",\"head_branch\":\"topic\",\"head\":\""
                + HEAD
                + "\",\"base_branch\":\"main\",\"title\":\"title\",\"body\":\"body\",\"author\":"
                + "{\"login\":\"ada\",\"kind\":\"human\"},\"origin\":\"same_repository\"}");
    assertThat(read(json, PullRequest.class)).isEqualTo(request);
  }

  @Test
  void aMemberOfASealedHierarchyNamesItsType() {
    Disposition ask = new Disposition.Ask(List.of(new Reason("review.secret", "a:1", "a secret")));
    String json = write(ask);
    assertThat(json)
        .isEqualTo(
            "{\"type\":\"ask\",\"reasons\":[{\"rule\":\"review.secret\",\"subject\":\"a:1\","
                + "\"message\":\"a secret\"}]}");
    assertThat(read(json, Disposition.class)).isEqualTo(ask);
    assertThat(write(new Disposition.RollBack(List.of(), Disposition.Then.ASK)))
        .isEqualTo("{\"type\":\"roll_back\",\"reasons\":[],\"then\":\"ask\"}");
  }

  @Test
  void everyPlaceOfASealedTypeIsWrittenAlike() {
    Drawing drawing =
        new Drawing(
            new Shape.Square(2),
            new Shape.Square(3),
            List.of(new Shape.BigCircle(1), new Shape.Nothing(), new Shape.Square(4)));
    String json = write(drawing);
    assertThat(json)
        .isEqualTo(
            "{\"any\":{\"type\":\"square\",\"side\":2},\"square\":{\"type\":\"square\",\"side\":3},"
                + "\"more\":[{\"type\":\"big_circle\",\"radius\":1},{\"type\":\"nothing\"},"
                + "{\"type\":\"square\",\"side\":4}]}");
    assertThat(read(json, Drawing.class)).isEqualTo(drawing);
  }

  @Test
  void timesAreIsoAndAnEmptyOptionalIsNull() {
    Stamps stamps =
        new Stamps(
            Instant.parse("2026-11-01T10:00:00.123456Z"),
            Duration.ofSeconds(90),
            Optional.empty(),
            Optional.of(Stage.TEST));
    String json = write(stamps);
    assertThat(json)
        .isEqualTo(
            "{\"at\":\"2026-11-01T10:00:00.123456Z\",\"limit\":\"PT1M30S\",\"note\":null,"
                + "\"stage\":\"test\"}");
    assertThat(read(json, Stamps.class)).isEqualTo(stamps);
    assertThat(read("{\"at\":\"2026-11-01T10:00:00Z\",\"limit\":\"PT1S\"}", Stamps.class).note())
        .as("an absent optional")
        .isEmpty();
  }

  @Test
  void namesAreKeysOfMaps() {
    Kept kept =
        new Kept(
            Map.of(Stage.REVIEW, new Verdict.Pass()),
            Map.of(new ServiceName("orders"), Digest.of(new byte[0])),
            List.of(new Slot(Environment.STAGING, new ServiceName("orders"))));
    String json = write(kept);
    assertThat(json)
        .contains("\"review\":{\"type\":\"pass\"}")
        .contains("{\"orders\":\"" + Digest.of(new byte[0]).hex() + "\"}")
        .contains("[{\"environment\":\"staging\",\"service\":\"orders\"}]");
    assertThat(read(json, Kept.class)).isEqualTo(kept);
  }

  @Test
  void commonTypesSurviveTheRoundTrip() {
    assertThat(read(write(Thresholds.DEFAULT), Thresholds.class)).isEqualTo(Thresholds.DEFAULT);
    Artifact image = new Artifact.OciImage("host/orders", Digest.of(new byte[] {1}));
    assertThat(read(write(image), Artifact.class)).isEqualTo(image);
    List<Verdict> verdicts =
        List.of(new Verdict.Pass(), new Verdict.NotApplicable("a library has no canary"));
    assertThat(
            Json.mapper()
                .readValue(
                    Json.mapper()
                        .writerFor(new TypeReference<List<Verdict>>() {})
                        .writeValueAsString(verdicts),
                    new TypeReference<List<Verdict>>() {}))
        .isEqualTo(verdicts);
  }

  @Test
  void readingIsStrict() {
    assertThatThrownBy(() -> read("{\"login\":\"ada\",\"kind\":\"human\",\"x\":1}", Person.class))
        .as("unknown name")
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> read("{\"login\":\"ada\"}", Person.class))
        .as("missing component")
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(
            () -> read("{\"login\":\"a\",\"login\":\"b\",\"kind\":\"human\"}", Person.class))
        .as("duplicate name")
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> read("{\"login\":\"a\",\"kind\":\"human\"} {}", Person.class))
        .as("trailing text")
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> read("{\"type\":\"merge\"}", Disposition.class))
        .as("unknown type")
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> read("{\"radius\":\"1\",\"type\":\"big_circle\"}", Shape.class))
        .as("text for a number")
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> read("\"" + "g".repeat(40) + "\"", CommitId.class))
        .as("a name that breaks its rule")
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.mapper().readTree("[".repeat(10_000)))
        .as("10,000 levels")
        .isInstanceOf(JacksonException.class);
  }

  private static String write(Object value) {
    return Json.mapper().writeValueAsString(value);
  }

  private static <T> T read(String json, Class<T> type) {
    return Json.mapper().readValue(json, type);
  }
}
