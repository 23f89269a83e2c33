package dev.slipway.app.detectors.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.Detector.Outcome;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import dev.slipway.change.Digest;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SarifDetectorTest {
  private static Subject change(String report) {
    Subject plain =
        Changes.between(
            Map.of("src/a b.py", "a\nb\n"),
            Map.of("src/a b.py", "a\nb\nc\n", "build/scan.sarif", report));
    Project project =
        new Project(
            List.of(),
            Thresholds.DEFAULT,
            List.of(),
            List.of(),
            List.of("build/*.sarif"),
            Optional.empty(),
            Map.of(),
            Budget.DEFAULT,
            Digest.of(new byte[0]));
    return new Subject(
        "",
        "",
        "",
        plain.diff(),
        plain.base(),
        plain.candidate(),
        Optional.empty(),
        Optional.of(project));
  }

  private static String report(int line) {
    return "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Semgrep\"}},\"results\":[{"
        + "\"ruleId\":\"py/sqli\",\"level\":\"error\",\"message\":{\"text\":\"tainted\"},\"locations\":[{"
        + "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/a%20b.py\"},\"region\":{\"startLine\":"
        + line
        + "}}}]}]}]}";
  }

  @Test
  void onlyResultsOnChangedLinesCount() {
    assertThat(Corpus.findings(new SarifDetector(), change(report(3))))
        .extracting(Finding::rule)
        .containsExactly("sarif.semgrep.py-sqli");
    assertThat(Corpus.findings(new SarifDetector(), change(report(2)))).isEmpty();
  }

  @Test
  void aReportThatCannotBeReadIsNotACleanReport() {
    assertThat(new SarifDetector().inspect(change("{\"runs\": [")))
        .isInstanceOf(Outcome.Partly.class);
  }
}
