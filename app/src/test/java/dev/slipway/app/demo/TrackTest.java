package dev.slipway.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.api.ChangeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  private static ChangeView view(String state, String step, int exitCode, String reason) {
    List<ChangeView.ReasonView> reasons =
        reason.isEmpty()
            ? List.of()
            : List.of(new ChangeView.ReasonView("latency_p99", "orders", reason));
    List<ChangeView.StageView> stages =
        List.of(
            new ChangeView.StageView(
                "review", "pass", Optional.of(START.toString()), Optional.empty(), List.of()),
            new ChangeView.StageView(
                "deployment",
                exitCode == ChangeView.UNDER_WAY ? "running" : "fail",
                Optional.of(START.toString()),
                Optional.empty(),
                reasons));
    return new ChangeView(
        "orders-slow-1a2b3c4d",
        state,
        step,
        exitCode,
        "Give a | discount",
        "author@orders.example",
        "/orders",
        "1a2b3c4d",
        "main",
        reasons,
        stages,
        Optional.empty(),
        Optional.of("sha256:00"),
        Map.of(),
        Optional.empty());
  }

  @Test
  void timeStandsStillOnceTheChangeRests() {
    Track track = new Track(SampleChange.SLOW_IN_PRODUCTION, START);
    track.add(view("DEPLOYMENT", "watching", ChangeView.UNDER_WAY, ""), START.plusSeconds(3));

    assertThat(track.time(START.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(track.asExpected()).isFalse();

    track.add(view("ROLLED_BACK", "rolled_back", 1, "slow"), START.plusSeconds(9));

    assertThat(track.time(START.plusSeconds(70))).isEqualTo(Duration.ofSeconds(9));
    assertThat(track.asExpected()).isTrue();
  }

  @Test
  void theSameStateToldTwiceIsOneMoment() {
    Track track = new Track(SampleChange.CLEAN, START);
    ChangeView watching = view("DEPLOYMENT", "watching", ChangeView.UNDER_WAY, "");

    assertThat(track.add(watching, START)).isPresent();
    assertThat(track.add(watching, START.plusSeconds(1))).isEmpty();
    assertThat(track.moments()).hasSize(1);
  }

  @Test
  void aLineFitsATerminal() {
    Track track = new Track(SampleChange.SLOW_IN_PRODUCTION, START);
    track.add(view("WAITING_FOR_LEASE", "queued_for_production", ChangeView.UNDER_WAY, ""), START);

    assertThat(track.line(START.plusSeconds(1000)))
        .hasSizeLessThan(80)
        .contains("slow-in-production", "deployment", "running", "queued for production");
  }

  @Test
  void aCandidateThatWentBackFromProductionWasMadeAnew() {
    Track track = new Track(SampleChange.MIGRATION, START);
    track.add(view("TEST", "testing", ChangeView.UNDER_WAY, ""), START);
    track.add(view("WAITING_FOR_LEASE", "queued_for_production", ChangeView.UNDER_WAY, ""), START);
    assertThat(track.madeAnew()).isFalse();

    track.add(view("REVIEW", "preparing", ChangeView.UNDER_WAY, ""), START);
    assertThat(track.madeAnew()).isTrue();
  }

  @Test
  void theExposureIsSaidInASentence() {
    assertThat(new ProductionRoute.Exposure(50, 1_000, 0.05, 2).text())
        .isEqualTo("50 of 1,000 (5.0 %; its share was never above 5 %), 2 of them failed");
  }

  @Test
  void theSummaryNamesWhatDiffers() {
    Track shipped = new Track(SampleChange.CLEAN, START);
    shipped.add(view("SHIPPED", "shipped", 0, ""), START);
    Track stuck = new Track(SampleChange.MIGRATION, START);
    stuck.add(view("WAITING_FOR_PERSON", "waiting_for_person", 3, "too little traffic"), START);

    assertThat(Summary.differences(List.of(shipped, stuck)))
        .containsExactly(
            "(c) migration is WAITING_FOR_PERSON, not SHIPPED: latency_p99: too little traffic");
    assertThat(Summary.table(List.of(shipped, stuck), START))
        .anyMatch(line -> line.startsWith("  a clean") && line.contains("SHIPPED"))
        .anyMatch(line -> line.startsWith("! c migration"));
  }
}
