package dev.slipway.app.detectors.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntegrationDetectorTest {
  private final IntegrationDetector detector = new IntegrationDetector();

  private Corpus corpus(String name) {
    return new Corpus(name, detector, f -> f.severity().compareTo(Severity.MEDIUM) >= 0);
  }

  @Test
  void dependencies() {
    Corpus corpus = corpus("integrations, dependencies");
    new DependencyCases(corpus).addAll();
    corpus.measure(1, 1);
  }

  @Test
  void services() {
    Corpus corpus = corpus("integrations, services");
    new ServiceCases(corpus).addAll();
    corpus.measure(1, 1);
  }

  @Test
  void anotherVersionIsARemark() {
    assertThat(
            Corpus.findings(
                detector,
                Changes.between(
                    Map.of("requirements.txt", "flask==3.0.0\n"),
                    Map.of("requirements.txt", "flask==3.1.0\n"))))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("integration.dependency-version");
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(finding.message()).contains("3.0.0", "3.1.0");
            });
  }

  @Test
  void oneHostIsOneFindingHoweverOftenItIsNamed() {
    String text = "a = 'https://api.x-ray.io/a'\nb = 'https://api.x-ray.io/b'\n";
    assertThat(Corpus.findings(detector, Changes.adding("a.py", text)))
        .extracting(Finding::rule, Finding::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("integration.host", 1));
  }
}
