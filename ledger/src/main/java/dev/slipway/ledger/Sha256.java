package dev.slipway.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest of the log. Every Java platform is required to have it. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
