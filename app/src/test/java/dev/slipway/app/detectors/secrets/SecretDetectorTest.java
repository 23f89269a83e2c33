package dev.slipway.app.detectors.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import dev.slipway.policy.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretDetectorTest {
  private final SecretDetector detector = new SecretDetector();
  private final Keys keys = new Keys(20261101);

  private Corpus corpus(String name) {
    return new Corpus(name, detector, finding -> true);
  }

  @Test
  void everyProvidersFormatIsFoundInEveryNotation() {
    Corpus corpus = corpus("secrets, provider formats");
    keys.providers()
        .forEach(
            (name, key) -> {
              corpus.positive(name + " java", java("String value = \"" + key + "\";"));
              corpus.positive(name + " python", Changes.adding("a/b.py", "x = '" + key + "'\n"));
              corpus.positive(
                  name + " yaml", Changes.adding("conf/a.yml", "a:\n  b: " + key + "\n"));
              corpus.positive(name + " env", Changes.adding(".env", "X=" + key + "\n"));
              corpus.positive(
                  name + " json", Changes.adding("a.json", "{\"v\":\"" + key + "\"}\n"));
              corpus.positive(name + " comment", Changes.adding("a.go", "// was: " + key + "\n"));
              corpus.positive(name + " base64", Changes.adding("s.yaml", "v: " + Keys.base64(key)));
            });
    corpus.measure(1, 1);
  }

  @Test
  void aTokenThatIsPutTogetherIsFound() {
    Corpus corpus = corpus("secrets, put together");
    keys.providers()
        .forEach(
            (name, key) -> {
              String a = key.substring(0, key.length() / 2);
              String b = key.substring(key.length() / 2);
              corpus.positive(name + " plus", java("var v = \"" + a + "\" + \"" + b + "\";"));
              corpus.positive(
                  name + " lines", java("var v =\n    \"" + a + "\"\n        + \"" + b + "\";"));
              corpus.positive(
                  name + " adjacent",
                  Changes.adding("a.py", "v = ('" + a + "'\n     '" + b + "')"));
              corpus.positive(
                  name + " php", Changes.adding("a.php", "$v = '" + a + "' . '" + b + "';"));
              corpus.positive(
                  name + " join",
                  Changes.adding("a.js", "const v = ['" + a + "', '" + b + "'].join('')"));
            });
    corpus.measure(1, 0.99);
  }

  @Test
  void privateKeysInEveryShapeAreFound() {
    Corpus corpus = corpus("secrets, private keys");
    for (String kind :
        List.of(
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK")) {
      String pem = keys.pem(kind, "\n");
      corpus.positive(kind + " file", Changes.adding("deploy/server.key", pem));
      corpus.positive(
          kind + " indented", Changes.adding("a.yaml", "k: |\n  " + pem.replace("\n", "\n  ")));
      corpus.positive(
          kind + " json",
          Changes.adding("sa.json", "{\"private_key\": \"" + keys.pem(kind, "\\n") + "\"}"));
      corpus.positive(
          kind + " java", java("String k = \"" + pem.replace("\n", "\\n\"\n + \"") + "\";"));
      corpus.positive(kind + " base64", Changes.adding("a.yaml", "key: " + Keys.base64(pem)));
    }
    corpus.measure(1, 1);
  }

  @Test
  void valuesOfSecretNamesAreFoundInEveryNotation() {
    Corpus corpus = corpus("secrets, by name");
    String key = keys.of(Keys.ALNUM, 32);
    String hex = keys.of(Keys.HEX, 40);
    String password = "vK7!" + keys.of(Keys.ALNUM, 8) + "$";
    for (String name :
        List.of(
            "apiKey",
            "api_key",
            "API_SECRET",
            "clientSecret",
            "authToken",
            "SECRET_KEY",
            "signing-key",
            "access_token")) {
      for (String value : List.of(key, hex)) {
        corpus.positive(
            name + " java",
            java(
                "private static final String " + name.replace('-', '_') + " = \"" + value + "\";"));
        corpus.positive(name + " python", Changes.adding("a.py", name + " = '" + value + "'"));
        corpus.positive(
            name + " typed",
            Changes.adding("a.ts", "const " + name + ": string = `" + value + "`;"));
        corpus.positive(name + " yaml", Changes.adding("a.yaml", name + ": " + value));
        corpus.positive(
            name + " quoted yaml", Changes.adding("a.yaml", name + ": \"" + value + "\""));
        corpus.positive(
            name + " folded yaml", Changes.adding("a.yaml", name + ": >-\n    " + value));
        corpus.positive(
            name + " properties", Changes.adding("a.properties", "app." + name + "=" + value));
        corpus.positive(
            name + " env", Changes.adding("deploy/.env", "export " + name + "=" + value));
        corpus.positive(
            name + " json", Changes.adding("a.json", "{ \"" + name + "\" : \"" + value + "\" }"));
        corpus.positive(
            name + " xml", Changes.adding("a.xml", "<" + name + ">" + value + "</" + name + ">"));
        corpus.positive(
            name + " attribute",
            Changes.adding("a.config", "<add key=\"" + name + "\" value=\"" + value + "\"/>"));
        corpus.positive(
            name + " docker", Changes.adding("Dockerfile", "FROM a\nENV " + name + " " + value));
        corpus.positive(
            name + " docker=", Changes.adding("Dockerfile", "FROM a\nENV " + name + "=" + value));
        corpus.positive(
            name + " ruby",
            Changes.adding("a.rb", ":" + name.replace('-', '_') + " => '" + value + "'"));
        corpus.positive(
            name + " go", Changes.adding("a.go", name.replace('-', '_') + " := \"" + value + "\""));
        corpus.positive(name + " map", java("map.put(\"" + name + "\", \"" + value + "\");"));
        corpus.positive(
            name + " fallback",
            Changes.adding("a.py", "k = os.environ.get('" + name + "', '" + value + "')"));
        corpus.positive(name + " option", Changes.adding("run.sh", "tool --" + name + " " + value));
        corpus.positive(
            name + " split",
            java(
                "String "
                    + name.replace('-', '_')
                    + " = \""
                    + value.substring(0, 9)
                    + "\"\n  + \""
                    + value.substring(9)
                    + "\";"));
      }
    }
    for (String name :
        List.of(
            "password",
            "dbPassword",
            "DB_PASSWORD",
            "spring.datasource.password",
            "smtp_passwd",
            "passphrase")) {
      corpus.positive(name + " yaml", Changes.adding("a.yaml", name + ": " + password));
      corpus.positive(
          name + " java", java("var " + name.replace('.', '_') + " = \"" + password + "\";"));
      corpus.positive(name + " setter", java("config.setPassword(\"" + password + "\");"));
      corpus.positive(
          name + " kubernetes",
          Changes.adding(
              "s.yaml", "kind: Secret\ndata:\n  " + name + ": " + Keys.base64(password)));
    }
    corpus.positive(
        "bearer", Changes.adding("a.js", "headers: { 'Authorization': 'Bearer " + key + "' }"));
    corpus.positive(
        "curl", Changes.adding("a.sh", "curl -H \"Authorization: Bearer " + key + "\" https://x"));
    corpus.positive(
        "basic",
        Changes.adding(
            "a.js", "headers.Authorization = 'Basic " + Keys.base64("svc:" + password) + "'"));
    corpus.measure(1, 0.99);
  }

  @Test
  void passwordsInAddressesAreFound() {
    Corpus corpus = corpus("secrets, connections");
    String password = keys.of(Keys.ALNUM, 12);
    for (String scheme :
        List.of(
            "postgres",
            "postgresql",
            "mysql",
            "mongodb+srv",
            "redis",
            "amqp",
            "https",
            "ftp",
            "jdbc:postgresql",
            "smtp")) {
      corpus.positive(
          scheme,
          Changes.adding(
              "a.yml", "u: " + scheme + "://svc:" + password + "@db.prod.acme.io:5432/app"));
      corpus.positive(
          scheme + " code",
          Changes.adding("a.py", "u = '" + scheme + "://svc:" + password + "@10.2.3.4/app'"));
    }
    corpus.positive(
        "redis no user",
        Changes.adding("a.yml", "u: redis://:" + password + "@cache.acme.io:6379"));
    corpus.positive(
        "ado",
        Changes.adding(
            "appsettings.json",
            "\"Server=sql.acme.io;Database=a;User Id=sa;Password=" + password + ";\""));
    corpus.positive(
        "ado pwd",
        Changes.adding(
            "web.config",
            "connectionString=\"Data Source=tcp:sql.acme.io;uid=sa;pwd=" + password + "\""));
    corpus.measure(1, 1);
  }

  @Test
  void secretsWithoutATellingNameAreFoundByWhereTheyStand() {
    Corpus corpus = corpus("secrets, by place");
    String password = "vK7!" + keys.of(Keys.ALNUM, 8) + "$";
    String key = keys.of(Keys.ALNUM, 32);
    corpus.positive(
        "connection",
        java(
            "DriverManager.getConnection(\"jdbc:postgresql://db.a.io/a\", \"app\", \""
                + password
                + "\");"));
    corpus.positive("jwt", Changes.adding("a.js", "jwt.sign({ id: id }, '" + key + "');"));
    corpus.positive("jwt python", Changes.adding("a.py", "jwt.encode(payload, \"" + key + "\")"));
    corpus.positive(
        "registry",
        Changes.adding("config.json", "\"auth\": \"" + Keys.base64("ci:" + password) + "\""));
    corpus.positive(
        "define", Changes.adding("a.php", "define('DB_PASSWORD', '" + password + "');"));
    corpus.positive(
        "escaped webhook",
        Changes.adding(
            "a.json",
            ("\"https://hooks.sl" + "ack.com/services/T0AB1CD2E/B0FG3HI4J/").replace("/", "\\/")
                + keys.of(Keys.ALNUM, 24)
                + "\""));
    corpus.negative("connection", java("DriverManager.getConnection(url, \"app\", password);"));
    corpus.negative("connection of one's own", java("getConnection(url, \"sa\", \"password\");"));
    corpus.negative("jwt", Changes.adding("a.js", "jwt.verify(token, process.env.KEY);"));
    corpus.negative("jwt name", Changes.adding("a.js", "jwt.verify(token, config['jwt.secret']);"));
    corpus.negative(
        "auth", Changes.adding("a.json", "\"auth\": \"" + Keys.base64("oauth2/token") + "\""));
    corpus.negative(
        "sealed", Changes.adding("a.yaml", "password: AgB" + keys.of(Keys.BASE64, 300) + "\n"));
    corpus.measure(1, 1);
  }

  @Test
  void whatIsNoSecretIsNotFound() {
    Corpus corpus = corpus("secrets, innocent");
    NotSecrets.lines()
        .forEach((name, file) -> corpus.negative(name, Changes.adding(file.path(), file.text())));
    assertThat(corpus.negatives()).isGreaterThanOrEqualTo(60);
    corpus.positive("a secret", java("var v = \"" + keys.github("p") + "\";"));
    corpus.measure(1, 1);
  }

  @Test
  void theValueIsNeverInTheFinding() {
    keys.providers()
        .forEach(
            (name, key) -> {
              List<Finding> found =
                  Corpus.findings(detector, Changes.adding("a.py", "v = '" + key + "'"));
              assertThat(found).isNotEmpty();
              assertThat(found.toString()).doesNotContain(key.substring(key.length() - 12));
              assertThat(found.getFirst().message()).containsPattern("SHA-256 [0-9a-f]{8}");
            });
  }

  @Test
  void oneSecretIsOneFindingWithItsLine() {
    String text = "a = 1\nb = 2\napi_key = '" + keys.providers().get("stripe") + "'\n";
    assertThat(Corpus.findings(detector, Changes.adding("a.py", text)))
        .extracting(Finding::rule, Finding::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("secret.stripe-key", 3));
  }

  @Test
  void aSecretThatOnlyMovedOutOfContextIsNotNew() {
    String key = keys.github("p");
    String before = "a = 1\nkey = '" + key + "'\n";
    assertThat(
            Corpus.findings(
                detector,
                Changes.between(Map.of("a.py", before), Map.of("a.py", before + "b = 2\n"))))
        .isEmpty();
  }

  @Test
  void anAllowCommentCountsOnlyWhereTheBaseHasIt() {
    String key = keys.github("p");
    String rule = "secret.github-token";
    String line = "key = '" + key + "'  # slipway:allow " + rule + " revoked in 2024\n";
    assertThat(Corpus.findings(detector, Changes.adding("a.py", line))).hasSize(1);
    Subject indented =
        Changes.between(
            Map.of("a.py", "x = 1\n" + line),
            Map.of("a.py", "y = 1\nx = 1\nz = 1\n" + line + "w=2\n"));
    assertThat(Corpus.findings(detector, indented)).isEmpty();
    String comment = "# slipway:allow " + rule + " revoked in 2024\n";
    Subject below =
        Changes.between(
            Map.of("a.py", comment + "key = ''\n"),
            Map.of("a.py", comment + "key = '" + key + "'\n"));
    assertThat(Corpus.findings(detector, below)).isEmpty();
    Subject both =
        Changes.between(
            Map.of("a.py", "key = ''\n"), Map.of("a.py", comment + "key = '" + key + "'\n"));
    assertThat(Corpus.findings(detector, both)).hasSize(1);
    Subject noReason =
        Changes.between(
            Map.of("a.py", "# slipway:allow " + rule + "\nkey = ''\n"),
            Map.of("a.py", "# slipway:allow " + rule + "\nkey = '" + key + "'\n"));
    assertThat(Corpus.findings(detector, noReason)).hasSize(1);
  }

  private static Subject java(String line) {
    return Changes.adding("src/main/java/App.java", "class App {\n  " + line + "\n}\n");
  }
}
