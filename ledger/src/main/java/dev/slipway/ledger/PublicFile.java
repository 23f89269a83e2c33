package dev.slipway.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * A file of the log that may be served to anybody, with the headers that C2SP tlog-tiles asks for.
 * Blobs are not among them: who may read those is for the application to say.
 *
 * @param path below the log's directory and URL prefix alike; cannot lead elsewhere
 * @param contentType value of the header
 * @param maxAge how long it may be cached
 * @param cacheControl value of the header, saying the same
 */
public record PublicFile(String path, String contentType, Duration maxAge, String cacheControl) {
  private static final Duration MOVING = Duration.ofSeconds(2);
  private static final Duration FIXED = Duration.ofDays(365);

  /** The file at a path relative to the log's URL prefix; empty if there can be none to serve. */
  public static Optional<PublicFile> at(String path) {
    if (path.equals(TilePath.CHECKPOINT) || path.equals(VerifierList.FILE)) {
      String cacheControl = "public, max-age=" + MOVING.toSeconds();
      return Optional.of(new PublicFile(path, "text/plain; charset=utf-8", MOVING, cacheControl));
    }
    String cacheControl = "public, max-age=" + FIXED.toSeconds() + ", immutable";
    return TilePath.parse(path)
        .map(any -> new PublicFile(path, "application/octet-stream", FIXED, cacheControl));
  }
}
