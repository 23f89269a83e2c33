package dev.slipway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.project.Command;
import dev.slipway.workspace.Execution.Ending;
import dev.slipway.workspace.SandboxedCommand.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Sandbox} keeps, confined or not. Needs a Unix shell. */
public abstract class SandboxContract {
  /** Long enough for a command that is meant to end on a busy machine. */
  protected static final Duration AMPLE = Duration.ofSeconds(60);

  @TempDir protected Path directory;

  /** The sandbox under test, the same one throughout a test. */
  protected abstract Sandbox sandbox();

  protected static Command shell(String script) {
    return new Command(
        List.of("/bin/sh", "-c", script), Map.of(), ".", Command.Network.NONE, List.of(), AMPLE);
  }

  protected static Command in(Command command, String directory) {
    return new Command(
        command.argv(),
        command.env(),
        directory,
        command.network(),
        command.caches(),
        command.limit());
  }

  protected static Command within(Command command, Duration limit) {
    return new Command(
        command.argv(),
        command.env(),
        command.directory(),
        command.network(),
        command.caches(),
        limit);
  }

  protected Execution run(String script) {
    return sandbox().run(directory, SandboxedCommand.of(shell(script)));
  }

  protected Execution run(String script, Map<String, String> secrets) {
    return sandbox().run(directory, new SandboxedCommand(shell(script), secrets, Limits.DEFAULT));
  }

  protected Execution run(Command command, Limits limits) {
    return sandbox().run(directory, new SandboxedCommand(command, Map.of(), limits));
  }

  protected static Limits limits(long memory, int processes, long output, long file) {
    return new Limits(memory, processes, output, file);
  }

  @Test
  void tellsCodeAndOutputOfBothStreamsInOrder() {
    Execution execution = run("echo out; echo err >&2; echo out again; exit 3");

    assertThat(execution.ending()).isEqualTo(new Ending.Exited(3));
    assertThat(execution.output()).isEqualTo("out\nerr\nout again\n");
    assertThat(execution.succeeded()).isFalse();
    assertThat(execution.took()).isPositive();
  }

  @Test
  void argumentsAreNotReadByAShell() {
    Command command =
        new Command(
            List.of("/bin/echo", "$(echo x)", "a b", "'", "--", "; exit 1"),
            Map.of(),
            ".",
            Command.Network.NONE,
            List.of(),
            AMPLE);

    Execution execution = sandbox().run(directory, SandboxedCommand.of(command));

    assertThat(execution.output()).isEqualTo("$(echo x) a b ' -- ; exit 1\n");
  }

  @Test
  void theDirectoryIsReadAndWritten() throws Exception {
    Files.writeString(directory.resolve("in.txt"), "read");
    Files.createDirectory(directory.resolve("sub"));

    Execution execution =
        sandbox()
            .run(
                directory,
                SandboxedCommand.of(
                    in(shell("cat ../in.txt; pwd; echo written > out.txt"), "sub")));

    assertThat(execution.output())
        .isEqualTo("read" + sandbox().seenAs(directory).resolve("sub") + "\n");
    assertThat(directory.resolve("sub/out.txt")).hasContent("written\n");
  }

  @Test
  void aProgramThatIsNotThereIsNotStarted() {
    Command command =
        new Command(
            List.of("no-such-program"), Map.of(), ".", Command.Network.NONE, List.of(), AMPLE);

    assertThat(sandbox().run(directory, SandboxedCommand.of(command)).ending())
        .isInstanceOfSatisfying(
            Ending.NotStarted.class,
            ending -> assertThat(ending.reason()).contains("no-such-program"));
  }

  @Test
  void D2_aDirectoryOutsideTheCheckoutIsNotEntered() throws Exception {
    Files.createSymbolicLink(directory.resolve("link"), Path.of("/tmp"));
    Files.createDirectory(directory.resolve("sub"));
    for (String outside : List.of("..", "/tmp", "link", "sub/../..", "none", "a\u0000b")) {
      assertThat(sandbox().run(directory, SandboxedCommand.of(in(shell("true"), outside))).ending())
          .as(outside)
          .isInstanceOf(Ending.NotStarted.class);
    }
  }

  @Test
  void T6_aLoopIsEndedByItsTime() {
    Command loop = within(shell("while :; do :; done"), Duration.ofMillis(300));

    assertThat(run(loop, Limits.DEFAULT).ending())
        .isEqualTo(new Ending.Bounded("time limit of 0.3 s"));
  }

  @Test
  void T6_aProcessThatIgnoresSignalsIsEnded() {
    Command stubborn =
        within(shell("trap '' TERM INT HUP; while :; do sleep 1; done"), Duration.ofMillis(300));

    assertThat(run(stubborn, Limits.DEFAULT).ending()).isInstanceOf(Ending.Bounded.class);
  }

