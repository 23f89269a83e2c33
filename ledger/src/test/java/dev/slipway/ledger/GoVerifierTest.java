package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log as Go's {@code golang.org/x/mod/sumdb} sees it, with Debian's golang-golang-x-mod-dev.
 */
class GoVerifierTest {
  private static final Path SOURCES = Path.of("/usr/share/gocode");

  private final LogKey key = LogKey.create("example.com/log");

  @TempDir static Path program;
  @TempDir Path root;
  private Path directory;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    require(
        Stream.of(Objects.toString(System.getenv("PATH"), "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "go"))),
        "go");
    require(
        Files.isDirectory(SOURCES.resolve("src/golang.org/x/mod/sumdb")),
        "golang-golang-x-mod-dev");
    try (InputStream source = GoVerifierTest.class.getResourceAsStream("verify.go")) {
      Files.write(program.resolve("verify.go"), source.readAllBytes());
    }
    assertThat(run("go", "build", "-o", program.resolve("verify").toString(), "verify.go"))
        .isEmpty();
  }

  /** Skips the test by the tool's name; where everything must be there, it fails. */
  private static void require(boolean present, String tool) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as(tool + " is installed").isTrue();
    }
    assumeTrue(present, tool + " is not installed");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(program.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "GO111MODULE",
                "off",
                "GOPATH",
                SOURCES.toString(),
                "GOCACHE",
                program.resolve("cache").toString(),
                "GOFLAGS",
                ""));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static String verify(Path directory, Verifier verifier, Checkpoint older)
      throws IOException, InterruptedException {
    return run(
        program.resolve("verify").toString(),
        directory.toString(),
        verifier.text(),
        Long.toString(older.size()),
        older.root().base64());
  }

  @BeforeEach
  void name() {
    directory = root.resolve("log");
  }

  @Test
  void goProvesTheEntriesAndThatTheLogOnlyGrew() throws IOException, InterruptedException {
    Checkpoint older = Logs.grow(directory, key, 300).checkpoint();
    Logs.grow(directory, key, 70_000);
    assertThat(verify(directory, key.verifier(), older)).isEqualTo("ok 70000\n");
  }

  @Test
  void goRefusesAnAlteredEntry() throws IOException, InterruptedException {
    Checkpoint older = Logs.grow(directory, key, 300).checkpoint();
    Logs.grow(directory, key, 600);
    Path bundle = directory.resolve("tile/entries/001");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[99] ^= 1;
    Files.write(bundle, bytes);
    assertThat(verify(directory, key.verifier(), older)).doesNotContain("ok");
  }

  @Test
  void goReadsANoteSignedWithARotatedKey() throws IOException, InterruptedException {
    LogKey next = LogKey.create("example.com/log");
    Checkpoint older = Logs.grow(directory, key, 3).checkpoint();
    Logs.grow(directory, LedgerOptions.signedBy(List.of(next, key)), 300);
    assertThat(verify(directory, key.verifier(), older)).isEqualTo("ok 300\n");
    assertThat(verify(directory, next.verifier(), older)).isEqualTo("ok 300\n");
  }
}
