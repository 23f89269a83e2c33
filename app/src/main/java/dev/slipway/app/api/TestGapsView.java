package dev.slipway.app.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.agents.testing.Gap;
import dev.slipway.agents.testing.Generation;
import dev.slipway.agents.testing.TestGaps;
import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.policy.Judgement;
import java.util.List;
import java.util.Optional;

/** What {@code slipway test-gaps} says. */
public record TestGapsView(
    String input,
    String verdict,
    String disposition,
    List<GapView> gaps,
    List<KeptView> kept,
    List<DroppedView> dropped,
    List<GapView> remaining,
    Optional<String> bound,
    Optional<String> commit,
    List<ChangeView.ReasonView> reasons,
    List<String> notes) {

  /** Lines that no test executes. */
  public record GapView(String file, String function, List<Integer> lines) {
    static GapView of(Gap gap) {
      return new GapView(gap.file(), gap.function(), List.copyOf(gap.lines()));
    }
  }

  /** A generated test that holds, with how it was proved. */
  public record KeptView(
      String test,
      @JsonProperty("edge_case") String edgeCase,
      int attempts,
      String code,
      List<String> proof) {
    static KeptView of(Generation.Kept kept) {
      return new KeptView(
          kept.path(), Printable.of(kept.edgeCase()), kept.attempts(), kept.code(), kept.proof());
    }
  }

  /** A generated test that was not kept. */
  public record DroppedView(String test, String reason, int attempts) {}

  /** The view of what was found, and of what was written if anything was. */
  public static TestGapsView of(
      String input,
      TestGaps.Found found,
      Judgement judgement,
      Optional<Generation> generation,
      Optional<CommitId> commit) {
    return new TestGapsView(
        input,
        judgement.verdict().label(),
        judgement.disposition().label(),
        found.all().stream().map(GapView::of).toList(),
        generation.stream().flatMap(it -> it.kept().stream()).map(KeptView::of).toList(),
        generation.stream()
            .flatMap(it -> it.dropped().stream())
            .map(it -> new DroppedView(it.test(), it.reason(), it.attempts()))
            .toList(),
        generation.map(Generation::remaining).orElseGet(found::all).stream()
            .map(GapView::of)
            .toList(),
        generation.flatMap(Generation::bound),
        commit.map(CommitId::hex),
        judgement.verdict().reasons().stream().map(ChangeView.ReasonView::of).toList(),
        generation.map(it -> it.account().notes()).orElseGet(List::of));
  }

  /** Of the existing tests: 0 pass, 1 they fail, 3 needs a person, 4 not run. */
  public int exitCode() {
    return switch (verdict) {
      case "pass" -> 0;
      case "not_run", "inconclusive" -> 4;
      default -> disposition.equals("stop") ? 1 : 3;
    };
  }
}
