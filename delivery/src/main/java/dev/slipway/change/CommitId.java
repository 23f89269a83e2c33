package dev.slipway.change;

/** A git commit by its full object name: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
public record CommitId(String hex) {
  public CommitId {
    if (!hex.matches("[0-9a-f]{40}([0-9a-f]{24})?")) {
      throw new IllegalArgumentException(
          "a commit is 40 or 64 lower-case hex digits, not: " + Printable.of(hex));
    }
  }

  /** The first ten digits, for people. */
  public String brief() {
    return hex.substring(0, 10);
  }

  @Override
  public String toString() {
    return hex;
  }
}
