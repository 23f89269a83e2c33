package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptTest {
  private static final LogKey KEY = LogKey.create("example.com/log");

  @TempDir Path directory;

  @Test
  void aCopyOfThePublicFilesGoesOnWhereTheyEnd() throws Exception {
    Path log = directory.resolve("log");
    write(log, 0, 300);
    Path copy = directory.resolve("copy");
    for (String name : List.of("checkpoint", "verifiers", "tile")) {
      copy(log.resolve(name), copy.resolve(name));
    }
    assertThatThrownBy(() -> Ledger.open(copy, LedgerOptions.signedBy(KEY)))
        .isInstanceOf(LogDamaged.class);

    Ledger.adopt(copy, AdoptTest::text);

    try (Ledger ledger = Ledger.open(copy, LedgerOptions.signedBy(KEY))) {
      assertThat(ledger.append("entry 7", bytes("entry 7")).index()).isEqualTo(7);
      assertThat(ledger.append("entry 300", bytes("entry 300")).index()).isEqualTo(300);
    }
    assertThat(Logs.verify(copy, KEY).problems()).isEmpty();
    assertThatThrownBy(() -> Ledger.adopt(copy, AdoptTest::text))
        .hasMessageContaining("has a journal");
  }

  @Test
  void theEntriesAreReadInOrderWhileTheyAreVerified() {
    Path log = directory.resolve("log");
    write(log, 0, 5000);
    List<String> read = new ArrayList<>();

    Verification result =
        LogVerifier.verify(
            TileSource.directory(log),
            VerifyOptions.trusting(TrustedKeys.of(List.of(KEY.verifier())))
                .reading(
                    (first, entries) -> {
                      assertThat(first).isEqualTo(read.size());
                      entries.forEach(entry -> read.add(text(entry)));
                    }));

    assertThat(result.ok()).isTrue();
    assertThat(read).hasSize(5000).startsWith("entry 0").endsWith("entry 4999");
  }

  @Test
  void aStatementIsSignedAsItsTypeAndNothingElse() {
    byte[] payload = bytes("{}");
    byte[] signature = KEY.signStatement("application/vnd.in-toto+json", payload);

    assertThat(KEY.verifier().verifiesStatement("application/vnd.in-toto+json", payload, signature))
        .isTrue();
    assertThat(KEY.verifier().verifiesStatement("text/plain", payload, signature)).isFalse();
    assertThat(
            KEY.verifier()
                .verifiesStatement("application/vnd.in-toto+json", bytes("{ }"), signature))
        .isFalse();
    // The example of the DSSE protocol, version 1.
    assertThat(
            new String(
                Dsse.encoding("http://example.com/HelloWorld", bytes("hello world")),
                StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  private static void write(Path log, int from, int to) {
    try (Ledger ledger = Ledger.open(log, LedgerOptions.signedBy(KEY))) {
      try (Stream<Integer> numbers = Stream.iterate(from, i -> i < to, i -> i + 1)) {
        numbers.forEach(i -> ledger.append("entry " + i, bytes("entry " + i)));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        }
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] entry) {
    return new String(entry, StandardCharsets.UTF_8);
  }
}
