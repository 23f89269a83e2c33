package dev.slipway.app.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.change.Artifact;
import dev.slipway.change.Stage;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Step;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where one change stands, as {@code ship} and {@code status} print it.
 *
 * @param state the state that people see
 * @param step what is being done, for progress
 * @param exitCode what {@code ship} exits with once the change rests; -1 while it is under way
 * @param reasons exactly what an approval would cover
 * @param incident the file that has the report on the last rollback; empty without one, and where
 *     it was not asked for
 */
public record ChangeView(
    String change,
    String state,
    String step,
    @JsonProperty("exit_code") int exitCode,
    String title,
    String author,
    String repository,
    String head,
    String base,
    List<ReasonView> reasons,
    List<StageView> stages,
    Optional<String> candidate,
    Optional<String> artifact,
    Map<String, String> artifacts,
    Optional<String> incident) {

  /** The exit code of a change that is still under way. */
  public static final int UNDER_WAY = -1;

  /** A reason. */
  public record ReasonView(String rule, String subject, String message) {
    static ReasonView of(Reason reason) {
      return new ReasonView(reason.rule(), reason.subject(), reason.message());
    }
  }

  /** A stage of the current candidate; the verdict is {@code running} until it is reached. */
  public record StageView(
      String stage,
      String verdict,
      @JsonProperty("started_at") Optional<String> startedAt,
      @JsonProperty("ended_at") Optional<String> endedAt,
      List<ReasonView> reasons) {}

  /** The view of a state. */
  public static ChangeView of(ChangeState state) {
    Map<String, String> artifacts = new TreeMap<>();
    state
        .artifacts()
        .forEach((service, artifact) -> artifacts.put(service.value(), digest(artifact)));
    return new ChangeView(
        state.pull().id().value(),
        state.state(),
        state.step().name().toLowerCase(Locale.ROOT),
        exitCode(state),
        state.pull().title(),
        state.pull().author().login(),
        state.pull().repository(),
        state.pull().head().hex(),
        state.pull().baseBranch(),
        state.asks().stream().map(ReasonView::of).toList(),
        stages(state),
        state.candidate().map(candidate -> candidate.commit().hex()),
        artifacts.values().stream().findFirst(),
        artifacts,
        Optional.empty());
  }

  /** The same, with the file that has the report on its last rollback. */
  public ChangeView reportedIn(Optional<String> file) {
    return new ChangeView(
        change,
        state,
        step,
        exitCode,
        title,
        author,
        repository,
        head,
        base,
        reasons,
        stages,
        candidate,
        artifact,
        artifacts,
        file);
  }

  private static String digest(Artifact artifact) {
    return artifact.digest().toString();
  }

  private static int exitCode(ChangeState state) {
    return switch (state.step()) {
      case SHIPPED -> 0;
      case REJECTED, ROLLED_BACK, SUPERSEDED, CLOSED -> 1;
      case WAITING_FOR_PERSON -> didNotRun(state) ? 4 : 3;
      default -> UNDER_WAY;
    };
  }

  /** Whether what holds the change is that something did not run. */
  private static boolean didNotRun(ChangeState state) {
    return state.judgements().isEmpty()
        || state.judgements().getLast().verdict() instanceof Verdict.NotRun;
  }

  private static List<StageView> stages(ChangeState state) {
    List<StageView> views = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      Optional<Judgement> judgement =
          state.judgements().stream().filter(it -> it.stage() == stage).findFirst();
      List<ChangeState.Timing> times =
          state.timings().stream().filter(it -> it.stage() == stage).toList();
      boolean running = state.step().stage().filter(stage::equals).isPresent();
      String verdict =
          running && state.step() != Step.ROLLING_BACK
              ? "running"
              : judgement.map(it -> it.verdict().label()).orElse("pending");
      views.add(
          new StageView(
              stage.label(),
              verdict,
              times.isEmpty()
                  ? Optional.empty()
                  : Optional.of(times.getFirst().startedAt().toString()),
              times.isEmpty() ? Optional.empty() : times.getLast().endedAt().map(Object::toString),
              judgement.map(it -> it.verdict().reasons()).orElse(List.of()).stream()
                  .map(ReasonView::of)
                  .toList()));
    }
    return views;
  }
}
