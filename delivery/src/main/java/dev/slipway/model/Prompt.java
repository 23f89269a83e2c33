package dev.slipway.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The standing instructions of one purpose: a resource file, which never changes under its version.
 *
 * @param purpose such as {@code review.find}
 * @param version raised with every change of the text
 * @param text what the model is told before anything else
 */
public record Prompt(String purpose, int version, String text) {
  /**
   * Reads {@code <name>-<version>.md} beside the class.
   *
   * @throws IllegalStateException if there is none: a fault of the build
   */
  public static Prompt beside(Class<?> owner, String purpose, int version) {
    String name = purpose.substring(purpose.lastIndexOf('.') + 1) + "-" + version + ".md";
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no prompt " + name + " beside " + owner);
      }
      return new Prompt(purpose, version, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the prompt " + name, e);
    }
  }

  /** Purpose and version, such as {@code review.find/1}. */
  public String id() {
    return purpose + "/" + version;
  }

  /** Digest of the text. */
  public Digest digest() {
    return Digest.of(text.getBytes(UTF_8));
  }
}
