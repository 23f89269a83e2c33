package dev.slipway.app.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths of the configuration: slash-separated and never above where they begin. */
final class RelativePath {
  private RelativePath() {}

  /** The path without empty and {@code .} parts; empty if it is absolute or leads outside. */
  static Optional<String> of(String path) {
    boolean unfit = path.chars().anyMatch(c -> c < ' ' || c == '\\' || c == 0x7f);
    if (path.isEmpty() || path.startsWith("/") || path.startsWith("~") || unfit) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        return Optional.empty();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(parts.isEmpty() ? "." : String.join("/", parts));
  }
}
