package dev.slipway.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 key that signs checkpoints. The private part never leaves this object except into a
 * {@link KeyFile}.
 */
public final class LogKey {
  private static final String SIGNER = "PRIVATE+KEY+";
  private static final byte ED25519 = 1;

  private final Verifier verifier;
  private final PrivateKey secret;

  LogKey(Verifier verifier, PrivateKey secret) {
    this.verifier = verifier;
    this.secret = secret;
  }

  /**
   * A new random key.
   *
   * @param name the log's origin, by custom a URL without scheme, such as {@code example.com/log}
   * @throws IllegalArgumentException if the name is empty or has spaces, plus signs or control
   *     characters
   */
  public static LogKey create(String name) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new LogKey(Verifier.ofLog(name, Ed25519.raw(pair.getPublic())), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  /** The public side: give its {@link Verifier#text} to whoever verifies. */
  public Verifier verifier() {
    return verifier;
  }

  /** The line of a key file: signer string, space, verifier string. */
  String format() {
    byte[] typed = new byte[1 + Ed25519.KEY_BYTES];
    typed[0] = ED25519;
    byte[] seed =
        ((EdECPrivateKey) secret)
            .getBytes()
            .orElseThrow(() -> new IllegalStateException("the key does not show its seed"));
    System.arraycopy(seed, 0, typed, 1, seed.length);
    return SIGNER
        + verifier.name()
        + "+"
        + HexFormat.of().toHexDigits(verifier.id())
        + "+"
        + Base64.getEncoder().encodeToString(typed)
        + " "
        + verifier.text();
  }

  /** Parses the line of a key file. Messages do not quote it. */
  static LogKey parse(String line) {
    int space = line.lastIndexOf(' ');
    int plus = line.indexOf('+', SIGNER.length());
    if (!line.startsWith(SIGNER) || plus < 0 || space < plus + 10) {
      throw new IllegalArgumentException("not a signer and a verifier");
    }
    Verifier verifier = Verifier.parse(line.substring(space + 1));
    byte[] typed = Base64.getDecoder().decode(line.substring(plus + 10, space));
    if (typed.length != 1 + Ed25519.KEY_BYTES || verifier.kind() != Verifier.Kind.LOG) {
      throw new IllegalArgumentException("not an Ed25519 signer");
    }
    byte[] seed = Arrays.copyOfRange(typed, 1, typed.length);
    LogKey key = new LogKey(verifier, Ed25519.privateKey(seed));
    if (!key.format().equals(line) || !verifier.verifies("probe\n", key.sign("probe\n"))) {
      throw new IllegalArgumentException("the signer does not fit its verifier");
    }
    return key;
  }

  /** Signs the text of a note. */
  NoteSignature sign(String text) {
    return sign(text.getBytes(StandardCharsets.UTF_8));
  }

  private NoteSignature sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(secret);
      signer.update(message);
      return new NoteSignature(verifier.name(), verifier.id(), signer.sign());
    } catch (GeneralSecurityException e) {
      throw new LedgerException("signing with key " + verifier + " failed", e);
    }
  }

  /**
   * Signs a statement for a DSSE envelope: the pre-authentication encoding of its type and bytes,
   * which can never be read as a checkpoint.
   */
  public byte[] signStatement(String type, byte[] payload) {
    return sign(Dsse.encoding(type, payload)).bytes();
  }

  /** Names the key without its secret. */
  @Override
  public String toString() {
    return verifier.toString();
  }
}
