package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.audit.Acts;
import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.audit.Period;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.audit.AuditRecord.Erased;
import dev.slipway.audit.AuditRecord.IncidentReported;
import dev.slipway.audit.Stories;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.escalation.ContextPackage;
import dev.slipway.ledger.LogLocked;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.notification.Notifier;
import dev.slipway.policy.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a log from time to time, on a clock that is set. */
class AuditLogTest {
  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");
  private static final byte[] TRANSCRIPT = {1, 2, 3};

  @TempDir Path home;

  private final List<String> alarms = new ArrayList<>();
  private final Notifier notifier =
      new Notifier() {
        @Override
        public void needsPerson(ContextPackage context) {
          alarms.add("asked");
        }

        @Override
        public void alarm(String title, String text) {
          alarms.add(title);
        }
      };

  private AuditLog open(Instant now) {
    return AuditLog.open(
        home, ServerConfig.DEFAULT, new Forgetful(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private List<AuditRecord> records() {
    List<AuditRecord> records = new ArrayList<>();
    assertThat(
            AuditVerification.verify(
                    TileSource.directory(home.resolve("audit")),
                    VerifyOptions.trusting(TrustedKeys.none()),
                    (index, record) -> records.add(record))
                .problems())
        .isEmpty();
    return records;
  }

  @Test
  void whatIsNotAsRecordedIsToldAndRecordedOnceADay() {
    // Nothing serves, and the repository of the story is not there.
    try (AuditLog log = open(AT)) {
      Stories.shipped("one", AT).forEach(log.trail()::append);
      assertThat(log.reconcile(slot -> Optional.empty(), notifier)).hasSize(2);
      assertThat(alarms)
          .containsExactly(
              "production/orders is not as recorded", "/repo/orders main is not as recorded");
      assertThat(log.reconcile(slot -> Optional.empty(), notifier)).hasSize(2);
      assertThat(alarms).hasSize(2);

      Stories.shipped("two", AT).forEach(log.trail()::append);
      assertThat(log.reconcile(slot -> Optional.empty(), notifier)).hasSize(2);
      assertThat(alarms).hasSize(2);
    }
    try (AuditLog log = open(AT.plus(Duration.ofHours(1)))) {
      log.reconcile(slot -> Optional.empty(), notifier);
      assertThat(alarms).hasSize(2);
    }
    try (AuditLog log = open(AT.plus(Duration.ofDays(1)))) {
      log.reconcile(slot -> Optional.empty(), notifier);
      assertThat(alarms).hasSize(4);
    }
    assertThat(records().stream().filter(Discrepancy.class::isInstance)).hasSize(4);
  }

  @Test
  void whatNobodyCouldBeToldIsToldAgain() {
    try (AuditLog log = open(AT)) {
      Stories.shipped("one", AT).forEach(log.trail()::append);
      Notifier deaf =
          new Notifier() {
            @Override
            public void needsPerson(ContextPackage context) {
              throw new IllegalStateException("nobody there");
            }

            @Override
            public void alarm(String title, String text) {
              throw new IllegalStateException("nobody there");
            }
          };
      assertThatThrownBy(() -> log.reconcile(slot -> Optional.empty(), deaf))
          .hasMessageContaining("nobody there");

      log.reconcile(slot -> Optional.empty(), notifier);
      assertThat(alarms).hasSize(2);
    }
  }

  @Test
  void evidenceIsErasedOnRecordWhenItsTimeIsOver() {
    Digest elsewhere = Digest.of(new byte[] {9});
    Set<Digest> store = new LinkedHashSet<>(Set.of(elsewhere));
    try (AuditLog log = open(AT)) {
      Digest transcript = log.keep(TRANSCRIPT);
      Digest young = log.keep(new byte[] {4});
      named(Stories.shipped("one", AT), transcript, elsewhere, young).forEach(log.trail()::append);
      Instant later = AT.plus(Duration.ofDays(365));
      named(Stories.shipped("two", later), young).forEach(log.trail()::append);

      assertThat(log.eraseExpired(store::contains, store::remove)).isEmpty();
    }
    try (AuditLog log = open(Instant.parse("2033-11-01T00:00:00Z"))) {
      assertThat(log.eraseExpired(store::contains, store::remove)).isEmpty();
    }
    try (AuditLog log = open(Instant.parse("2033-11-03T00:00:00Z"))) {
      assertThat(log.eraseExpired(store::contains, store::remove))
          .containsExactlyInAnyOrder(Digest.of(TRANSCRIPT), elsewhere);
      assertThat(log.eraseExpired(store::contains, store::remove)).isEmpty();
    }
    assertThat(store).isEmpty();
    assertThat(home.resolve("audit/blobs")).isDirectoryRecursivelyContaining("glob:**" + hex(4));
    assertThat(home.resolve("audit/blobs"))
        .isDirectoryNotContaining(file -> file.toString().endsWith(hex(1, 2, 3)));
    assertThat(records().stream().filter(Erased.class::isInstance).map(Erased.class::cast))
        .hasSize(2)
        .allMatch(it -> it.reason().equals("kept for 7 years"))
        .allMatch(it -> it.by().kind() == Person.Kind.BOT);
  }

  @Test
  void whatAnIncidentReportNamesIsEvidenceThatCanBeErased() {
    try (AuditLog log = open(AT)) {
      List<AuditRecord> story = Stories.shipped("one", AT);
      story.forEach(log.trail()::append);
      ChangeId change = ((AuditRecord.OfChange) story.getFirst()).change();
      Digest report = log.keep(TRANSCRIPT);
      Digest other = log.keep(new byte[] {4});
      log.trail()
          .append(new IncidentReported(change, "31", Map.of("incident", report.toString()), AT));

      assertThatThrownBy(() -> log.erase(other, "asked for", Stories.REVIEWER, it -> {}))
          .hasMessageContaining("no record names");
      log.erase(report, "asked for", Stories.REVIEWER, it -> {});

      assertThat(log.find(report)).isEmpty();
      assertThat(log.find(other)).isPresent();
    }
    assertThat(records()).hasAtLeastOneElementOfType(IncidentReported.class);
  }

  @Test
  void theRecordsOfAChangeAreReadBackFromTheEnd() {
    List<AuditRecord> wanted = Stories.shipped("wanted", AT);
    ChangeId change = ((AuditRecord.OfChange) wanted.getFirst()).change();
    try (AuditLog log = open(AT)) {
      Stories.shipped("before", AT).forEach(log.trail()::append);
      wanted.subList(0, 3).forEach(log.trail()::append);
      for (int i = 0; i < 30; i++) {
        Stories.shipped("beside" + i, AT).forEach(log.trail()::append);
        log.publish();
      }
      wanted.subList(3, wanted.size()).forEach(log.trail()::append);
      Stories.shipped("after", AT).forEach(log.trail()::append);

      assertThat(log.size()).as("more than one file of entries").isGreaterThan(512);
      assertThat(log.trail().recordsOf(change)).isEqualTo(wanted);
      log.publish();
      assertThat(log.trail().recordsOf(change)).isEqualTo(wanted);
      assertThat(log.trail().recordsOf(new ChangeId("nobody"))).isEmpty();
    }
  }

  private static String hex(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return Digest.of(content).hex();
  }

  private static List<AuditRecord> named(List<AuditRecord> records, Digest... digests) {
    Map<String, String> evidence = new java.util.TreeMap<>();
    for (Digest digest : digests) {
      evidence.put("transcript " + evidence.size(), digest.toString());
    }
    return records.stream()
        .map(record -> record instanceof AgentReport report ? with(report, evidence) : record)
        .toList();
  }

  private static AuditRecord with(AgentReport report, Map<String, String> evidence) {
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
            evidence),
        report.digest());
  }

  @Test
  void actsAreListedWithWhatIsNewAtEachStart() {
    try (AuditLog log = open(AT)) {
      log.started(ServerConfig.DEFAULT, "bubblewrap 0.8.0");
      assertThatThrownBy(() -> AuditLog.rotateKey(home, Stories.REVIEWER, Clock.systemUTC()))
          .isInstanceOf(LogLocked.class);
    }
    AuditLog.rotateKey(home, Stories.REVIEWER, Clock.fixed(AT.plusSeconds(1), ZoneOffset.UTC));
    try (AuditLog log = open(AT.plusSeconds(2))) {
      log.started(ServerConfig.DEFAULT, "none");
    }
    Acts acts = new Acts(new Period(AT, AT.plusSeconds(9)));
    List<AuditRecord> records = records();
    for (int i = 0; i < records.size(); i++) {
      acts.take(i, records.get(i));
    }

    assertThat(acts.rows())
        .extracting(row -> row.get("entry") + " " + row.get("act"))
        .containsExactly(
            "0 start",
            "0 sandbox",
            "0 configuration",
            "0 limits",
            "0 keys",
            "0 witnesses",
            "1 key",
            "2 start",
            "2 sandbox",
            "2 keys");
    assertThat(acts.rows().get(6)).containsEntry("by", "grace@example.com");
    assertThat(acts.rows().get(8))
        .containsEntry("subject", "none")
        .containsEntry("detail", "before: bubblewrap 0.8.0");
  }

  @Test
  void whatFailsIsToldAndGoneOnWith() {
    try (AuditUpkeep upkeep = new AuditUpkeep(notifier)) {
      upkeep.attempt(
          "It failed",
          () -> {
            throw new IllegalStateException("no disk");
          });
    }
    assertThat(alarms).containsExactly("It failed");
  }
}
