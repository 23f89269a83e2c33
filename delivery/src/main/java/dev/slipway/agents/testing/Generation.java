package dev.slipway.agents.testing;

import dev.slipway.agents.testing.Proof.Step;
import dev.slipway.model.Account;
import java.util.List;
import java.util.Optional;

/**
 * What came of having tests written.
 *
 * @param kept tests that hold
 * @param dropped tests that do not, each with why
 * @param remaining gaps that no kept test closes
 * @param bound the bound that ended it early; empty if none was hit
 * @param account the model's calls
 */
public record Generation(
    List<Kept> kept,
    List<Dropped> dropped,
    List<Gap> remaining,
    Optional<String> bound,
    Account account) {
  public Generation {
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
    remaining = List.copyOf(remaining);
  }

  /**
   * A test that holds.
   *
   * @param path where it belongs; a new file
   * @param attempts how often it was written: 1 is at the first go
   * @param proof how it was proved, step by step
   */
  public record Kept(
      String path, String edgeCase, String code, Gap gap, int attempts, List<String> proof) {
    public Kept {
      proof = List.copyOf(proof);
    }
  }

  /** A test that was not kept. */
  public record Dropped(String test, String reason, int attempts) {}

  /** How many held at the first go, after being mended, and not at all. */
  public String summary() {
    long mended = kept.stream().filter(it -> it.attempts() > 1).count();
    return "%d tests kept (%d at the first go, %d repaired), %d dropped"
        .formatted(kept.size(), kept.size() - mended, mended, dropped.size());
  }

  static List<String> described(List<Step> steps) {
    return steps.stream()
        .map(it -> it.name() + ": " + it.measured() + " (" + it.took().toMillis() + " ms)")
        .toList();
  }
}
