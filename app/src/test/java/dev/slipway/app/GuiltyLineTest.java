package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.ReviewFloor;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.Detectors;
import dev.slipway.app.localgit.UnifiedDiff;
import dev.slipway.change.Diff;
import dev.slipway.incident.Cause;
import dev.slipway.incident.MadeUp;
import dev.slipway.incident.Ranking.Suspect;
import dev.slipway.policy.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The evidence against the sample change that is slow only in production. */
class GuiltyLineTest {
  private static final Path CHANGE =
      Path.of("../examples/orders/changes/slow-in-production/change.patch");

  /** One round trip for each page of a customer's orders. */
  private static final String GUILTY = "page -> store.newestOf(customer, page.getLast().id()))";

  @Test
  void theLineThatIsToBlameStandsAmongTheFirstThree() throws Exception {
    assertThat(UnifiedDiff.read(CHANGE)).isInstanceOf(UnifiedDiff.Outcome.Read.class);
    Diff diff = ((UnifiedDiff.Outcome.Read) UnifiedDiff.read(CHANGE)).diff();
    List<Finding> findings =
        new ReviewFloor(Detectors.all(), Duration.ofSeconds(60))
            .review(
                new Subject(
                    "",
                    "",
                    "",
                    diff,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
            .findings();

    List<Suspect> suspects =
        MadeUp.rollback(diff, MadeUp.slow(), findings.toArray(Finding[]::new))
            .incident(Optional.empty(), new Cause.RankedEvidence("no model is configured"))
            .ranking()
            .suspects();

    assertThat(suspects.subList(0, 3))
        .as(suspects.toString())
        .anyMatch(it -> it.text().equals(GUILTY));
  }
}
