package dev.slipway.app.detectors.secrets;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lines that look like secrets and are none. */
final class NotSecrets {
  record File(String path, String text) {}

  private final Map<String, File> all = new LinkedHashMap<>();
  private final Keys keys = new Keys(7);

  private NotSecrets() {}

  static Map<String, File> lines() {
    NotSecrets lines = new NotSecrets();
    lines.placeholders();
    lines.references();
    lines.names();
    lines.hashes();
    lines.keysThatArePublic();
    lines.fixtures();
    lines.prose();
    return lines.all;
  }

  private void add(String path, String text) {
    all.put(path + " " + text.substring(0, Math.min(50, text.length())), new File(path, text));
  }

  private void placeholders() {
    add("a.env", "API_KEY=changeme\nAPI_KEY2=your-api-key-here\nDB_PASSWORD=<your-password>");
    add("a.yml", "password: xxxxxxxxxxxxxxxx\ntoken: REPLACE_ME_WITH_TOKEN_2024");
    add("a.py", "aws_access_key_id = 'AKIA" + "IOSFODNN7EXAMPLE'");
    add("a.py", "aws_secret_access_key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY'");
    add("README.md", "export GITHUB_TOKEN=ghp" + "_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    add("docs/a.md", "token: ghp" + "_1234567890abcdefghijklmnopqrstuvwxyz");
    add("a.ts", "const apiKey = 'sk_live_" + "xxxxxxxxxxxxxxxxxxxxxxxx';");
    add(".env.example", "SLACK_TOKEN=xoxb" + "-your-token-here-please-replace\nSECRET=");
    add("a.yml", "password: ********\nsecret: ''\ntoken: null");
    add("a.properties", "db.password=password\ndb.pass=secret\nredis.password=redis");
    add("a.json", "{\"password\": \"string\", \"token\": \"string\"}");
    add("compose.yml", "environment:\n  POSTGRES_PASSWORD: postgres\n  MYSQL_ROOT_PASSWORD: root");
    add("a.yml", "url: postgres://postgres:postgres@localhost:5432/app");
    add("a.yml", "url: amqp://guest:guest@rabbitmq:5672/");
    add("a.js", "const url = 'https://user:password@example.com/path'");
    add("a.py", "SECRET_KEY = 'django-insecure-change-me-in-production'");
    add("a.sh", "curl -H 'Authorization: Bearer YOUR_ACCESS_TOKEN_GOES_HERE' https://api");
    add("a.sh", "curl -H \"Authorization: Bearer $TOKEN\" https://api");
    add(
        "a.py",
        "HOOK = 'https://hooks.slack.com/services/T00000000/B00000000/" + "X".repeat(24) + "'");
    add("a.py", "BOT = 'xox" + "b-123456789012-1234567890123-" + "x".repeat(24) + "'");
  }

  private void references() {
    add("ci.yml", "env:\n  GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n  NPM_TOKEN: ${NPM_TOKEN}");
    add("a.tf", "password = var.db_password\nsecret_key = data.vault_generic_secret.a.data[\"k\"]");
    add("a.java", "String password = System.getenv(\"DB_PASSWORD_2\");");
    add("a.py", "password = os.environ['DATABASE_PASSWORD_V2']");
    add("a.py", "token = get_token_from_vault('prod/payments/api-token-v2')");
    add(
        "a.yml",
        "password: vault:secret/data/prod#Password1\ntoken: '{{ lookup(\"env\", \"T0K\") }}'");
    add("a.yml", "secretKeyRef:\n  name: my-app-secret-v2\n  key: db-password-2024");
    add("a.yml", "secretName: checkout-service-tls-2024-eu-west-1");
    add("a.properties", "password=ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)");
    add("a.yml", "arn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf");
    add("a.go", "token := r.Header.Get(\"X-Auth-Token\")");
    add("a.kt", "val apiKey: String = BuildConfig.API_KEY_V2_PRODUCTION");
    add("a.js", "url = `postgres://${user}:${password}@${host}/db`");
    add("a.py", "dsn = f'postgresql://{user}:{password}@{host}/db'");
    add("a.rb", "password: ENV.fetch('DATABASE_PASSWORD', nil)");
    add("a.cs", "\"Server=db;Password={0};User=x\"");
    add("op.env", "API_KEY=op://vault/item1/field9");
  }

  private void names() {
    add("a.java", "String TOKEN_TYPE = \"urn:ietf:params:oauth:token-type:access_token2\";");
    add("a.py", "password_field = 'newPassword1Confirm'\nPASSWORD_HASHERS = ['a.B2']");
    add("a.ts", "const tokenKey = 'auth.accessToken.v2';\nconst PASSWORD_RESET_URL = '/p/r2';");
    add("a.ts", "export const ACCESS_TOKEN_STORAGE_KEY = 'acme_access_token_v2';");
    add("a.py", "primary_key = 'a8f5f167f44f4964e6c998dee827110c'");
    add("a.py", "partition_key = 'tenantId2024/UserId9'\ncache_key = 'usr:9f8e7d6c5b4a3210ffee'");
    add("a.html", "<input type=\"password\" name=\"newPassword1\" autocomplete=\"new-password\">");
    add("a.html", "<input type=\"hidden\" name=\"csrf_token\" value=\"aB3dE5fG7hJ9kL1mN3pQ5rS7\">");
    add("a.json", "{\"next_page_token\": \"CAUQAA9x8y7Zq2w3E4r5T6y7U8i9O0\"}");
    add("a.py", "bos_token='<s>', eos_token='</s>', pad_token='[PAD9]'");
    add("a.js", "validators.password = 'Password must have 8 characters, 1 digit and 1 Upper'");
    add(
        "en.json",
        "{\"password\": \"Your P4ssword\", \"forgotPassword\": \"Forgot your password?\"}");
    add("de.json", "{\"password\": \"Passwort\", \"token\": \"Zugangsschlüssel für Geräte99\"}");
    add("a.sql", "ALTER TABLE users ADD COLUMN password VARCHAR(255), ADD token_hash CHAR(64);");
    add("a.go", "type Token struct { Kind TokenKind; Value string }");
    add("a.c", "case TOKEN_IDENTIFIER_2: return \"TOKEN_IDENTIFIER_2_EXPR\";");
    add("a.js", "const form = { fields: ['password', 'newPassword1', 'confirmPassword2'] };");
    add("k.py", "registry_key = 'HKLM/Software9/Acme10'\nkeyboard = 'QwErTyUiOpAsDfGh12'");
    add("a.ts", "providers: [{ provide: AUTH_TOKEN, useClass: JwtTokenService2 }]");
    add("a.css", "--token-color-primary-500: #1a2b3c4d;");
    add("a.java", "@Value(\"${app.api-key}\") private String apiKey;");
  }

  private void hashes() {
    add("package-lock.json", "\"integrity\": \"sha512-" + keys.of(Keys.BASE64, 86) + "==\"");
    add("go.sum", "github.com/a/b v1.2.3 h1:" + keys.of(Keys.BASE64, 43) + "=");
    add(
        "yarn.lock",
        "  resolved \"https://r.npmjs.org/a/-/a-1.0.0.tgz#" + keys.of(Keys.HEX, 40) + "\"");
    add("a.yml", "image: acme/app@sha256:" + keys.of(Keys.HEX, 64));
    add("a.yml", "uses: actions/checkout@" + keys.of(Keys.HEX, 40));
    add("a.py", "password_hash = '$2b$12$" + keys.of(Keys.ALNUM, 53) + "'");
    add("a.sql", "insert into u(password) values ('$2a$10$" + keys.of(Keys.ALNUM, 53) + "');");
    add("a.py", "EXPECTED_SHA256 = '" + keys.of(Keys.HEX, 64) + "'");
    add("a.java", "String id = \"3f2504e0-4f89-41d3-9a0c-0305e82c3301\";");
    add("a.yml", "client_secret_id: 3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    add("a.html", "<script src=\"a.js\" integrity=\"sha384-" + keys.of(Keys.BASE64, 64) + "\">");
    add(
        "a.svg",
        "<path d=\"M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z\"/>");
    add("a.css", "background: url(data:image/png;base64," + keys.of(Keys.BASE64, 300) + "==)");
    add("a.ipynb", "\"image/png\": \"iVBORw0KGgo" + keys.of(Keys.BASE64, 2000) + "\"");
  }

  private void keysThatArePublic() {
    add(
        "a.pem",
        "-----BEGIN PUBLIC KEY-----\n" + keys.of(Keys.BASE64, 64) + "\n-----END PUBLIC KEY-----");
    add(
        "a.crt",
        "-----BEGIN CERTIFICATE-----\n"
            + keys.of(Keys.BASE64, 64)
            + "\n"
            + keys.of(Keys.BASE64, 64)
            + "\n-----END CERTIFICATE-----");
    add(
        "authorized_keys",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + keys.of(Keys.BASE64, 43) + " me@host");
    add("a.ts", "const stripe = Stripe('pk" + "_live_" + keys.of(Keys.ALNUM, 24) + "');");
    add(
        "a.ts",
        "Sentry.init({ dsn: 'https://" + keys.of(Keys.HEX, 32) + "@o12.ingest.sentry.io/34' })");
    add(
        "a.ts",
        "const anon = '"
            + Keys.base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
            + "."
            + Keys.base64Url("{\"iss\":\"supabase\",\"role\":\"anon\",\"iat\":1}")
            + "."
            + keys.of(Keys.URLSAFE, 43)
            + "'");
    add("a.java", "if (pem.startsWith(\"-----BEGIN PRIVATE KEY-----\")) { return parse(pem); }");
    add(
        "a.py",
        "HEADER = '-----BEGIN RSA PRIVATE KEY-----'\nFOOTER = '-----END RSA PRIVATE KEY-----'\n");
    add("a.md", "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----");
    add("a.py", "re.compile(r'AKIA[0-9A-Z]{16}')\nre.compile('ghp_[A-Za-z0-9]{36}')");
  }

  private void fixtures() {
    add(
        "src/test/java/ATest.java",
        "String password = \"S3cure!Passw0rd\"; var token = \"abc123def456ghi789jkl\";");
    add("tests/test_a.py", "api_key = '" + keys.of(Keys.ALNUM, 32) + "'");
    add("tests/fixtures/key.pem", keys.pem("RSA PRIVATE KEY", "\n"));
    add("a.spec.ts", "const jwt = '" + keys.jwt() + "'");
    add("spec/a_spec.rb", "token = 'ghp" + "_" + keys.of(Keys.ALNUM, 36) + "'");
    add("tests/a.py", "dsn = 'postgres://app:S3cr3tPw@db.internal:5432/app'");
    add("__tests__/a.js", "const key = 'sk_live_" + "testtesttesttesttesttest';");
    add("testdata/config.yml", "password: Tr0ub4dor&3\n");
  }

  private void prose() {
    add("a.md", "The password: it must be at least 12 characters. The token: see below.");
    add("a.java", "// the secret: never log tokens; key=value pairs are fine");
    add("a.txt", "Keyboard: QWERTY. Passphrase: a sentence that you remember.");
    add("CHANGELOG.md", "- fix token refresh (#1234) 3f2504e04f8941d39a0c0305e82c3301aabbccdd");
    add("a.py", "raise ValueError('password: must not contain Username2 or Email3')");
    add("a.go", "log.Printf(\"token=%s secret=%v\", t, s)");
  }
}
