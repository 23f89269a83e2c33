package dev.slipway.app.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.JudgeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FileVerdictTest {
  @TempDir Path directory;

  private Path file(String name, double canaryErrors, double canaryP99) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder csv = new StringBuilder("time,arm,requests,errors,latency_p99_ms\n");
    for (int i = 0; i < 60; i++) {
      long errors = Math.round(60 * canaryErrors);
      csv.append(
          "%d,canary,%d,%d,%.2f%n"
              .formatted(
                  1767607200 + 10 * i,
                  58 + random.nextInt(5),
                  errors,
                  canaryP99 + 10 * random.nextGaussian()));
      csv.append(
          "%d,baseline,%d,0,%.2f%n"
              .formatted(
                  1767607200 + 10 * i, 600 + random.nextInt(9), 200 + 10 * random.nextGaussian()));
    }
    return Files.writeString(directory.resolve(name), csv);
  }

  private static FileVerdict judge(Path file) {
    return FileVerdict.of(file, JudgeLimits.DEFAULT, Optional.empty());
  }

  @Test
  void goodFilePasses() throws IOException {
    FileVerdict good = judge(file("good.csv", 0, 200));
    assertThat(good.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(good.exitCode()).isZero();
    JsonNode json = new JsonMapper().readTree(VerdictJson.line(good));
    assertThat(json.propertyNames())
        .containsExactly("input", "verdict", "decided_at", "metrics", "reasons");
    assertThat(json.get("verdict").asString()).isEqualTo("pass");
    assertThat(json.get("decided_at").asString()).isEqualTo("2026-01-05T10:09:50Z");
    assertThat(json.get("reasons").size()).isZero();
    assertThat(json.get("metrics").get(0).propertyNames())
        .containsExactly("name", "verdict", "canary", "baseline", "limit", "message");
  }

  @Test
  void badFileFailsWithReasonAndTime() throws IOException {
    FileVerdict bad = judge(file("bad.csv", 0.1, 200));
    assertThat(bad.exitCode()).isEqualTo(1);
    JsonNode json = new JsonMapper().readTree(VerdictJson.line(bad));
    assertThat(json.get("verdict").asString()).isEqualTo("fail");
    assertThat(json.get("reasons").get(0).get("rule").asString()).startsWith("canary.error_rate");
    assertThat(VerdictText.of(bad)).contains("fail, decided at 2026-01-05T10:00:");
  }

  @Test
  void shorterThanTheWindowIsInconclusive() throws IOException {
    FileVerdict half =
        FileVerdict.of(
            file("short.csv", 0, 200), JudgeLimits.DEFAULT, Optional.of(Duration.ofMinutes(20)));
    assertThat(half.verdict()).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(half.exitCode()).isEqualTo(4);
  }

  @Test
  void thirtySecondsAreNoWatch() throws IOException {
    String text = Files.readString(file("whole.csv", 0, 200));
    Path cut = directory.resolve("cut.csv");
    Files.writeString(cut, text.lines().limit(7).reduce("", (a, b) -> a + b + "\n"));
    FileVerdict verdict = judge(cut);
    assertThat(verdict.exitCode()).isEqualTo(4);
    assertThat(verdict.verdict().reasons()).anyMatch(why -> why.rule().equals("canary.window"));
  }

  @Test
  void unreadableFilesAreNotRun() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.csv"), "time,arm\n1,2\n");
    FileVerdict verdict = judge(broken);
    assertThat(verdict.verdict()).isInstanceOf(Verdict.NotRun.class);
    assertThat(VerdictJson.line(verdict)).contains("\"decided_at\":null", "line 2, column 2");
    FileVerdict missing = judge(directory.resolve("missing.csv"));
    assertThat(missing.verdict().reasons().getFirst().message()).isEqualTo("there is no such file");
    FileVerdict folder = judge(directory);
    assertThat(folder.verdict()).isInstanceOf(Verdict.NotRun.class);
    Path latin1 = directory.resolve("latin1.csv");
    Files.write(latin1, new byte[] {'t', (byte) 0xE9, '\n'});
    assertThat(judge(latin1).verdict().reasons().getFirst().message()).contains("UTF-8");
  }

  @Test
  void severalFilesGiveTheWorstCode() throws IOException {
    FileVerdict good = judge(file("good.csv", 0, 200));
    FileVerdict bad = judge(file("bad.csv", 0.1, 200));
    FileVerdict missing = judge(directory.resolve("missing.csv"));
    assertThat(FileVerdict.exitCode(List.of(good))).isZero();
    assertThat(FileVerdict.exitCode(List.of(good, missing))).isEqualTo(4);
    assertThat(FileVerdict.exitCode(List.of(good, missing, bad))).isEqualTo(1);
  }

  @Test
  void textIsSafeForTerminals() {
    FileVerdict odd = judge(Path.of("no\u001b[31m.csv"));
    assertThat(VerdictText.of(odd)).doesNotContain("\u001b");
  }
}
