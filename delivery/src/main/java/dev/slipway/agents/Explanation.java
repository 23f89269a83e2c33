package dev.slipway.agents;

import dev.slipway.policy.Finding;
import java.util.List;

/**
 * A model's reply to why a gate objects.
 *
 * @param explanation a few sentences for the person who decides
 * @param concerns what it finds worrying beside that
 */
record Explanation(String explanation, List<Concern> concerns) {
  /**
   * Something that a person should look at.
   *
   * @param file the number of the file that is meant, 0 for none of them
   */
  record Concern(About about, int file, String message) {
    Concern {
      if (message.isBlank()) {
        throw new IllegalArgumentException("a concern says what it is");
      }
    }
  }

  /** What a concern may be about. */
  enum About {
    SECURITY(Finding.Kind.SECURITY),
    PERFORMANCE(Finding.Kind.PERFORMANCE),
    CORRECTNESS(Finding.Kind.CORRECTNESS);

    final Finding.Kind kind;

    About(Finding.Kind kind) {
      this.kind = kind;
    }
  }

  Explanation {
    concerns = List.copyOf(concerns);
    if (explanation.isBlank()) {
      throw new IllegalArgumentException("an explanation is not empty");
    }
  }
}
