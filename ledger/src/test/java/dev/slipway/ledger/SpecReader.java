package dev.slipway.ledger;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A second reader of the format, written from RFC 6962 and the C2SP texts alone. It uses no class
 * of the code under test, works on lists and recursion where that works on arrays and loops, and
 * reads the log as a stranger would: checkpoint, then bundles, then tiles.
 */
final class SpecReader {
  private final Path prefix;
  final String origin;
  final long size;
  final byte[] root;

  /** Opens the checkpoint with a verifier string. */
  SpecReader(Path prefix, String vkey) throws IOException, GeneralSecurityException {
    this.prefix = prefix;
    String note = Files.readString(prefix.resolve("checkpoint"));
    int blank = note.lastIndexOf("\n\n");
    String body = note.substring(0, blank + 1);
    if (!isSigned(body, note.substring(blank + 2), vkey)) {
      throw new IOException("no signature by " + vkey);
    }
    String[] lines = body.split("\n");
    origin = lines[0];
    size = Long.parseLong(lines[1]);
    root = Base64.getDecoder().decode(lines[2]);
  }

  private static boolean isSigned(String body, String signatures, String vkey)
      throws GeneralSecurityException {
    String name = vkey.substring(0, vkey.indexOf('+'));
    String rest = vkey.substring(vkey.indexOf('+') + 1);
    String id = rest.substring(0, 8);
    byte[] typed = Base64.getDecoder().decode(rest.substring(9));
    for (String line : signatures.split("\n")) {
      String[] words = line.split(" ");
      byte[] blob = Base64.getDecoder().decode(words[2]);
      String lineId = String.format("%02x%02x%02x%02x", blob[0], blob[1], blob[2], blob[3]);
      if (words[0].equals("\u2014") && words[1].equals(name) && lineId.equals(id)) {
        Signature ed25519 = Signature.getInstance("Ed25519");
        byte[] y = Arrays.copyOfRange(typed, 1, 33);
        boolean odd = y[31] < 0;
        y[31] &= 0x7f;
        for (int i = 0; i < 16; i++) {
          byte swap = y[i];
          y[i] = y[31 - i];
          y[31 - i] = swap;
        }
        ed25519.initVerify(
            KeyFactory.getInstance("Ed25519")
                .generatePublic(
                    new EdECPublicKeySpec(
                        NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y)))));
        ed25519.update(body.getBytes(StandardCharsets.UTF_8));
        return ed25519.verify(Arrays.copyOfRange(blob, 4, blob.length));
      }
    }
    return false;
  }

  /** All entries, from the bundles. */
  List<byte[]> entries() throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (long n = 0; n * 256 < size; n++) {
      byte[] bundle = read("entries", n, (int) Math.min(256, size - n * 256));
      int at = 0;
      while (at < bundle.length) {
        int length = Byte.toUnsignedInt(bundle[at]) * 256 + Byte.toUnsignedInt(bundle[at + 1]);
        entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
        at += 2 + length;
      }
    }
    return entries;
  }

  /** The hashes of all tiles of a level. */
  List<byte[]> level(int level) throws IOException {
    long hashes = size;
    for (int i = 0; i < level; i++) {
      hashes /= 256;
    }
    List<byte[]> all = new ArrayList<>();
    for (long n = 0; n * 256 < hashes; n++) {
      byte[] tile = read(Integer.toString(level), n, (int) Math.min(256, hashes - n * 256));
      for (int at = 0; at < tile.length; at += 32) {
        all.add(Arrays.copyOfRange(tile, at, at + 32));
      }
    }
    return all;
  }

  private byte[] read(String layer, long n, int width) throws IOException {
    String path = String.format("%03d", n % 1000);
    for (long more = n / 1000; more > 0; more /= 1000) {
      path = String.format("x%03d/", more % 1000) + path;
    }
    String suffix = width == 256 ? "" : ".p/" + width;
    return Files.readAllBytes(prefix.resolve("tile/" + layer + "/" + path + suffix));
  }

  /** MTH of RFC 6962, section 2.1, over leaf hashes. */
  static byte[] treeHash(List<byte[]> leafHashes) throws GeneralSecurityException {
    if (leafHashes.isEmpty()) {
      return MessageDigest.getInstance("SHA-256").digest();
    }
    if (leafHashes.size() == 1) {
      return leafHashes.get(0);
    }
    int k = 1;
    while (k * 2 < leafHashes.size()) {
      k *= 2;
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update((byte) 1);
    sha256.update(treeHash(leafHashes.subList(0, k)));
    sha256.update(treeHash(leafHashes.subList(k, leafHashes.size())));
    return sha256.digest();
  }

  static byte[] leafHash(byte[] entry) throws GeneralSecurityException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update((byte) 0);
    return sha256.digest(entry);
  }
}
