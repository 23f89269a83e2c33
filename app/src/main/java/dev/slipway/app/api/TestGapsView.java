package dev.slipway.app.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.agents.testing.Gap;
import dev.slipway.agents.testing.Generation;
import dev.slipway.agents.testing.TestGaps;
import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.util.ArrayList;
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
  public record DroppedView(String test, String reason, int attempts) {
    static DroppedView of(Generation.Dropped dropped) {
      return new DroppedView(dropped.test(), Printable.of(dropped.reason()), dropped.attempts());
    }
  }

  /** The view where no test could be run. */
  public static TestGapsView notRun(String input, String subject, String why) {
    Verdict.NotRun notRun = new Verdict.NotRun(List.of(new Reason("test.not_run", subject, why)));
    return new TestGapsView(
        input,
        notRun.label(),
        new Disposition.Ask(notRun.reasons()).label(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        notRun.reasons().stream().map(ChangeView.ReasonView::of).toList(),
        List.of());
  }

  /** The view of what was found. */
  public static TestGapsView of(String input, TestGaps.Found found, Judgement judgement) {
    return new TestGapsView(
        input,
        judgement.verdict().label(),
        judgement.disposition().label(),
        gaps(found.all()),
        List.of(),
        List.of(),
        gaps(found.all()),
        Optional.empty(),
        Optional.empty(),
        judgement.verdict().reasons().stream().map(ChangeView.ReasonView::of).toList(),
        found.unknown());
  }

  /**
   * The view of what was found, and of what was written.
   *
   * @param judgement of the tests as they are now, with those that were committed
   * @param remaining gaps that are still open
   * @param obstacle why tests that hold were not committed
   */
  public static TestGapsView of(
      String input,
      TestGaps.Found found,
      Judgement judgement,
      Generation generation,
      List<Gap> remaining,
      Optional<CommitId> commit,
      Optional<String> obstacle) {
    List<String> notes = new ArrayList<>(found.unknown());
    obstacle.ifPresent(notes::add);
    notes.addAll(generation.account().notes());
    return new TestGapsView(
        input,
        judgement.verdict().label(),
        judgement.disposition().label(),
        gaps(found.all()),
        generation.kept().stream().map(KeptView::of).toList(),
        generation.dropped().stream().map(DroppedView::of).toList(),
        gaps(remaining),
        generation.bound(),
        commit.map(CommitId::hex),
        judgement.verdict().reasons().stream().map(ChangeView.ReasonView::of).toList(),
        notes);
  }

  private static List<GapView> gaps(List<Gap> gaps) {
    return gaps.stream().map(GapView::of).toList();
  }

  /** Of the tests, with those committed: 0 pass, 1 they fail, 3 needs a person, 4 not run. */
  public int exitCode() {
    return switch (verdict) {
      case "pass" -> 0;
      case "not_run", "inconclusive" -> 4;
      default -> disposition.equals("stop") ? 1 : 3;
    };
  }
}
