package dev.slipway.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file {@code verifiers} beside the tiles: every key that ever signed the log's checkpoints,
 * one verifier string a line. It lets a reader without a trusted key check that the log agrees with
 * itself, and tell a foreign signature from a damaged one.
 */
final class VerifierList {
  static final String FILE = "verifiers";

  private VerifierList() {}

  static byte[] format(Collection<Verifier> verifiers) {
    return verifiers.stream()
        .map(verifier -> verifier.text() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException if it is malformed
   */
  static List<Verifier> parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the list of verifiers does not end in a newline");
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    List<Verifier> verifiers = lines.stream().map(Verifier::parse).toList();
    if (new LinkedHashSet<>(verifiers).size() != verifiers.size()) {
      throw new IllegalArgumentException("a verifier is listed twice");
    }
    return verifiers;
  }
}
