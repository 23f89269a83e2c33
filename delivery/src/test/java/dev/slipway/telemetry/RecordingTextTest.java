package dev.slipway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTextTest {
  private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

  private static final Recording RECORDING =
      new Recording(
          List.of(0.5, 0.999),
          List.of(
              new Row(AT, Arm.CANARY, "", 12, 1, Double.NaN, List.of(0.000125, 1234567.25)),
              new Row(AT, Arm.BASELINE, "", 0, 0, Double.NaN, List.of(Double.NaN, Double.NaN))));

  @Test
  void aRowForEachTimeAndArmWithEmptyCellsForWhatIsMissing() {
    assertThat(RecordingText.of(RECORDING))
        .isEqualTo(
            """
            time,arm,requests,errors,latency_p50_ms,latency_p99.9_ms
            2026-01-05T10:00:00Z,canary,12,1,0.000125,1234567.25
            2026-01-05T10:00:00Z,baseline,0,0,,
            """);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(RecordingText.parse(RecordingText.of(RECORDING))).isEqualTo(RECORDING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "time,arm\n",
        "time,arm,requests,errors\n",
        "time,arm,requests,errors,x\nnow,canary,1,0,1\n",
        "time,arm,requests,errors,latency_p99_ms\nnow,canary,1,0,1\n",
        "time,arm,requests,errors,latency_p99_ms\n2026-01-05T10:00:00Z,canary,1,0\n",
        "time,arm,requests,errors,latency_p99_ms\n2026-01-05T10:00:00Z,nobody,1,0,1\n",
        "time,arm,requests,errors,latency_p99_ms\n2026-01-05T10:00:00Z,canary,one,0,1\n",
      })
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RecordingText.parse(text));
  }
}
