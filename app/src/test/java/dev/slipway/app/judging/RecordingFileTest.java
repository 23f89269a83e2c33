package dev.slipway.app.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingFileTest {
  private static final String HEADER = "time,arm,requests,errors,latency_p99_ms\n";

  @Test
  void readsRowsInAnyColumnOrder() throws Unreadable {
    Recording recording =
        RecordingFile.parse(
            """
            arm,latency_p99_ms,instance,time,errors,requests,comment
            canary,212.5,a,2026-01-05T10:00:00Z,1,100,"hello, world"
            BASELINE,,b,1767607200,0,900,
            """);
    assertThat(recording.quantiles()).containsExactly(0.99);
    assertThat(recording.rows().getFirst())
        .isEqualTo(
            new Row(
                Instant.parse("2026-01-05T10:00:00Z"),
                Arm.CANARY,
                "a",
                100,
                1,
                Double.NaN,
                List.of(212.5)));
    Row baseline = recording.rows().getLast();
    assertThat(baseline.arm()).isEqualTo(Arm.BASELINE);
    assertThat(baseline.time()).isEqualTo(Instant.parse("2026-01-05T10:00:00Z"));
    assertThat(baseline.latencies()).containsExactly(Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T10:00:00Z, 1767607200000",
    "2026-01-05T10:00:00.250Z, 1767607200250",
    "2026-01-05T12:00:00+02:00, 1767607200000",
    "2026-01-05 10:00:00, 1767607200000",
    "2026-01-05T10:00, 1767607200000",
    "1767607200, 1767607200000",
    "1767607200.5, 1767607200500",
    "1767607200123, 1767607200123",
    "1767607200123456, 1767607200123",
    "1767607200123456789, 1767607200123",
    "2026-01-05T15:30:00+0530, 1767607200000",
    "2026-01-05T12:00:00+02, 1767607200000",
    "2026-01-05 10:00:00 UTC, 1767607200000",
    "2026-01-05 02:00:00 -0800, 1767607200000",
    "'2026-01-05T10:00:00,25Z', 1767607200250",
    "20260105T100000Z, 1767607200000",
    "2026-01-05t10:00:00z, 1767607200000",
  })
  void readsTimes(String text, long millis) throws Unreadable {
    Recording recording = RecordingFile.parse(HEADER + '"' + text + "\",canary,1,0,1\n");
    assertThat(recording.rows().getFirst().time().toEpochMilli()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "nan", "null", "N/A", " "})
  void missingCellsAreMissing(String cell) throws Unreadable {
    Recording recording = RecordingFile.parse(HEADER + "0,canary," + cell + ",0,1\n");
    assertThat(recording.rows().getFirst().requests()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "latency_p50_ms, 0.5",
    "latency_p95_ms, 0.95",
    "latency_p99.9_ms, 0.999",
    "latency_p999_ms, 0.999",
    "latency_p5_ms, 0.05"
  })
  void quantilesAreNamedByTheirColumn(String column, double quantile) throws Unreadable {
    Recording recording = RecordingFile.parse("time,arm," + column + "\n0,canary,1\n");
    assertThat(recording.quantiles()).containsExactly(quantile);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void otherSeparatorsAreSeen(String separator) throws Unreadable {
    String text = (HEADER + "0,canary,5,1,10\n").replace(",", separator);
    assertThat(RecordingFile.parse(text).rows().getFirst().errors()).isEqualTo(1);
  }

  @Test
  void linesWithoutCellsAndCommentsAreNone() throws Unreadable {
    String text =
        "# exported\n\n" + HEADER + "\n0,canary,5,1,10,\n,,,,\n  \n 1 , \"canary\" ,5,1,10\n";
    assertThat(RecordingFile.parse(text).rows()).hasSize(2);
  }

  @Test
  void theMaximumIsNoQuantileAndUnknownColumnsMayComeTwice() throws Unreadable {
    String header = "time,arm,latency_p100_ms,latency_p99_ms,note,note\n";
    Recording recording = RecordingFile.parse(header + "0,canary,9,5,a,b\n");
    assertThat(recording.quantiles()).containsExactly(0.99);
    assertThat(recording.rows().getFirst().latencies()).containsExactly(5.0);
  }

  @Test
  void readsWindowsLineEnds() throws Unreadable {
    String text = (HEADER + "0,canary,5,1,10\n1,baseline,5,1,10\n").replace("\n", "\r\n");
    assertThat(RecordingFile.parse(text).rows()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2,canary,five,0,1 | line 2, column 3 (requests): 'five' is not a number; write one as in 1234.5",
        "2,canary,5,0,1,5 | line 2: 6 columns, and the header has 5",
        "2,canary | line 2: 2 columns, and the header has 5",
        "soon,canary,5,0,1 | line 2, column 1 (time): 'soon' is neither an ISO time such as 2026-01-05T10:00:00Z nor epoch seconds",
        ",canary,5,0,1 | line 2, column 1 (time): nothing is neither an ISO time such as 2026-01-05T10:00:00Z nor epoch seconds",
        "2,control,5,0,1 | line 2, column 2 (arm): an arm is canary or baseline, not 'control'",
        "2,canary,0x10,0,1 | line 2, column 3 (requests): '0x10' is not a number; write one as in 1234.5",
        "2,canary,5,0,1.5.2 | line 2, column 5 (latency_p99_ms): '1.5.2' is not a number; write one as in 1234.5",
        "1e300,canary,5,0,1 | line 2, column 1 (time): '1e300' is neither an ISO time such as 2026-01-05T10:00:00Z nor epoch seconds",
      })
  void errorsNameLineAndColumn(String row, String message) {
    assertThatThrownBy(() -> RecordingFile.parse(HEADER + row + "\n"))
        .isInstanceOf(Unreadable.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "time,arm\n", "a,b\n1,2\n", "time,time,arm\n1,2,canary\n", "\n\n\n"})
  void whatIsNoRecordingIsUnreadable(String text) {
    assertThatThrownBy(() -> RecordingFile.parse(text)).isInstanceOf(Unreadable.class);
  }

  @Test
  void spoiledFilesAreReadOrUnreadableButNeverCrash() {
    String good =
        HEADER + "1767607200,canary,100,1,200.5\n1767607210,baseline,900,2,190\n".repeat(5);
    for (int seed = 0; seed < 3_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder(good);
      for (int i = random.nextInt(1, 6); i > 0 && !text.isEmpty(); i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) random.nextInt(1, 0x250));
          case 2 -> text.setCharAt(at, "\",;\n\r\t-+eE.0".charAt(random.nextInt(12)));
          default -> text.setLength(at + 1);
        }
      }
      try {
        assertThat(RecordingFile.parse(text.toString()).rows()).isNotEmpty();
      } catch (Unreadable e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