  @Test
  void T6_noProcessOutlivesTheCommand() throws Exception {
    Execution execution =
        run(
            "(while :; do echo x >> alive.txt; sleep 0.02; done) &\n"
                + "(trap '' HUP; setsid sh -c 'while :; do echo x >> alive.txt; sleep 0.02; done') &\n"
                + "while [ ! -s alive.txt ]; do sleep 0.01; done; exit 0");

    assertThat(execution.ending()).isEqualTo(new Ending.Exited(0));
    long size = Files.size(directory.resolve("alive.txt"));
    Awaitility.await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(5))
        .until(() -> Files.size(directory.resolve("alive.txt")) == size);
  }

  /**
   * Only where the kernel holds the number of processes: a bomb that is not held takes the machine.
   */
  @Test
  protected void T6_aForkBombIsEnded() {
    assertThat(run(forkBomb(), limits(1L << 30, 100, 1 << 20, 1 << 20)).ending())
        .isEqualTo(new Ending.Bounded("100 processes and threads"));
  }

  protected static Command forkBomb() {
    return shell("bomb() { bomb | bomb & }; bomb; while :; do sleep 1; done");
  }

  @Test
  void T6_memoryIsBounded() {
    // Doubles a string in the shell's own memory until it is stopped.
    Command hog = shell("s=x; while :; do s=$s$s; done");

    assertThat(run(hog, limits(128L << 20, 100, 1 << 20, 1 << 20)).ending())
        .isEqualTo(new Ending.Bounded("memory of 128 MiB"));
  }

  @Test
  void T6_oneFileIsBounded() {
    Execution execution =
        run(
            shell("exec dd if=/dev/zero of=big bs=1048576 count=16"),
            limits(1L << 30, 100, 1 << 20, 8 << 20));

    assertThat(execution.succeeded()).isFalse();
    assertThat(directory.resolve("big"))
        .satisfies(big -> assertThat(Files.size(big)).isLessThanOrEqualTo(8 << 20));
  }

  @Test
  void T6_manyFilesAreBoundedTogether() {
    Command filler =
        shell(
            "i=0; while :; do dd if=/dev/zero of=f$i bs=65536 count=16 2>/dev/null; i=$((i+1)); done");

    assertThat(run(filler, limits(1L << 30, 100, 1 << 20, 16 << 20)).ending())
        .isEqualTo(new Ending.Bounded("files of 16 MiB together"));
  }

  @Test
  void outputIsCutInTheMiddleAndSaysSo() {
    Execution execution =
        run(
            shell(
                "echo the start; i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; echo the end"),
            limits(1L << 30, 100, 10_000, 1 << 20));

    assertThat(execution.ending()).isEqualTo(new Ending.Exited(0));
    assertThat(execution.output())
        .startsWith("the start\n")
        .endsWith("the end\n")
        .contains("bytes of output left out")
        .hasSizeLessThan(10_100);
  }

  @Test
  void T6_endlessOutputIsBoundedByTimeAndMemory() {
    Command yes = within(shell("exec yes"), Duration.ofMillis(500));

    Execution execution = run(yes, limits(1L << 30, 100, 10_000, 1 << 20));

    assertThat(execution.ending()).isInstanceOf(Ending.Bounded.class);
    assertThat(execution.output()).hasSizeLessThan(10_100);
  }

  @Test
  void P10_secretsAreHandedOverAndMasked() {
    Execution execution =
        run(
            "echo plain $TOKEN; printf %s \"user:$TOKEN\" | base64; test ${#TOKEN} -eq 16 && echo ok",
            Map.of("TOKEN", "hunter2+/hunter2"));

    assertThat(execution.output())
        .contains("plain ***", "ok")
        .doesNotContain("hunter2", "aHVudGVyMi", "h1bnRlcj", "odW50ZXIyKy");
  }

  @Test
  void P9_nothingOfOurEnvironmentIsThere() {
    Execution execution = run("env; cat /proc/self/environ /proc/1/environ 2>/dev/null");

    assertThat(execution.output()).contains("JAVA_HOME=", "PATH=");
    System.getenv().keySet().stream()
        .filter(name -> !List.of(ALLOWED.split(" ")).contains(name))
        .forEach(name -> assertThat(execution.output()).doesNotContain("\n" + name + "="));
  }

  private static final String ALLOWED =
      "PATH HOME USER LOGNAME SHELL LANG LC_ALL TZ TMPDIR JAVA_HOME CI NO_COLOR TERM PWD SHLVL _"
          + " OLDPWD";

  @Test
  void itsOwnVariablesAreSet() {
    Command command =
        new Command(
            List.of("/bin/sh", "-c", "echo \"$GREETING\""),
            Map.of("GREETING", "a b\nc"),
            ".",
            Command.Network.NONE,
            List.of(),
            AMPLE);

    assertThat(sandbox().run(directory, SandboxedCommand.of(command)).output())
        .isEqualTo("a b\nc\n");
  }

  @Test
  void closingTheDirectoryEndsWhatRunsInIt() throws Exception {
    CompletableFuture<Execution> execution =
        CompletableFuture.supplyAsync(() -> run("touch started; while :; do sleep 1; done"));
    Awaitility.await().until(() -> Files.exists(directory.resolve("started")));

    sandbox().end(directory);

    assertThat(execution.get().ending()).isEqualTo(new Ending.Bounded("its directory was closed"));
  }

  @Test
  void anInterruptEndsTheCommandAndStays() throws Exception {
    CompletableFuture<Execution> execution = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  execution.complete(run("touch started; while :; do sleep 1; done"));
                  interrupted.complete(Thread.currentThread().isInterrupted());
                });
    Awaitility.await().until(() -> Files.exists(directory.resolve("started")));

    caller.interrupt();

    assertThat(execution.get().ending()).isEqualTo(new Ending.Bounded("interrupted"));
    assertThat(interrupted.get()).isTrue();
  }
}
