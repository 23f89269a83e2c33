package dev.slipway.app.detectors.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a name promises about its value: {@code dbPassword} a password, {@code tokenType} nothing.
 */
enum SecretName {
  PASSWORD,
  KEY,
  AUTHORIZATION,
  NONE;

  private static final Set<String> PASSWORDS =
      Set.of("password", "passwd", "passphrase", "pwd", "passcode", "pass", "pword", "passwort");

  private static final Set<String> KEYS =
      Set.of(
          "secret",
          "secrets",
          "token",
          "credential",
          "credentials",
          "apikey",
          "secretkey",
          "accesskey",
          "privatekey",
          "authtoken",
          "accesstoken",
          "apitoken",
          "clientsecret",
          "psk",
          "authkey",
          "bearer",
          "apisecret",
          "appsecret",
          "signingkey",
          "encryptionkey");

  /** Words that make a following {@code key} a secret one. */
  private static final Set<String> KEY_KINDS =
      Set.of(
          "api",
          "secret",
          "access",
          "private",
          "signing",
          "encryption",
          "encrypt",
          "auth",
          "account",
          "shared",
          "master",
          "storage",
          "session",
          "service",
          "admin",
          "deploy",
          "jwt",
          "hmac",
          "aes",
          "integration",
          "consumer",
          "subscription",
          "webhook",
          "license",
          "write",
          "ingest",
          "cipher",
          "app",
          "application",
          "server",
          "ssh",
          "host",
          "signature",
          "cookie",
          "crypto",
          "rest",
          "apps");

  /** Words before {@code token} that name something everybody may see. */
  private static final Set<String> PUBLIC_TOKENS =
      Set.of(
          "csrf",
          "xsrf",
          "page",
          "next",
          "prev",
          "continuation",
          "cancellation",
          "eos",
          "bos",
          "pad",
          "unk",
          "sep",
          "cls",
          "mask",
          "stop",
          "special",
          "start",
          "end",
          "begin",
          "max",
          "min",
          "num",
          "design",
          "color",
          "syntax",
          "current",
          "sync",
          "pagination",
          "cursor",
          "idempotency",
          "cancel",
          "verification",
          "middleware",
          "middlewaretoken");

  private static final Set<String> HARMLESS =
      Set.of(
          "hash",
          "hashed",
          "encrypted",
          "digest",
          "checksum",
          "fingerprint",
          "public",
          "pub",
          "sealed",
          "masked",
          "placeholder",
          "example",
          "sample",
          "dummy",
          "fake",
          "mock",
          "test",
          "regex",
          "pattern",
          "label",
          "hint",
          "message",
          "error",
          "description",
          "field",
          "column",
          "schema",
          "sha",
          "md5",
          "publishable",
          "arn",
          "path",
          "url",
          "uri",
          "endpoint",
          "file",
          "length",
          "type",
          "count");

  private static final Set<String> SUFFIXES =
      Set.of(
          "value",
          "val",
          "prod",
          "production",
          "live",
          "staging",
          "stage",
          "dev",
          "default",
          "base64",
          "b64",
          "str",
          "string",
          "plain",
          "plaintext",
          "raw",
          "old",
          "new",
          "data",
          "literal",
          "const",
          "bytes",
          "hex",
          "primary",
          "secondary");

  /** The promise of this identifier. */
  static SecretName of(String identifier) {
    List<String> words = words(identifier);
    while (words.size() > 1 && isSuffix(words.getLast())) {
      words.removeLast();
    }
    if (words.isEmpty() || words.stream().anyMatch(HARMLESS::contains)) {
      return NONE;
    }
    String last = words.getLast();
    String before = words.size() > 1 ? words.get(words.size() - 2) : "";
    if (PASSWORDS.contains(last)) {
      return PASSWORD;
    }
    if (last.equals("authorization")) {
      return AUTHORIZATION;
    }
    if (last.equals("key")) {
      return KEY_KINDS.contains(before) ? KEY : NONE;
    }
    if (KEYS.contains(last)) {
      return last.equals("token") && PUBLIC_TOKENS.contains(before) ? NONE : KEY;
    }
    return NONE;
  }

  private static boolean isSuffix(String word) {
    return SUFFIXES.contains(word) || word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The words of an identifier in any of the usual spellings, in lower case. */
  static List<String> words(String identifier) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= identifier.length(); i++) {
      if (i == identifier.length() || isBreak(identifier, i)) {
        String word = identifier.substring(start, i).toLowerCase(Locale.ROOT);
        word = word.replaceAll("[^a-z0-9]", "");
        if (!word.isEmpty()) {
          words.add(word);
        }
        start = i;
      }
    }
    return words;
  }

  private static boolean isBreak(String text, int at) {
    char c = text.charAt(at);
    if (c == '_' || c == '-' || c == '.') {
      return true;
    }
    if (at == 0 || !Character.isUpperCase(c)) {
      return false;
    }
    boolean afterLower = !Character.isUpperCase(text.charAt(at - 1));
    boolean beforeLower = at + 1 < text.length() && Character.isLowerCase(text.charAt(at + 1));
    return afterLower || beforeLower;
  }
}
