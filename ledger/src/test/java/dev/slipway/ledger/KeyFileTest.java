package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final String NAME = "example.com/log";

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void name() {
    file = root.resolve("keys/log.key");
  }

  @Test
  void aKeyIsCreatedOnceAndOnlyItsOwnerMayReadIt() throws IOException {
    LogKey created = KeyFile.openOrCreate(file, NAME).getFirst();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    LogKey again = KeyFile.openOrCreate(file, "ignored").getFirst();
    assertThat(again.verifier()).isEqualTo(created.verifier());
    assertThat(created.verifier().verifies("text\n", again.sign("text\n"))).isTrue();
    assertThat(created.verifier().name()).isEqualTo(NAME);
  }

  @Test
  void manyWhoCreateTheKeyAtOnceGetTheSameOne() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Verifier>> calls =
          Collections.nCopies(32, () -> KeyFile.openOrCreate(file, NAME).getFirst().verifier());
      Set<Verifier> created = new HashSet<>();
      for (Future<Verifier> each : threads.invokeAll(calls)) {
        created.add(each.get());
      }
      assertThat(created).hasSize(1);
    }
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aKeyThatOthersMayReadIsRefusedWithTheMend() throws IOException {
    KeyFile.openOrCreate(file, NAME);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> KeyFile.openOrCreate(file, NAME))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void rotationKeepsTheOldKeyUntilItIsRetired() {
    Verifier old = KeyFile.openOrCreate(file, NAME).getFirst().verifier();
    Verifier next = KeyFile.rotate(file).verifier();
    assertThat(KeyFile.openOrCreate(file, NAME))
        .extracting(LogKey::verifier)
        .containsExactly(next, old);
    KeyFile.retire(file, old);
    assertThat(KeyFile.openOrCreate(file, NAME)).extracting(LogKey::verifier).containsExactly(next);
    assertThatThrownBy(() -> KeyFile.retire(file, next))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rotate first");
    assertThatThrownBy(() -> KeyFile.retire(file, old))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLogIsWrittenAndVerifiedThroughARotation() {
    Path directory = root.resolve("log");
    LogKey old = KeyFile.openOrCreate(file, NAME).getFirst();
    Logs.grow(directory, LedgerOptions.signedBy(KeyFile.openOrCreate(file, NAME)), 3);
    LogKey next = KeyFile.rotate(file);
    Logs.grow(directory, LedgerOptions.signedBy(KeyFile.openOrCreate(file, NAME)), 3);
    assertThat(Logs.verify(directory, old).problems()).isEmpty();
    assertThat(Logs.verify(directory, next).problems()).isEmpty();
    KeyFile.retire(file, old.verifier());
    Logs.grow(directory, LedgerOptions.signedBy(KeyFile.openOrCreate(file, NAME)), 6);
    assertThat(Logs.verify(directory, next).problems()).isEmpty();
    assertThat(Logs.verify(directory, old).problems()).hasSize(1);
  }

  @Test
  void aDamagedKeyIsRefusedAndNotShown() throws IOException {
    KeyFile.openOrCreate(file, NAME);
    String line = Files.readString(file);
    String secret = line.split("\\+")[4].split(" ")[0];
    for (String damaged :
        List.of("", "nonsense\n", line.replaceFirst("\\+A", "+B"), line + line.substring(20))) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> KeyFile.openOrCreate(file, NAME))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("restore")
          .satisfies(e -> assertThat(e).hasNoCause())
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret));
    }
  }

  @Test
  void aKeyDoesNotPrintItsSecret() {
    LogKey key = LogKey.create(NAME);
    String secret = key.format().split("\\+")[4].split(" ")[0];
    assertThat(key.toString()).isEqualTo(key.verifier().text()).doesNotContain(secret);
  }

  @Test
  void namesThatCannotStandInASignatureLineAreRefused() {
    for (String name : List.of("", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2028b", "\ud800")) {
      assertThatThrownBy(() -> LogKey.create(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
