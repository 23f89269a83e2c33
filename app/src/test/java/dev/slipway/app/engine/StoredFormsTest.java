package dev.slipway.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.json.Json;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Event;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Step;
import dev.slipway.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays histories as they were recorded. A test that fails here says that a journal somewhere can
 * no longer be read: give the form a new version and translate the old one, do not record anew.
 */
class StoredFormsTest {
  private record Line(String entity, String manifest, String json) {}

  private final StoredForms forms = new StoredForms();

  @Test
  void whatWasStoredLeadsToTheSameStates() throws IOException {
    Planner planner = new Planner("test");
    Map<String, Optional<ChangeState>> states = new HashMap<>();
    LeaseQueue queue = LeaseQueue.EMPTY;
    for (Line line : lines("history-1.tsv")) {
      switch (read(line)) {
        case Event event -> {
          Optional<ChangeState> before = states.getOrDefault(line.entity(), Optional.empty());
          states.put(line.entity(), Optional.of(planner.evolve(before, event)));
        }
        case LeaseEvent event -> queue = queue.after(event);
        case LeaseQueue snapshot ->
            assertThat(snapshot.waiting()).as("the snapshot's queue").hasSize(1);
        case Object other -> throw new AssertionError("not a stored form: " + other);
      }
    }
    Map<String, Step> steps = new HashMap<>();
    states.forEach((entity, state) -> steps.put(entity, state.orElseThrow().step()));
    assertThat(steps)
        .isEqualTo(
            Map.of(
                "shipped", Step.SHIPPED,
                "rejected", Step.REJECTED,
                "superseded", Step.SUPERSEDED,
                "closed", Step.CLOSED,
                "moved", Step.SHIPPED));
    assertThat(queue.holder()).map(it -> it.change().value()).contains("b");
    assertThat(queue.lastToken()).isEqualTo(2);
  }

  @Test
  void aChangeThatTestsWereAddedTo() throws IOException {
    ChangeState state = replayed("history-1-added.tsv");

    assertThat(state.step()).isEqualTo(Step.SHIPPED);
    assertThat(state.pull().head().hex()).isEqualTo("a".repeat(40));
    assertThat(state.earlierHead()).isPresent();
  }

  @Test
  void aChangeThatWasTakenBack() throws IOException {
    ChangeState state = replayed("history-1-withdrawn.tsv");

    assertThat(state.step()).isEqualTo(Step.ROLLED_BACK);
    assertThat(state.reasons()).extracting(Reason::rule).containsExactly("person.withdrew");
  }

  @Test
  void aChangeThatWaitedForTheEndOfAFreeze() throws IOException {
    assertThat(replayed("history-1-frozen.tsv").step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void anEmergencyThatWasPromotedEarlyRolledBackInDoubtAndOneThatNobodyReviewed()
      throws IOException {
    ChangeState state = replayed("history-1-emergency.tsv");

    assertThat(state.step()).isEqualTo(Step.SHIPPED);
    assertThat(state.asks()).extracting(Reason::rule).containsExactly("emergency.review");
    assertThat(state.alarms()).extracting(Reason::rule).containsExactly("emergency.unreviewed");
  }

  @Test
  void aChangeThatKnowsItsRisk() throws IOException {
    assertThat(replayed("history-1-assessed.tsv").risk()).contains(2.0);
  }

  private ChangeState replayed(String file) throws IOException {
    Planner planner = new Planner("test");
    Optional<ChangeState> state = Optional.empty();
    for (Line line : lines(file)) {
      state = Optional.of(planner.evolve(state, (Event) read(line)));
    }
    return state.orElseThrow();
  }

  @Test
  void everyKindOfEventIsAmongThem() throws IOException {
    Set<String> manifests =
        Stream.of(
                "history-1.tsv",
                "history-1-added.tsv",
                "history-1-withdrawn.tsv",
                "history-1-frozen.tsv",
                "history-1-emergency.tsv",
                "history-1-assessed.tsv")
            .flatMap(file -> lines(file).stream())
            .map(Line::manifest)
            .collect(Collectors.toSet());
    for (Class<?> kind : Event.class.getPermittedSubclasses()) {
      assertThat(manifests).contains("change-event/1:" + Json.label(kind));
    }
    for (Class<?> kind : LeaseEvent.class.getPermittedSubclasses()) {
      assertThat(manifests).contains("lease-event/1:" + Json.label(kind));
    }
    assertThat(manifests).contains("lease-queue/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "history-1.tsv",
        "history-1-added.tsv",
        "history-1-withdrawn.tsv",
        "history-1-frozen.tsv",
        "history-1-emergency.tsv",
        "history-1-assessed.tsv"
      })
  void whatIsWrittenTodayIsTheNewestForm(String file) throws IOException {
    for (Line line : lines(file)) {
      Object value = read(line);
      assertThat(forms.manifest(value)).isEqualTo(line.manifest());
      assertThat(withoutEmergency(Json.mapper().readTree(forms.toBinary(value))))
          .isEqualTo(withoutEmergency(Json.mapper().readTree(line.json())));
    }
  }

  /** An option that there was not from the first day; absent, it reads as none. */
  private static JsonNode withoutEmergency(JsonNode event) {
    if (event.path("options") instanceof ObjectNode options && options.path("emergency").isNull()) {
      options.remove("emergency");
    }
    return event;
  }

  @Test
  void aFormOfTheFutureIsRefusedByName() {
    assertThatThrownBy(() -> forms.fromBinary(new byte[0], "change-event/99:teleported"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("change-event/99:teleported");
  }

  private Object read(Line line) throws IOException {
    return forms.fromBinary(line.json().getBytes(StandardCharsets.UTF_8), line.manifest());
  }

  private static List<Line> lines(String file) {
    try (InputStream in = StoredFormsTest.class.getResourceAsStream(file)) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
          .map(line -> line.split("\t"))
          .map(parts -> new Line(parts[0], parts[1], parts[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
