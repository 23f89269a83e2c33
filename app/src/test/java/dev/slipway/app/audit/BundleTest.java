package dev.slipway.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.Stories;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.policy.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");
  private static final byte[] TRANSCRIPT = "what the model said".getBytes(StandardCharsets.UTF_8);
  private static final TrustedKeys TRUSTED = TrustedKeys.of(List.of(TestLog.KEY.verifier()));

  @TempDir Path directory;
  private EvidenceBundle bundle;

  @BeforeEach
  void prove() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("other", AT));
    records.addAll(
        Stories.approved("mine", AT, Stories.REVIEWER).stream()
            .map(BundleTest::withTranscript)
            .toList());
    TestLog.write(directory.resolve("log"), records);
    bundle = prove("mine", Optional.of(TestLog.KEY));
  }

  private static AuditRecord withTranscript(AuditRecord record) {
    if (!(record instanceof AgentReport report)) {
      return record;
    }
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
            List.of("<script>alert(1)</script>"),
            Map.of("<b>transcript</b>", Digest.of(TRANSCRIPT).toString())),
        report.digest());
  }

  private EvidenceBundle prove(String change, Optional<LogKey> key) {
    return prove(directory.resolve("log"), change, key);
  }

  private static EvidenceBundle prove(Path log, String change, Optional<LogKey> key) {
    LogInquiry inquiry =
        new LogInquiry(
            TileSource.directory(log),
            VerifyOptions.trusting(TRUSTED),
            digest ->
                digest.equals(Digest.of(TRANSCRIPT)) ? Optional.of(TRANSCRIPT) : Optional.empty(),
            key);
    LogInquiry.Answer<Dossier> answer = inquiry.changes(List.of(change));
    assertThat(answer.verification().problems()).isEmpty();
    return inquiry.prove(answer.found().getFirst());
  }

  @Test
  void aBundleChecksOfflineAsDirectoryAndAsZip() throws Exception {
    for (String name : List.of("bundle", "bundle.zip")) {
      bundle.write(directory.resolve(name));
      BundleVerification.Found found =
          BundleVerification.check(EvidenceBundle.read(directory.resolve(name)), TRUSTED);

      assertThat(found.problems()).isEmpty();
      assertThat(found.change()).isEqualTo("mine");
      assertThat(found.entries()).isGreaterThan(20);
      assertThat(found.missing()).isEmpty();
    }
    assertThat(bundle.files().keySet())
        .contains(
            "attestations/verification-summary.dsse.json", "attestations/test-result.dsse.json");
    String page = new String(bundle.files().get("index.html"), StandardCharsets.UTF_8);
    assertThat(page).contains("grace@example.com").doesNotContain("<script", "<b>transcript");
  }

  @Test
  void withoutTheKeyAtHandStatementsAreUnsignedAndStillChecked() {
    EvidenceBundle unsigned = prove("mine", Optional.empty());

    assertThat(unsigned.files()).containsKey("attestations/test-result.intoto.json");
    assertThat(BundleVerification.check(unsigned, TRUSTED).problems()).isEmpty();
  }

  @Test
  void whatWasErasedIsMissingAndNoProblem() {
    TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
    files.remove("blobs/" + Digest.of(TRANSCRIPT).hex());

    BundleVerification.Found found = BundleVerification.check(new EvidenceBundle(files), TRUSTED);

    assertThat(found.ok()).isTrue();
    assertThat(found.missing()).isNotEmpty();
  }

  @Test
  void everyFileIsBelievedOnlyAsItWasWritten() {
    Random random = new Random(7 * 0x9E3779B97F4AL);
    for (String path : bundle.files().keySet()) {
      TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
      byte[] flipped = bundle.file(path).orElseThrow().clone();
      int bit = random.nextInt(flipped.length * 8);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      files.put(path, flipped);

      assertThat(BundleVerification.check(new EvidenceBundle(files), TRUSTED).problems())
          .as(path + " bit " + bit)
          .isNotEmpty();
    }
  }

  @Test
  void anotherKeysLogProvesNothing() {
    TrustedKeys other = TrustedKeys.of(List.of(LogKey.create("slipway").verifier()));

    assertThat(BundleVerification.check(bundle, other).problems()).isNotEmpty();
  }

  @Test
  void aBundleThatLeavesOutTheDecisionIsTold() {
    for (String path : bundle.in("entries")) {
      String entry = new String(bundle.files().get(path), StandardCharsets.UTF_8);
      if (entry.contains("\"type\":\"decision\"") && entry.contains("\"effect\":\"shift\"")) {
        TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
        files.remove(path);
        files.remove(path.replace("entries", "proofs").replace(".json", ".tlog-proof"));

        assertThat(BundleVerification.check(new EvidenceBundle(files), TRUSTED).problems())
            .anyMatch(it -> it.contains("which nothing permits"));
      }
    }
  }

  @Test
  void whatCanBeWorkedOutMayNotBeLeftOut() {
    for (String path :
        List.of("checkpoint", "bundle.json", "attestations/verification-summary.dsse.json")) {
      assertThat(problems(files -> files.remove(path))).as(path).isNotEmpty();
    }
  }

  @Test
  void aPageThatSaysSomethingElseIsTold() {
    byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);

    assertThat(problems(files -> files.put("index.html", page)))
        .containsExactly("index.html does not say what the entries say");
  }

  @Test
  void aTranscriptThatWasChangedIsTold() {
    String path = "blobs/" + Digest.of(TRANSCRIPT).hex();

    assertThat(problems(files -> files.put(path, new byte[] {1})))
        .containsExactly(path + " does not have the content that its name says");
  }

  @Test
  void aCheckpointOfAnotherLogIsTold() {
    TestLog.write(directory.resolve("fork"), Stories.shipped("forked", AT));
    byte[] foreign = read(directory.resolve("fork/checkpoint"));

    assertThat(problems(files -> files.put("checkpoint", foreign)))
        .isNotEmpty()
        .anyMatch(it -> it.contains("is for another checkpoint"));
  }

  @Test
  void proofsOfTwoHistoriesAreTold() {
    // Both are signed by the log's own key; at most one of them is what others saw.
    List<AuditRecord> records =
        new ArrayList<>(Stories.approved("mine", AT, Person.human("mallory@example.com")));
    TestLog.write(directory.resolve("fork"), records);
    EvidenceBundle forked = prove(directory.resolve("fork"), "mine", Optional.of(TestLog.KEY));
    String proof = "proofs/3.tlog-proof";
    String entry = "entries/3.json";

    assertThat(
            problems(
                files -> {
                  files.put(proof, forked.files().get(proof));
                  files.put(entry, forked.files().get(entry));
                }))
        .anyMatch(it -> it.equals("the proof of entry 3 is for another checkpoint, or says more"));
  }

  @Test
  void whatAProofSaysBesidesIsTold() {
    String path = bundle.in("proofs").getFirst();
    String proof = new String(bundle.files().get(path), StandardCharsets.UTF_8);
    byte[] more =
        proof.replaceFirst("\nindex", "\nextra YQ==\nindex").getBytes(StandardCharsets.UTF_8);

    assertThat(problems(files -> files.put(path, more)))
        .anyMatch(it -> it.contains("is for another checkpoint, or says more"));
  }

  @Test
  void anEnvelopeThatNamesAnotherSignerIsTold() {
    String path = "attestations/test-result.dsse.json";
    String envelope = new String(bundle.files().get(path), StandardCharsets.UTF_8);
    byte[] renamed =
        envelope
            .replace(TestLog.KEY.verifier().text(), "auditor+00000000+AAAA")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(problems(files -> files.put(path, renamed)))
        .containsExactly(path + " is not what the entries say, signed by a trusted key");
  }

  @Test
  void whatOnlyTheMiddleOfAZipSaysIsNotRead() throws Exception {
    bundle.write(directory.resolve("good.zip"));
    byte[] good = read(directory.resolve("good.zip"));
    write(directory.resolve("hidden.zip"), "bundle.json", new byte[] {1});
    byte[] hidden = read(directory.resolve("hidden.zip"));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(hidden);
    both.write(good);
    Files.write(directory.resolve("both.zip"), both.toByteArray());

    assertThat(EvidenceBundle.read(directory.resolve("both.zip")).files().keySet())
        .isEqualTo(bundle.files().keySet());
  }

  @Test
  void whatIsNoZipIsUnreadable() throws Exception {
    Files.writeString(directory.resolve("no.zip"), "garbage");

    assertThatThrownBy(() -> EvidenceBundle.read(directory.resolve("no.zip")))
        .isInstanceOf(IOException.class);
  }

  private List<String> problems(Consumer<Map<String, byte[]>> tampering) {
    TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
    tampering.accept(files);
    return BundleVerification.check(new EvidenceBundle(files), TRUSTED).problems();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anEntryOfAnotherChangeHasNoPlaceInIt() {
    TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
    files.putAll(
        new TreeMap<>(prove("other", Optional.empty()).files()) {
          private static final long serialVersionUID = 1L;

          {
            keySet().removeIf(path -> !path.matches("(entries|proofs)/.*"));
          }
        });

    assertThat(BundleVerification.check(new EvidenceBundle(files), TRUSTED).problems())
        .anyMatch(it -> it.contains("is not about mine"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/etc/passwd", "a/../../b", "a\\..\\b", "a/b/c/d/e", ".x"})
  void namesThatLeadElsewhereAreRefused(String name) throws Exception {
    Path zip = directory.resolve("evil.zip");
    write(zip, name, new byte[1]);

    assertThatThrownBy(() -> EvidenceBundle.read(zip))
        .isInstanceOf(EvidenceBundle.Unreadable.class)
        .hasMessageContaining("has no place in a bundle");
  }

  @Test
  void aBombIsRefusedAtTheBound() throws Exception {
    Path zip = directory.resolve("bomb.zip");
    write(zip, "bomb", new byte[(int) EvidenceBundle.BYTES_MAX + 1]);

    assertThat(Files.size(zip)).isLessThan(1 << 20);
    assertThatThrownBy(() -> EvidenceBundle.read(zip))
        .hasMessageContaining("at most " + EvidenceBundle.BYTES_MAX + " bytes");
  }

  @Test
  void aLinkIsRefused() throws Exception {
    bundle.write(directory.resolve("bundle"));
    Files.createSymbolicLink(directory.resolve("bundle/checkpoint2"), Path.of("/etc/passwd"));

    assertThatThrownBy(() -> EvidenceBundle.read(directory.resolve("bundle")))
        .hasMessageContaining("is a link");
  }

  private static void write(Path zip, String name, byte[] content) throws Exception {
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
      out.closeEntry();
    }
  }
}
