package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;

/**
 * Looks at one changed file for one sort of fact; files that do not concern it, it leaves alone.
 */
@FunctionalInterface
interface Check {
  void inspect(ChangedFile file, Findings findings);
}
