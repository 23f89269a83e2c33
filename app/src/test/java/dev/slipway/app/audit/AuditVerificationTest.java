package dev.slipway.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Stories;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditVerificationTest {
  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");

  @TempDir Path directory;

  @Test
  void aLogOfTheseRecordsVerifies() {
    List<AuditRecord> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.addAll(Stories.shipped("shipped-" + i, AT));
      records.addAll(Stories.approved("approved-" + i, AT, Stories.REVIEWER));
      records.addAll(Stories.rolledBack("rolled-back-" + i, AT));
    }
    TestLog.write(directory, records);

    Verification result = verify();

    assertThat(result.problems()).isEmpty();
    assertThat(result.size()).isEqualTo(records.size());
    assertThat(result.trust()).hasToString("verified with a trusted key");
  }

  @Test
  void aMoveWithoutItsDecisionIsToldWithItsIndex() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    records.removeIf(it -> it instanceof Decision decision && decision.permits().equals("promote"));
    TestLog.write(directory, records);

    assertThat(verify().problems())
        .first()
        .satisfies(
            problem -> {
              assertThat(problem.index()).isEqualTo(OptionalLong.of(records.size() - 2));
              assertThat(problem.message()).contains("a did 'promote', which nothing permits");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "{}",
        "{\"schema\":1,\"type\":\"unheard_of\"}",
        "{\"schema\":2,\"type\":\"done\"}",
        "{\"artifacts\":{},\"at\":\"2026-11-02T10:00:00Z\",\"change\":\"a\",\"schema\":1,\"step\":\"1\","
            + "\"type\":\"done\"}",
        "{\"artifacts\":{},\"at\":\"2026-11-02T10:00:00Z\",\"change\":\"a\",\"schema\":1,\"step\":\"1\","
            + "\"type\":\"done\",\"what\":\"x\",\"z\":1}",
        "{\"type\":\"done\",\"artifacts\":{},\"at\":\"2026-11-02T10:00:00Z\",\"change\":\"a\",\"schema\":1,"
            + "\"step\":\"1\",\"what\":\"x\"}",
        "{\"artifacts\":{},\"at\":\"2026-11-02T10:00:00Z\",\"change\":\"a\",\"change\":\"b\",\"schema\":1,"
            + "\"step\":\"1\",\"type\":\"done\",\"what\":\"x\"}",
        "{\"key\":\"k\",\"record\":"
            + "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
            + "\"schema\":1,\"type\":\"reference\"}"
      })
  void anEntryThatIsNoRecordIsTold(String entry) {
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(TestLog.KEY))) {
      ledger.append("k", entry.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(verify().problems())
        .singleElement()
        .extracting(Problem::index)
        .isEqualTo(OptionalLong.of(0));
  }

  @Test
  void aRecordTooLongForAnEntryIsKeptBesideTheLogAndVerified() throws Exception {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    AgentReport report =
        records.stream()
            .filter(AgentReport.class::isInstance)
            .map(AgentReport.class::cast)
            .findFirst()
            .orElseThrow();
    dev.slipway.policy.Report it = report.report();
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      notes.add("a note of some length, number " + i);
    }
    records.set(
        records.indexOf(report),
        new AgentReport(
            report.change(),
            report.candidate(),
            new dev.slipway.policy.Report(
                it.stage(),
                it.agent(),
                it.findings(),
                it.measurements(),
                it.checks(),
                it.judged(),
                notes,
                it.evidence()),
            report.digest()));
    TestLog.write(directory, records);

    assertThat(verify().problems()).isEmpty();
    Path blob;
    try (var files = Files.walk(directory.resolve("blobs"))) {
      blob = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.delete(blob);
    assertThat(verify().problems()).anyMatch(p -> p.message().contains("is not there"));
  }

  @Test
  void e16NothingInARecordMovesTheCursor() {
    String hostile = "a\u001b[2J\r\nERROR forged line\u202e\u009b31m";
    AuditRecord.Done done =
        new AuditRecord.Done(new dev.slipway.change.ChangeId("a"), "1", hostile, Map.of(), AT);

    String entry = new String(new CanonicalCodec().encode(done), StandardCharsets.UTF_8);

    assertThat(entry)
        .contains("a\\\\u{1b}[2J\\\\u{d}\\\\u{a}ERROR forged line\\\\u{202e}\\\\u{9b}31m");
    assertThat(entry.codePoints()).allMatch(point -> point >= 32 && point < 127);
  }

  @Test
  void e17TheSameRecordByAnotherVersionIsTheSameRecord() {
    List<AuditRecord> records = Stories.shipped("a", AT);
    List<AuditRecord> later =
        records.stream()
            .map(
                it ->
                    it instanceof Decision decision
                        ? withVersion(decision, decision.permits().equals("promote") ? "2" : "3")
                        : it)
            .toList();
    TestLog.write(directory, records);
    TestLog.write(directory, later);

    assertThat(verify().size()).isEqualTo(records.size());
  }

  private static Decision withVersion(Decision it, String version) {
    return new Decision(
        it.change(),
        it.step(),
        it.effect(),
        it.permits(),
        it.candidate(),
        it.slots(),
        it.artifacts(),
        it.judgements(),
        it.approvals(),
        it.configuration(),
        it.policy(),
        version,
        it.at());
  }

  private Verification verify() {
    return AuditVerification.verify(
        TileSource.directory(directory),
        VerifyOptions.trusting(TrustedKeys.of(List.of(TestLog.KEY.verifier()))));
  }
}
