package dev.slipway.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.audit.CanonicalCodec;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditTrail;
import dev.slipway.audit.Stories;
import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.LogKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor types, and the exit codes they get. */
class AuditCommandsTest {
  private static final Instant AT = Instant.parse("2026-07-02T10:00:00Z");

  @TempDir Path directory;
  private Path home;
  private String key;

  @BeforeEach
  void write() throws Exception {
    home = Files.createDirectory(directory.resolve("home"));
    key = write(Stories.shipped("one", AT)).verifier().text();
    write(Stories.approved("two", AT, Stories.REVIEWER));
  }

  private LogKey write(List<AuditRecord> records) {
    List<LogKey> keys = KeyFile.openOrCreate(home.resolve("audit.key"), "slipway");
    try (Ledger ledger = Ledger.open(home.resolve("audit"), LedgerOptions.signedBy(keys))) {
      AuditTrail trail = new AuditTrail(ledger, new CanonicalCodec());
      records.forEach(trail::append);
    }
    return keys.getFirst();
  }

  private record Run(int exitCode, String out) {}

  private static Run run(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return new Run(Slipway.run(args), out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void verifyTellsHowFarTheLogCanBeTrusted() throws Exception {
    String log = home.resolve("audit").toString();

    assertThat(run("audit", "verify", log))
        .satisfies(
            run -> {
              assertThat(run.exitCode()).isZero();
              assertThat(run.out()).startsWith("ok: ").contains("self-consistent, key not trusted");
            });
    assertThat(run("audit", "verify", log, "--key", key, "--json").out())
        .startsWith("{\"ok\":true,")
        .contains("verified with a trusted key", "\"problems\":[]");

    Path checkpoint = Files.copy(home.resolve("audit/checkpoint"), directory.resolve("then"));
    write(Stories.shipped("three", AT));
    assertThat(run("audit", "verify", log, "--since", checkpoint.toString()).exitCode()).isZero();
  }

  @Test
  void verifyFailsWhereSomethingIsWrongAndRefusesWhatItCannotRead() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("three", AT));
    records.removeIf(it -> it instanceof Decision decision && decision.permits().equals("promote"));
    write(records);
    String log = home.resolve("audit").toString();

    assertThat(run("audit", "verify", log))
        .satisfies(
            run -> {
              assertThat(run.exitCode()).isEqualTo(1);
              assertThat(run.out())
                  .contains("NOT OK", "three did 'promote', which nothing permits");
            });
    assertThat(run("audit", "verify", directory.resolve("nothing").toString()).exitCode())
        .isEqualTo(2);
    assertThat(run("audit", "verify", log, "--key", "nonsense").exitCode()).isEqualTo(2);
    assertThat(run("audit", "verify", "http://127.0.0.1:1/audit").exitCode()).isEqualTo(2);
    assertThat(run("audit", "prove", "one", "--home", home.toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void keyPrintsTheVerifierAndRotates() {
    String place = home.toString();

    assertThat(run("audit", "key", "--home", place).out()).isEqualTo(key + System.lineSeparator());
    assertThat(run("audit", "key", "--home", place, "--rotate").out().lines())
        .hasSize(2)
        .last()
        .isEqualTo(key);
    assertThat(run("audit", "key", "--home", directory.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void actsAreListed() {
    String place = home.toString();
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();
    assertThat(run("audit", "key", "--home", place, "--rotate", "--as", "op@x").exitCode())
        .isZero();

    Run acts = run("audit", "acts", "--from", today, "--to", tomorrow, "--home", place);

    assertThat(acts.exitCode()).isZero();
    assertThat(acts.out().lines()).hasSize(2).last().asString().contains(",key,", "op@x");
    assertThat(
            run("audit", "acts", "--from", today, "--to", tomorrow, "--home", place, "--json")
                .out())
        .startsWith("{\"from\":")
        .contains("\"act\":\"key\"");
  }

  @Test
  void whatIsProvenCanBeChecked() {
    String bundle = directory.resolve("evidence.zip").toString();

    assertThat(run("audit", "prove", "two", "--home", home.toString(), "--out", bundle).exitCode())
        .isZero();
    assertThat(run("audit", "check", bundle, "--key", key).out()).startsWith("ok: ");
    assertThat(run("audit", "check", bundle, "--key", key, "--json").out())
        .contains("{\"ok\":true,\"change\":\"two\"");
    assertThat(run("audit", "check", bundle).exitCode()).isEqualTo(2);
    String other = LogKey.create("slipway").verifier().text();
    assertThat(run("audit", "check", bundle, "--key", other).exitCode()).isEqualTo(1);
    assertThat(run("audit", "prove", "none", "--home", home.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void thePopulationComesWithItsSample() {
    Path out = directory.resolve("h2");
    String[] args = {
      "audit",
      "population",
      "--from",
      "2026-07-01",
      "--to",
      "2026-08-01",
      "--home",
      home.toString(),
      "--sample",
      "1",
      "--seed",
      "7",
      "--key",
      key
    };

    assertThat(run(args).out().lines()).hasSize(3);
    List<String> withOut = new ArrayList<>(List.of(args));
    withOut.addAll(List.of("--out", out.toString()));
    assertThat(run(withOut.toArray(String[]::new)).exitCode()).isZero();
    assertThat(out.resolve("population.csv")).exists();
    assertThat(out).isDirectoryContaining(file -> file.toString().endsWith(".zip"));
    assertThat(run("audit", "population", "--from", "x", "--to", "y").exitCode()).isEqualTo(2);
    List<String> negative = new ArrayList<>(List.of(args));
    negative.set(negative.indexOf("--sample") + 1, "-1");
    assertThat(run(negative.toArray(String[]::new)).exitCode()).isEqualTo(2);
  }
}
