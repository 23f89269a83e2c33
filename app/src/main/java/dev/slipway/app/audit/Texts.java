package dev.slipway.app.audit;

import java.util.Locale;

/** Words for enum constants. */
final class Texts {
  private Texts() {}

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
