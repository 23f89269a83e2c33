package dev.slipway.app.detectors;

import dev.slipway.agents.review.Detector;
import dev.slipway.app.detectors.api.ApiDetector;
import dev.slipway.app.detectors.code.CodeDetector;
import dev.slipway.app.detectors.code.SarifDetector;
import dev.slipway.app.detectors.hidden.HiddenTextDetector;
import dev.slipway.app.detectors.integrations.IntegrationDetector;
import dev.slipway.app.detectors.rules.RulesDetector;
import dev.slipway.app.detectors.schema.SchemaDetector;
import dev.slipway.app.detectors.secrets.SecretDetector;
import dev.slipway.app.detectors.workflows.SupplyChainDetector;
import java.util.List;

/** Every detector there is: a new family is a package here and a line in this list. */
public final class Detectors {
  private Detectors() {}

  /** All detectors, in the order in which they run. They keep no state and may be shared. */
  public static List<Detector> all() {
    return List.of(
        new SecretDetector(),
        new HiddenTextDetector(),
        new SupplyChainDetector(),
        new IntegrationDetector(),
        new RulesDetector(),
        new SchemaDetector(),
        new ApiDetector(),
        new CodeDetector(),
        new SarifDetector());
  }
}
