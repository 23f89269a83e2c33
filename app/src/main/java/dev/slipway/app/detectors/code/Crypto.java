package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.Language;
import dev.slipway.policy.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Algorithms that no longer protect, and keys that are too short. */
final class Crypto {
  private static final Pattern WEAK_HASH =
      Pattern.compile("(?i)[\"'](?:md[245]|sha-?1|ripemd)[\"']");
  private static final Pattern WEAK_CIPHER =
      Pattern.compile(
          "(?i)[\"'](?:des|desede|3des|rc2|rc4|arcfour|blowfish|aes|des/[^\"']*|desede/[^\"']*|blowfish/[^\"']*|aes/ecb[^\"']*|rsa/[^\"'/]*/nopadding|[^\"']*-ecb|des-[^\"']*|rc4[^\"']*|bf-[^\"']*)[\"']");
  private static final Pattern SECRET =
      Pattern.compile("(?i)passw|passwd|pwd|passphrase|secret|credential");
  private static final Pattern BITS = Pattern.compile("\\b(\\d{3,5})\\b");

  private static final Set<String> ALGORITHMS =
      Set.of("Cipher.getInstance", "KeyGenerator.getInstance", "SecretKeyFactory.getInstance");

  private Crypto() {}

  static Optional<Danger> of(Call call) {
    if (isCipher(call) || isShortKey(call)) {
      return found(Severity.HIGH);
    }
    // A digest of what is no secret may be there to compare files.
    return isHash(call)
        ? found(protects(call) ? Severity.HIGH : Severity.MEDIUM)
        : Optional.empty();
  }

  private static Optional<Danger> found(Severity severity) {
    return Optional.of(
        Danger.security("weak-crypto", severity, "an algorithm or key that no longer protects"));
  }

  private static boolean protects(Call call) {
    return SECRET.matcher(Text.around(call.tree(), call.node())).find();
  }

  private static boolean isHash(Call call) {
    String text = call.text();
    boolean python =
        call.callee()
                .matches(
                    "(?:hashlib\\.)?(?:md5|sha1|new_md5)|MD5\\.new|SHA\\.new|SHA1\\.new|hashes\\.(?:MD5|SHA1)")
            && !text.contains("usedforsecurity=False")
            && (call.callee().contains(".") || call.language() == Language.PYTHON);
    boolean named =
        (call.callee().equals("MessageDigest.getInstance")
                || call.callee().equals("Mac.getInstance")
                || call.name().equals("createHash")
                || call.callee().equals("hashlib.new"))
            && (WEAK_HASH.matcher(text).find() || text.matches("(?i)\\(\"HmacMD5\".*"));
    boolean commons =
        call.callee()
            .matches(
                "DigestUtils\\.(?:md5|md5Hex|sha1|sha1Hex|md5DigestAsHex)|Hashing\\.(?:md5|sha1)|CryptoJS\\.(?:MD5|SHA1|DES\\.encrypt|RC4\\.encrypt)");
    return python || named || commons;
  }

  private static boolean isCipher(Call call) {
    String text = call.text();
    boolean named =
        (ALGORITHMS.contains(call.callee())
                || Set.of("createCipheriv", "createDecipheriv").contains(call.name()))
            && WEAK_CIPHER.matcher(text).find()
            && !(!call.callee().startsWith("Cipher") && text.matches("(?i)\\(\"aes\"\\)"));
    return named
        || Set.of("createCipher", "createDecipher").contains(call.name())
        || call.callee()
            .matches(
                "(?:Crypto\\.Cipher\\.)?(?:DES3?|ARC4|Blowfish|ARC2)\\.new|new"
                    + " NullCipher|(?:algorithms\\.)(?:ARC4|Blowfish|TripleDES|IDEA)|modes\\.ECB")
        || text.contains("MODE_ECB");
  }

  private static boolean isShortKey(Call call) {
    String text = call.text();
    boolean rsa =
        call.callee()
                .matches(
                    "(?:rsa|dsa)\\.generate_private_key|RSA\\.generate|DSA\\.generate|RSA\\.importKey\\.generate")
            || (call.name().equals("initialize")
                && call.callee().matches("(?i).*(?:kpg|keypair\\w*|generator|keygen)\\.initialize"))
            || (call.name().matches("generateKeyPair(?:Sync)?") && text.contains("rsa"));
    if (!rsa) {
      return false;
    }
    Matcher bits = BITS.matcher(text);
    while (bits.find()) {
      int size = Integer.parseInt(bits.group(1));
      if (size >= 384 && size < 2048) {
        return true;
      }
    }
    return false;
  }
}
