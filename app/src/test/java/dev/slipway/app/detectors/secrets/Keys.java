package dev.slipway.app.detectors.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Makes keys that look real and open nothing. They are put together here so that none is kept. */
final class Keys {
  static final String DIGITS = "0123456789";
  static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  static final String HEX = DIGITS + "abcdef";
  static final String ALNUM = DIGITS + UPPER + LOWER;
  static final String BASE64 = ALNUM + "+/";
  static final String URLSAFE = ALNUM + "-_";

  private final Random random;

  Keys(long seed) {
    random = new Random(seed);
  }

  String of(String alphabet, int length) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < length; i++) {
      key.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return key.toString();
  }

  String github(String kind) {
    String body = of(ALNUM, 30);
    return "gh" + kind + "_" + body + SecretChecks.checksum(body);
  }

  String npm() {
    String body = of(ALNUM, 30);
    return "npm" + "_" + body + SecretChecks.checksum(body);
  }

  String jwt() {
    return base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
        + "."
        + base64Url("{\"sub\":\"" + of(LOWER, 9) + "\",\"iat\":1731000000,\"scope\":\"admin\"}")
        + "."
        + of(URLSAFE, 43);
  }

  static String base64Url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  String pem(String kind, String lineEnd) {
    StringBuilder key = new StringBuilder("-----BEGIN " + kind + "-----" + lineEnd);
    key.append("MIIEowIBAAKC").append(of(BASE64, 52)).append(lineEnd);
    for (int i = 0; i < 6; i++) {
      key.append(of(BASE64, 64)).append(lineEnd);
    }
    return key.append("-----END ").append(kind).append("-----").toString();
  }

  /** One token of every provider, by name. */
  Map<String, String> providers() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("aws", "AK" + "IA" + of(UPPER + "234567", 16));
    all.put("aws-session", "AS" + "IA" + of(UPPER + "234567", 16));
    all.put("gcp-api", "AI" + "za" + of(URLSAFE, 35));
    all.put("gcp-oauth", "GOC" + "SPX-" + of(URLSAFE, 28));
    all.put("azure-client", of(ALNUM, 3) + "8" + "Q" + "~" + of(ALNUM + "_~.", 34));
    all.put("azure-storage", "Account" + "Key=" + of(BASE64, 86) + "==");
    all.put("azure-sas", "sv=2022-11-02&ss=b&srt=co&sp=rl&s" + "ig=" + of(ALNUM, 43) + "%3D");
    all.put("azure-bus", "SharedAccess" + "Key=" + of(BASE64, 43) + "=");
    all.put("github-classic", github("p"));
    all.put("github-oauth", github("o"));
    all.put("github-server", github("s"));
    all.put("github-fine", "github" + "_pat_" + of(ALNUM, 22) + "_" + of(ALNUM, 59));
    all.put("gitlab", "gl" + "pat-" + of(URLSAFE, 20));
    all.put(
        "slack-bot", "xo" + "xb-" + of(DIGITS, 12) + "-" + of(DIGITS, 13) + "-" + of(ALNUM, 24));
    all.put(
        "slack-webhook",
        "https://hooks.sl"
            + "ack.com/services/T"
            + of(UPPER + DIGITS, 8)
            + "/B"
            + of(UPPER + DIGITS, 10)
            + "/"
            + of(ALNUM, 24));
    // The numbers of a team, a chat or an application are no secret, and often made up.
    all.put(
        "slack-webhook-made-up-team",
        "https://hooks.sl" + "ack.com/services/T00000000/B00000000/" + of(ALNUM, 24));
    all.put("slack-bot-made-up-team", "xo" + "xb-123456789012-1234567890123-" + of(ALNUM, 24));
    all.put("telegram-made-up-chat", "123456789:A" + "A" + of(URLSAFE, 33));
    all.put(
        "discord-webhook",
        "https://discord.com/api/webhooks/123456789012345678/" + of(URLSAFE, 68));
    all.put("stripe", "sk" + "_live_" + of(ALNUM, 24));
    all.put("stripe-restricted", "rk" + "_live_" + of(ALNUM, 99));
    all.put("twilio", "S" + "K" + of(HEX, 32));
    all.put("sendgrid", "S" + "G." + of(URLSAFE, 22) + "." + of(URLSAFE, 43));
    all.put("npm", npm());
    all.put("pypi", "py" + "pi-AgEIcHlwaS5vcmc" + of(URLSAFE, 140));
    all.put("docker", "dckr" + "_pat_" + of(URLSAFE, 27));
    all.put("anthropic", "sk-" + "ant-api03-" + of(URLSAFE, 93) + "AA");
    all.put("openai", "sk-" + of(ALNUM, 20) + "T3Blb" + "kFJ" + of(ALNUM, 20));
    all.put("openai-project", "sk-" + "proj-" + of(URLSAFE, 120));
    all.put("jwt", jwt());
    all.put("heroku", "HR" + "KU-AA" + of(ALNUM, 58));
    all.put("digitalocean", "dop" + "_v1_" + of(HEX, 64));
    all.put("shopify", "shp" + "at_" + of(HEX, 32));
    all.put("telegram", "1" + of(DIGITS, 8) + ":A" + "A" + of(URLSAFE, 33));
    all.put("mailgun", "ke" + "y-" + of(HEX, 32));
    all.put("databricks", "da" + "pi" + of(HEX, 32));
    all.put("vault", "hv" + "s." + of(URLSAFE, 95));
    all.put("age", "AGE-SECRET" + "-KEY-1" + of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58));
    all.put("discord", base64Url(of("123456789", 18)) + "." + of(ALNUM, 6) + "." + of(ALNUM, 38));
    all.put("huggingface", "h" + "f_" + of(UPPER + LOWER, 34));
    all.put("grafana", "gl" + "sa_" + of(ALNUM, 32) + "_" + of(HEX, 8));
    all.put("square", "sq" + "0atp-" + of(URLSAFE, 22));
    return all;
  }
}
