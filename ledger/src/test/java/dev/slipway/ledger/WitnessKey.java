package dev.slipway.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** A witness for tests, written from C2SP tlog-cosignature. */
final class WitnessKey {
  private final String name;
  private final KeyPair pair;

  WitnessKey(String name) {
    this.name = name;
    try {
      this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  Verifier verifier() {
    return new Verifier(name, Verifier.Kind.WITNESS, Hash.of(Ed25519.raw(pair.getPublic())));
  }

  NoteSignature cosign(String text, long seconds) {
    String message = "cosignature/v1\ntime " + seconds + "\n" + text;
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(message.getBytes(StandardCharsets.UTF_8));
      byte[] timestamped = ByteBuffer.allocate(72).putLong(seconds).put(signer.sign()).array();
      return new NoteSignature(name, verifier().id(), timestamped);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
