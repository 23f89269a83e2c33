package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.sandbox.Unconfined;
import dev.slipway.app.server.Server;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Administered;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Erased;
import dev.slipway.audit.AuditRecord.Started;
import dev.slipway.audit.Stories;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.LedgerException;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.policy.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A control plane's audit log as its operator and its auditor meet it: real database, real files.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AuditOperationsTest {
  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");
  private static final String TOKEN = "a token of the test";
  private static final Person OPERATOR = Person.human("op@example.com");

  @TempDir Path directory;
  private Path home;

  @BeforeEach
  void home() {
    home = directory.resolve("home");
  }

  @AfterEach
  void endTheEdge() {
    EdgeProcess.adopt(home.resolve("edge"))
        .ifPresent(
            edge -> ProcessHandle.of(edge.address().pid()).ifPresent(ProcessHandle::destroy));
  }

  private ControlPlane open(ServerConfig config) {
    return ControlPlane.open(home, new Unconfined(home.resolve("scratch")), config);
  }

  private List<AuditRecord> records() {
    List<AuditRecord> records = new ArrayList<>();
    Verification verification =
        AuditVerification.verify(
            TileSource.directory(home.resolve("audit")),
            VerifyOptions.trusting(trusted()),
            (index, record) -> records.add(record));
    assertThat(verification.problems()).isEmpty();
    return records;
  }

  private TrustedKeys trusted() {
    return TrustedKeys.of(
        KeyFile.openOrCreate(home.resolve("audit.key"), AuditLog.ORIGIN).stream()
            .map(key -> key.verifier())
            .toList());
  }

  private static <T> Stream<T> all(List<AuditRecord> records, Class<T> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast);
  }

  @Test
  void theLogIsServedVerifiedBackedUpAndNeverTakenBack() throws Exception {
    Path early = directory.resolve("early.zip");
    Path late = directory.resolve("late.zip");
    Digest transcript = Digest.of(new byte[] {1, 2, 3});
    try (ControlPlane controlPlane = open(ServerConfig.DEFAULT);
        Server server = Server.start(controlPlane, 0, TOKEN)) {
      Stories.shipped("one", AT).forEach(controlPlane.audit().trail()::append);
      backUp(controlPlane, early);
      withEvidence(Stories.shipped("two", AT), transcript)
          .forEach(controlPlane.audit().trail()::append);
      controlPlane.erase(transcript, "asked for", OPERATOR);
      assertThatThrownBy(() -> controlPlane.erase(Digest.of(new byte[0]), "whim", OPERATOR))
          .hasMessageContaining("no record names");
      controlPlane.audit().publish();

      assertServed(URI.create("http://127.0.0.1:" + server.port() + "/audit/"));
      backUp(controlPlane, late);
    }
    assertThat(all(records(), Started.class))
        .singleElement()
        .satisfies(
            started -> {
              assertThat(started.entries()).isZero();
              assertThat(started.sandbox()).isEqualTo("none");
              assertThat(started.keys()).hasSize(1);
            });
    assertThat(all(records(), Erased.class)).extracting(Erased::digest).containsExactly(transcript);

    Restore restore = new Restore(home, ServerConfig.DEFAULT, Clock.systemUTC());
    assertThatThrownBy(() -> restore.from(early, OPERATOR))
        .isInstanceOf(Restore.Refused.class)
        .hasMessageContaining("records would be lost");
    assertThat(restore.from(late, OPERATOR)).isEqualTo(records().size());
    assertThat(all(records(), Administered.class))
        .singleElement()
        .satisfies(it -> assertThat(it.by()).isEqualTo(OPERATOR));

    anOlderLogPutInItsPlaceIsNotOpened();
  }

  private void anOlderLogPutInItsPlaceIsNotOpened() throws IOException {
    Path older = directory.resolve("older");
    copy(home.resolve("audit"), older);
    open(ServerConfig.DEFAULT).close();
    Files.move(home.resolve("audit"), directory.resolve("newer"));
    Files.move(older, home.resolve("audit"));

    assertThatThrownBy(() -> open(ServerConfig.DEFAULT))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the control plane's database has seen");
  }

  private void assertServed(URI prefix) throws IOException, InterruptedException {
    Verification verification =
        AuditVerification.verify(TileSource.http(prefix, TOKEN), VerifyOptions.trusting(trusted()));
    assertThat(verification.problems()).isEmpty();
    assertThat(verification.size()).isGreaterThan(40);

    assertThat(get(prefix.resolve("checkpoint"), TOKEN).headers().firstValue("Cache-Control"))
        .contains("public, max-age=2");
    HttpResponse<String> missing = get(prefix.resolve("tile/0/001"), TOKEN);
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Cache-Control")).contains("no-store");
    String partial = "tile/0/000.p/" + verification.size();
    assertThat(get(prefix.resolve(partial), TOKEN).headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(get(prefix.resolve("checkpoint"), "wrong").statusCode()).isEqualTo(401);
    for (String secret : List.of("keys", "lock", "journal/0", "..%2faudit.key", "../audit.key")) {
      assertThat(get(URI.create(prefix + secret), TOKEN).statusCode()).isGreaterThanOrEqualTo(400);
    }
  }

  private static HttpResponse<String> get(URI uri, String token)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static List<AuditRecord> withEvidence(List<AuditRecord> records, Digest digest) {
    return records.stream()
        .map(record -> record instanceof AgentReport report ? withEvidence(report, digest) : record)
        .toList();
  }

  private static AuditRecord withEvidence(AgentReport report, Digest digest) {
    Report it = report.report();
    return new AgentReport(
        report.change(),
        report.candidate(),
        new Report(
            it.stage(),
            it.agent(),
            it.findings(),
            it.measurements(),
            it.checks(),
            it.judged(),
            it.notes(),
            Map.of("transcript", digest.toString())),
        report.digest());
  }

  private static void backUp(ControlPlane controlPlane, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      controlPlane.backUp(out);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Test
  void inProductionModeSomebodyElseSeesTheLogGrow() throws Exception {
    assertThatThrownBy(() -> log(production(Optional.empty())))
        .hasMessageContaining("audit.witnesses or audit.anchor");

    Path anchor = directory.resolve("anchor.git");
    Git.init().setBare(true).setDirectory(anchor.toFile()).call().close();
    ServerConfig config = production(Optional.of(anchor));
    try (AuditLog log = log(config)) {
      log.started(config, "none");
      log.publish();
      assertThat(log.unseen()).isEmpty();
    }
    try (Git git = Git.open(anchor.toFile())) {
      assertThat(git.getRepository().resolve("refs/heads/slipway-audit")).isNotNull();
    }
    assertThat(all(records(), Started.class).findFirst().orElseThrow().witnesses())
        .containsExactly("the branch slipway-audit of " + anchor);

    // The whole log is gone; the anchor remembers that there was one.
    Files.move(home.resolve("audit"), directory.resolve("gone"));
    assertThatThrownBy(() -> log(config).close())
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the branch slipway-audit of");
  }

  /** Remembers nothing: what the anchor alone sees is what is tested. */
  private AuditLog log(ServerConfig config) {
    return AuditLog.open(home, config, new Forgetful(), Clock.systemUTC());
  }

  private static ServerConfig production(Optional<Path> anchor) {
    ServerConfig it = ServerConfig.DEFAULT;
    return new ServerConfig(
        it.listen(),
        it.database(),
        it.ceilings(),
        it.sandbox(),
        it.model(),
        it.production(),
        it.commandsMax(),
        ServerConfig.Mode.PRODUCTION,
        new ServerConfig.Audit(
            List.of(),
            anchor.map(
                path -> new ServerConfig.Anchor(path.toString(), ServerConfig.Anchor.BRANCH))));
  }
}
