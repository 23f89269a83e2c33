package dev.slipway.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.Stories;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.VerifyOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that the operator of a log wrote by hand and signed with the log's own key. */
class HostileEntriesTest {
  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");
  private static final CanonicalCodec CODEC = new CanonicalCodec();

  @TempDir Path directory;

  private List<String> problems(List<byte[]> entries) {
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(TestLog.KEY))) {
      for (int i = 0; i < entries.size(); i++) {
        ledger.append("entry " + i, entries.get(i));
      }
    }
    return AuditVerification.verify(
            TileSource.directory(directory),
            VerifyOptions.trusting(TrustedKeys.of(List.of(TestLog.KEY.verifier()))))
        .problems()
        .stream()
        .map(HostileEntriesTest::line)
        .toList();
  }

  private static String line(Problem problem) {
    return problem.index().orElseThrow() + ": " + problem.message();
  }

  private static List<byte[]> entries(List<AuditRecord> records) {
    return new ArrayList<>(records.stream().map(CODEC::encode).toList());
  }

  @Test
  void recordsInAnotherOrderAreTold() {
    List<byte[]> entries = entries(Stories.shipped("a", AT));
    byte[] last = entries.removeLast();
    entries.add(2, last);

    assertThat(problems(entries))
        .contains(
            "2: a shipped, but the base branch was never moved",
            "3: no change a was opened before this, or it has ended");
  }

  @Test
  void anEntryTwiceUnderAnotherKeyIsTold() {
    List<byte[]> entries = entries(Stories.shipped("a", AT));
    entries.add(5, entries.get(4));

    assertThat(problems(entries))
        .singleElement()
        .asString()
        .startsWith("5: a/")
        .endsWith("is recorded a second time");
  }

  @Test
  void anEmptyAndALongEntryAreNoRecords() {
    byte[] longest = new byte[Ledger.MAX_ENTRY_BYTES];
    Arrays.fill(longest, (byte) '[');

    assertThat(problems(List.of(new byte[0], longest, "null".getBytes(StandardCharsets.UTF_8))))
        .hasSize(3)
        .satisfiesExactly(
            it -> assertThat(it).startsWith("0: "),
            it -> assertThat(it).startsWith("1: "),
            it -> assertThat(it).startsWith("2: "));
  }

  @Test
  void e16TextThatOurWriterWouldHaveNeutralisedIsTold() {
    for (String hostile : List.of("\\u001b[2J", "two\\nlines", "\u202ereversed", "hid\u200bden")) {
      String entry =
          "{\"artifacts\":{},\"at\":\"2026-11-02T10:00:00Z\",\"change\":\"a\",\"schema\":1,"
              + "\"step\":\"1\",\"type\":\"done\",\"what\":\""
              + hostile
              + "\"}";

      assertThat(new EntryReader(path -> Optional.empty()).read(utf8(entry)))
          .isInstanceOfSatisfying(
              EntryReader.Entry.Unsound.class,
              it -> assertThat(it.flaw()).contains("texts on one line"));
    }
  }

  @Test
  void noEntryBreaksTheReader() {
    List<byte[]> seeds = entries(Stories.approved("a", AT, Stories.REVIEWER));
    EntryReader reader = new EntryReader(path -> Optional.empty());
    List<String> pieces =
        List.of(
            "null", "-1", "1e400", "[]", "{}", "\"\"", "\"\\ud800\"", "true", "0.1e-9", "99999");
    SplittableRandom random = new SplittableRandom(11 * 0x9E3779B97F4A7C15L);
    for (int i = 0; i < 3000; i++) {
      byte[] seed = seeds.get(random.nextInt(seeds.size()));
      byte[] entry = random.nextBoolean() ? flipped(seed, random) : spliced(seed, pieces, random);
      switch (reader.read(entry)) {
        case EntryReader.Entry.Sound sound ->
            assertThat(CODEC.encode(sound.record())).isEqualTo(entry);
        case EntryReader.Entry.Unsound unsound ->
            assertThat(unsound.flaw().codePoints()).allMatch(point -> point >= 32);
      }
    }
  }

  private static byte[] flipped(byte[] seed, SplittableRandom random) {
    byte[] entry = seed.clone();
    entry[random.nextInt(entry.length)] ^= (byte) (1 << random.nextInt(8));
    return entry;
  }

  /** With the value of some member replaced. */
  private static byte[] spliced(byte[] seed, List<String> pieces, SplittableRandom random) {
    String text = new String(seed, StandardCharsets.UTF_8);
    int colon = text.indexOf("\":", random.nextInt(text.length()));
    if (colon < 0) {
      return utf8(text + "}");
    }
    int end = colon + 2;
    while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String piece = pieces.get(random.nextInt(pieces.size()));
    return utf8(text.substring(0, colon + 2) + piece + text.substring(end));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
