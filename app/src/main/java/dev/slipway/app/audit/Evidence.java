package dev.slipway.app.audit;

import dev.slipway.change.Digest;
import java.util.Optional;

/** How reports name the content that stands behind them. */
final class Evidence {
  private static final String PREFIX = "sha256:";

  private Evidence() {}

  /** The digest that a report's evidence names; empty if it is none. */
  static Optional<Digest> digest(String text) {
    String hex = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    return hex.matches("[0-9a-f]{64}") ? Optional.of(new Digest(hex)) : Optional.empty();
  }
}
