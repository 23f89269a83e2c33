package dev.slipway.app.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.agents.review.FloorReview;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.RiskTerm;
import dev.slipway.policy.Verdict;
import java.util.List;
import java.util.Optional;

/** What {@code slipway review} says of one input. */
public record ReviewView(
    String input,
    String verdict,
    String disposition,
    List<SkippedView> skipped,
    int risk,
    @JsonProperty("risk_score") double riskScore,
    @JsonProperty("risk_terms") List<RiskTerm> riskTerms,
    List<FindingView> findings,
    List<ChangeView.ReasonView> reasons,
    List<String> unread,
    Optional<String> model) {

  /** A detector that could not look at this input, or not at all of it. */
  public record SkippedView(String detector, String why) {}

  /** A finding. */
  public record FindingView(
      String rule, String kind, String severity, String file, int line, String message) {
    static FindingView of(Finding finding) {
      return new FindingView(
          finding.rule(),
          finding.kind().label(),
          finding.severity().label(),
          finding.file(),
          finding.line(),
          finding.message());
    }
  }

  /** The view of a review and of what the policy makes of it. */
  public static ReviewView of(String input, FloorReview review, Judgement judgement) {
    return new ReviewView(
        input,
        judgement.verdict().label(),
        judgement.disposition().label(),
        review.skipped().stream().map(it -> new SkippedView(it.detector(), it.why())).toList(),
        review.risk(),
        review.riskScore(),
        review.riskTerms(),
        review.findings().stream().map(FindingView::of).toList(),
        judgement.verdict().reasons().stream().map(ChangeView.ReasonView::of).toList(),
        review.unread(),
        Optional.empty());
  }

  /** An input that could not be read: nothing was reviewed. */
  public static ReviewView unreadable(String input, String why) {
    Verdict.NotRun notRun =
        new Verdict.NotRun(List.of(new Reason("review.unreadable", input, why)));
    return new ReviewView(
        input,
        notRun.label(),
        new Disposition.Ask(notRun.reasons()).label(),
        List.of(),
        10,
        10,
        List.of(),
        List.of(),
        notRun.reasons().stream().map(ChangeView.ReasonView::of).toList(),
        List.of(),
        Optional.empty());
  }

  /** 0 pass, 3 needs a person, 4 not run. */
  public int exitCode() {
    return switch (verdict) {
      case "pass" -> 0;
      case "not_run", "inconclusive" -> 4;
      default -> disposition.equals("stop") ? 1 : 3;
    };
  }
}
