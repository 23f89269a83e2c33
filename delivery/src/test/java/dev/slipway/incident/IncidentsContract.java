package dev.slipway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.ChangeId;
import dev.slipway.incident.Incidents.Kept;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every place for incident reports holds. */
public abstract class IncidentsContract {
  /** A place that has none. */
  protected abstract Incidents incidents();

  @Test
  void whatIsKeptIsFoundByItsNameAndByItsChange() {
    Incidents incidents = incidents();

    Kept kept = incidents.keep(MadeUp.incident(), Optional.of(MadeUp.recording()));

    assertThat(kept.incident()).isEqualTo(MadeUp.incident());
    assertThat(kept.place()).contains(MadeUp.incident().name());
    assertThat(incidents.find(MadeUp.incident().name())).contains(MadeUp.incident());
    assertThat(incidents.latest(MadeUp.CHANGE)).map(Kept::place).contains(kept.place());
  }

  @Test
  void theSameReportAgainIsTheSameText() {
    Incidents incidents = incidents();

    Kept first = incidents.keep(MadeUp.incident(), Optional.of(MadeUp.recording()));
    Kept again = incidents.keep(MadeUp.incident(), Optional.of(MadeUp.recording()));

    assertThat(again).isEqualTo(first);
  }

  @Test
  void aReportOfTheSameNameTakesThePlaceOfTheEarlierOne() {
    Incidents incidents = incidents();
    incidents.keep(MadeUp.incident(), Optional.empty());
    Incident later =
        MadeUp.incident().because(new Cause.RankedEvidence("the model timed out"), Map.of());

    incidents.keep(later, Optional.empty());

    assertThat(incidents.find(later.name())).contains(later);
  }

  @Test
  void theLatestOfAChangeIsThatOfItsLastRollback() {
    Incidents incidents = incidents();
    Incident early = MadeUp.incident();
    incidents.keep(atTurn(early, 104), Optional.empty());
    incidents.keep(early, Optional.empty());

    assertThat(incidents.latest(MadeUp.CHANGE).orElseThrow().incident().turn()).isEqualTo(104);
  }

  @Test
  void whatWasNeverKeptIsNotFoundNorIsWhatBeginsLikeIt() {
    Incidents incidents = incidents();
    incidents.keep(MadeUp.incident(), Optional.empty());

    assertThat(incidents.find("orders-slow-1a2b3c4d-1")).isEmpty();
    assertThat(incidents.latest(new ChangeId("orders-slow"))).isEmpty();
    assertThat(incidents.latest(new ChangeId("orders.slow-1a2b3c4d"))).isEmpty();
  }

  private static Incident atTurn(Incident it, int turn) {
    return new Incident(
        it.subject(),
        turn,
        it.state(),
        it.slots(),
        it.share(),
        it.decidedAt(),
        it.restoredAt(),
        it.tripped(),
        it.timeline(),
        it.diff(),
        it.ranking(),
        it.cause(),
        it.done(),
        it.reproduction(),
        it.evidence());
  }
}
