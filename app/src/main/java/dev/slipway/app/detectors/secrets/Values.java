package dev.slipway.app.detectors.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges whether a value that is given to a secret-sounding name is a secret. */
final class Values {
  private static final Set<String> STAND_INS =
      Set.of(
          "password",
          "passwd",
          "pass",
          "pwd",
          "secret",
          "token",
          "apikey",
          "key",
          "value",
          "user",
          "username",
          "admin",
          "root",
          "guest",
          "test",
          "tests",
          "postgres",
          "mysql",
          "redis",
          "default",
          "none",
          "null",
          "true",
          "false",
          "undefined",
          "string",
          "empty",
          "required",
          "optional",
          "hidden",
          "secret1",
          "password1",
          "password123",
          "pass123",
          "passw0rd",
          "p@ssw0rd",
          "p@ssword",
          "admin123",
          "test123",
          "test1234",
          "secret123",
          "12345678",
          "qwerty",
          "letmein",
          "foobar",
          "foo",
          "bar",
          "hunter2",
          "mypassword",
          "mysecret",
          "supersecret",
          "super-secret",
          "super_secret",
          "s3cr3t",
          "s3cret",
          "secretkey",
          "secret-key",
          "secret_key",
          "correcthorsebatterystaple",
          "minioadmin",
          "rootpassword",
          "rabbitmq",
          "development",
          "local",
          "localdev",
          "todo",
          "fixme",
          "tbd",
          "n/a");

  private static final List<String> REFERENCES =
      List.of(
          "${",
          "{{",
          "<%",
          "$(",
          "#{",
          "%(",
          "@{",
          "%{",
          "[[",
          "secretsmanager",
          "vault:",
          "arn:aws",
          "ssm:",
          "ref+",
          "op://",
          "keyvault",
          "sops:",
          "process.env",
          "os.environ",
          "getenv",
          "env.",
          "secrets.",
          "var.",
          "local.",
          "data.",
          "vars.",
          "config.",
          "settings.",
          "secretkeyref",
          "fromsecret",
          "file:",
          "classpath:");

  private static final List<String> HASHES =
      List.of(
          "$2a$",
          "$2b$",
          "$2y$",
          "$argon2",
          "$pbkdf2",
          "pbkdf2",
          "$scrypt",
          "$5$",
          "$6$",
          "$1$",
          "{bcrypt}",
          "{sha",
          "{ssha",
          "sha256:",
          "sha1:",
          "sha256-",
          "sha384-",
          "sha512-",
          "md5:",
          "scram-sha",
          "enc(",
          "enc[",
          "{cipher}",
          "enc:",
          "aqica",
          "crypt:",
          "{crypt}",
          "cipher:",
          "!vault",
          "ansible_vault",
          "ssh-rsa",
          "ssh-ed25519",
          "ecdsa-");

  private static final Pattern UUID =
      Pattern.compile("\\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\}?");

  private static final int MIN = 8;
  private static final int MAX = 2_000;

  private Values() {}

  /** Whether the value is a machine's secret: random enough, and nothing else that is random. */
  static boolean isRandomSecret(String value) {
    double bits = Randomness.bitsPerCharacter(value);
    if (value.length() < 16 || bits < 2.9 || !isCandidate(value) || UUID.matcher(value).matches()) {
      return false;
    }
    if (isHex(value)) {
      return value.length() >= 24 && !isNumber(value);
    }
    boolean mixed = Randomness.classes(value) >= 2 && hasDigitOrCaseMix(value);
    return mixed && bits >= (value.length() >= 24 ? 3.5 : 3.2) && Randomness.wordShare(value) < 0.5;
  }

  /** Whether the value is a password that a person would have chosen with care. */
  static boolean isPassword(String value) {
    if (value.length() < MIN || !isCandidate(value) || UUID.matcher(value).matches()) {
      return false;
    }
    int classes = Randomness.classes(value);
    double bits = Randomness.bitsPerCharacter(value);
    boolean hasDigit = value.chars().anyMatch(c -> c >= '0' && c <= '9');
    if (isRandomSecret(value)) {
      return true;
    }
    if (classes == 4) {
      return bits >= 2.75;
    }
    return classes == 3
        && hasDigit
        && bits >= 2.75
        && Randomness.wordShare(value) < (isAlphanumeric(value) ? 0.5 : 0.75);
  }

  private static boolean isCandidate(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return value.length() <= MAX
        && value.chars().allMatch(c -> c > 32 && c < 127)
        && !isReference(value)
        && !isMasked(value)
        && !STAND_INS.contains(lower)
        && !Fakes.isFakeToken(value)
        && !isPathOrAddress(value)
        && !isSealed(value)
        && HASHES.stream().noneMatch(lower::startsWith);
  }

  /** Encrypted for a cluster by kubeseal: a version and the length of a session key come first. */
  private static boolean isSealed(String value) {
    return value.length() > 200 && value.startsWith("Ag");
  }

  /** Whether the value says where the secret is instead of being it. */
  static boolean isReference(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return REFERENCES.stream().anyMatch(lower::contains)
        || (value.startsWith("$") && value.chars().skip(1).allMatch(Values::isNameChar))
        || (value.startsWith("%") && (value.endsWith("%") || value.length() <= 3))
        || (value.startsWith("<") && value.endsWith(">"))
        || (value.startsWith("[") && value.endsWith("]"))
        || (value.startsWith("{") && value.endsWith("}"))
        || (value.startsWith("__") && value.endsWith("__"))
        || (value.startsWith("@") && value.endsWith("@"))
        || (value.startsWith(":") && value.chars().skip(1).allMatch(Values::isNameChar));
  }

  /** Whether the value is stars, dots or crosses. */
  static boolean isMasked(String value) {
    return value.chars().allMatch(c -> "*x.X-_•#?".indexOf(c) >= 0);
  }

  /** Whether the lower-case value is one of the words that people write where a secret goes. */
  static boolean isStandIn(String lower) {
    return STAND_INS.contains(lower);
  }

  private static boolean isPathOrAddress(String value) {
    return (value.startsWith("/") && value.indexOf('/', 1) > 0 && Randomness.wordShare(value) > 0.4)
        || value.startsWith("./")
        || value.startsWith("../")
        || value.startsWith("~/")
        || value.contains("://")
        || value.startsWith("mailto:")
        || value.startsWith("data:")
        || (value.indexOf('@') > 0 && value.indexOf('.', value.indexOf('@')) > 0)
        || value.startsWith("--")
        || value.contains("(")
        || value.contains("=>")
        || value.contains("::")
        || value.endsWith(".pem")
        || value.endsWith(".key")
        || value.endsWith(".json")
        || value.endsWith(".txt");
  }

  private static boolean isNameChar(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isHex(String value) {
    return value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
        || value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'));
  }

  private static boolean isNumber(String value) {
    return value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isAlphanumeric(String value) {
    return value.chars().allMatch(c -> isNameChar(c) && c != '_');
  }

  private static boolean hasDigitOrCaseMix(String value) {
    boolean digit = value.chars().anyMatch(c -> c >= '0' && c <= '9');
    boolean lower = value.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    boolean upper = value.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
    return (digit && (lower || upper)) || (lower && upper);
  }
}
