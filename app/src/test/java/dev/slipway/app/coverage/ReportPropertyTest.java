package dev.slipway.app.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.testing.TestReports.CoverageResult;
import dev.slipway.agents.testing.TestReports.Results;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a report is made of, reading it ends in an outcome. */
class ReportPropertyTest {
  private static final int ROUNDS = 150;
  private static final String STRANGE = "<>&;\"'/= \n\0%,:.-{}[]SFDA9\u001b";

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {"surefire.xml", "pytest.xml", "node.xml", "gotestsum.xml", "go-test.json"})
  void noTestReportIsMoreThanUnreadable(String name) {
    Random random = new Random(name.hashCode());
    for (int i = 0; i < ROUNDS; i++) {
      Reports.put(root, "report", mutate(Reports.real(name), random));
      switch (new ReportReader().results(root, List.of("report"))) {
        case Results.Ran ran -> assertThat(ran.executed()).isNotNegative();
        case Results.Unreadable(String reason) ->
            assertThat(reason).isNotBlank().doesNotContain("\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jacoco.xml",
        "coverage-py-branch.xml",
        "coverage-py.lcov",
        "node.lcov",
        "go.profile"
      })
  void noCoverageReportIsMoreThanUnreadable(String name) {
    List<String> sources =
        List.of("shop/prices.py", "lib/prices.js", "demo/Prices.java", "prices/prices.go");
    Random random = new Random(name.hashCode());
    for (int i = 0; i < ROUNDS; i++) {
      Reports.put(root, "report", mutate(Reports.real(name), random));
      switch (new ReportReader().coverage(root, List.of("report"), sources)) {
        case CoverageResult.Covered(var lines) -> {
          assertThat(sources).containsAll(lines.keySet());
          assertThat(lines.values())
              .allSatisfy(each -> assertThat(each.keySet()).allMatch(line -> line > 0));
        }
        case CoverageResult.Unreadable(String reason) ->
            assertThat(reason).isNotBlank().doesNotContain("\n", "\u001b");
      }
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) STRANGE.charAt(random.nextInt(STRANGE.length()));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        default -> {
          int from = random.nextInt(bytes.length);
          int count = Math.min(random.nextInt(60), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, count);
        }
      }
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
