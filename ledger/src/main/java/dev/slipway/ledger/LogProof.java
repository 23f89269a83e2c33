package dev.slipway.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A proof in one file that some entry is in a log (C2SP tlog-proof): verified offline with only the
 * log's public key.
 *
 * @param inclusion of the entry in the checkpoint's tree
 * @param checkpoint with its signatures
 * @param extra opaque bytes of the application; nothing vouches for them
 */
public record LogProof(
    InclusionProof inclusion, SignedCheckpoint checkpoint, Optional<Extra> extra) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MAX_HASHES = 63;

  /**
   * Opaque extra bytes in their Base64 form.
   *
   * @param base64 standard Base64
   */
  public record Extra(String base64) {
    /**
     * @throws IllegalArgumentException if it is not canonical Base64
     */
    public Extra {
      if (!of(Base64.getDecoder().decode(base64)).equals(base64)) {
        throw new IllegalArgumentException("the extra data is not canonical Base64");
      }
    }

    /** The bytes themselves. */
    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }

    private static String of(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  /**
   * @throws IllegalArgumentException if the proof is for a tree of another size
   */
  public LogProof {
    if (inclusion.size() != checkpoint.checkpoint().size()) {
      throw new IllegalArgumentException("the proof is not for the checkpoint's tree");
    }
  }

  /** A proof without extra data. */
  public LogProof(InclusionProof inclusion, SignedCheckpoint checkpoint) {
    this(inclusion, checkpoint, Optional.empty());
  }

  /**
   * Parses the file; nothing is verified.
   *
   * @throws IllegalArgumentException if it is malformed or too large
   */
  public static LogProof parse(byte[] bytes) {
    if (bytes.length > SignedNote.MAX_BYTES) {
      throw new IllegalArgumentException("a proof has at most " + SignedNote.MAX_BYTES + " bytes");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int split = text.indexOf("\n\n");
    if (split < 0) {
      throw new IllegalArgumentException("a proof has an empty line before its checkpoint");
    }
    SignedCheckpoint checkpoint =
        SignedCheckpoint.parse(text.substring(split + 2).getBytes(StandardCharsets.UTF_8));
    List<String> lines = List.of(text.substring(0, split).split("\n", -1));
    boolean hasExtra = lines.size() > 1 && lines.get(1).startsWith(EXTRA);
    int at = hasExtra ? 2 : 1;
    if (!lines.getFirst().equals(HEADER)
        || lines.size() <= at
        || !lines.get(at).matches("index (0|[1-9][0-9]{0,18})")
        || lines.size() - at - 1 > MAX_HASHES) {
      throw new IllegalArgumentException(
          "a proof has the lines '" + HEADER + "', index and at most 63 hashes");
    }
    List<Hash> path = lines.subList(at + 1, lines.size()).stream().map(Hash::ofBase64).toList();
    long index = Long.parseLong(lines.get(at).substring(INDEX.length()));
    return new LogProof(
        new InclusionProof(index, checkpoint.checkpoint().size(), path),
        checkpoint,
        hasExtra
            ? Optional.of(new Extra(lines.get(1).substring(EXTRA.length())))
            : Optional.empty());
  }

  /** The bytes of the file, by custom named {@code *.tlog-proof}. */
  public byte[] format() {
    StringBuilder out = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(e -> out.append(EXTRA).append(e.base64()).append('\n'));
    out.append(INDEX).append(inclusion.index()).append('\n');
    inclusion.path().forEach(hash -> out.append(hash.base64()).append('\n'));
    out.append('\n').append(new String(checkpoint.note().format(), StandardCharsets.UTF_8));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether a log with one of these keys holds these bytes at the proof's index.
   *
   * @param trusted at least one key of the log
   */
  public boolean verifies(byte[] entry, TrustedKeys trusted) {
    return inclusion.verifies(Hash.leaf(entry), checkpoint.checkpoint().root())
        && trusted.objection(checkpoint).isEmpty();
  }
}
