package dev.slipway.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * An Ed25519 key that signs checkpoints. The private part never leaves this object except into a
 * key file.
 */
public final class LogKey {
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

  PrivateKey secret() {
    return secret;
  }

  /** Signs the text of a note. */
  NoteSignature sign(String text) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(secret);
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return new NoteSignature(verifier.name(), verifier.id(), signer.sign());
    } catch (GeneralSecurityException e) {
      throw new LedgerException("signing with key " + verifier + " failed", e);
    }
  }

  /** Names the key without its secret. */
  @Override
  public String toString() {
    return verifier.toString();
  }
}
