package dev.slipway.app.coverage;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as tools write them, on whatever machine they ran. */
final class Paths {
  private Paths() {}

  static boolean isAbsolute(String path) {
    return path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:[/\\\\].*");
  }

  /** With slashes, without {@code .}, {@code ..} where it can be resolved, and drive letters. */
  static String normal(String path) {
    String slashed = path.replace('\\', '/').replaceFirst("^file://", "");
    if (slashed.matches("[A-Za-z]:/.*")) {
      slashed = slashed.substring(2);
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : slashed.split("/")) {
      if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    return slashed.startsWith("/") ? "/" + joined : joined;
  }
}
