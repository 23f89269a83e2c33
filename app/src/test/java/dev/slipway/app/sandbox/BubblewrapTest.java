package dev.slipway.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.project.Command;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Execution.Ending;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxContract;
import dev.slipway.workspace.SandboxedCommand;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapTest extends SandboxContract {
  @TempDir Path scratch;
  @TempDir Path home;
  private Sandbox sandbox;

  @Override
  protected Sandbox sandbox() {
    if (sandbox == null) {
      Machine.bubblewrap(scratch);
      sandbox = new Bubblewrap("bubblewrap", scratch, home, Watch::best);
    }
    return sandbox;
  }

  private static Command with(Command command, Command.Network network, List<String> caches) {
    return new Command(
        command.argv(), command.env(), command.directory(), network, caches, command.limit());
  }

  private Execution withCaches(String script, String... caches) {
    return sandbox()
        .run(
            directory,
            SandboxedCommand.of(with(shell(script), Command.Network.NONE, List.of(caches))));
  }

  @Test
  void P9_theUsersFilesAreNotThere() {
    Execution execution =
        run(
            "for f in /root "
                + System.getProperty("user.home")
                + " /home/* /etc/shadow /etc/sudoers /etc/ssh /var/lib /var/run/docker.sock /sys /boot /srv "
                + directory.getParent()
                + "; do [ -e \"$f\" ] && echo \"$f\"; done; ls -A ~ /tmp /etc/ssl/private 2>/dev/null");

    assertThat(execution.output())
        .isEqualTo("/home/slipway\n/etc/ssl/private:\n\n/home/slipway:\n\n/tmp:\n");
  }

  @Test
  void P9_noOtherProcessIsSeen() {
    Execution execution = run("cat /proc/[0-9]*/cmdline | tr '\\0' ' '");

    assertThat(execution.output()).doesNotContain("java").contains("bwrap");
  }

  @Test
  void P9_secretsAreNotInAnyCommandLine() throws Exception {
    Execution execution =
        run(
            "touch started; while [ ! -e seen ]; do sleep 0.01; done; echo ok",
            Map.of("TOKEN", "hunter2hunter2"),
            () -> {
              String all =
                  ProcessHandle.allProcesses()
                      .map(process -> process.info().commandLine().orElse(""))
                      .reduce("", String::concat);
              assertThat(all).contains("bwrap").doesNotContain("hunter2");
            });

    assertThat(execution.output()).isEqualTo("ok\n");
  }

  /** Runs the script, does the look once it made the file started, then makes the file seen. */
  private Execution run(String script, Map<String, String> secrets, Runnable look)
      throws Exception {
    var execution = java.util.concurrent.CompletableFuture.supplyAsync(() -> run(script, secrets));
    org.awaitility.Awaitility.await().until(() -> Files.exists(directory.resolve("started")));
    try {
      look.run();
    } finally {
      Files.createFile(directory.resolve("seen"));
    }
    return execution.get();
  }

  @Test
  void T7_nothingOfTheMachineIsDeleted() throws Exception {
    Path outside = Files.writeString(scratch.resolve("precious.txt"), "precious");

    Execution execution =
        run(
            "rm -rf /usr/bin/env /etc /opt "
                + outside
                + " ~ /tmp/* 2>/dev/null; rm -f /workspace/*; echo ended");

    assertThat(execution.output()).contains("ended");
    assertThat(outside).hasContent("precious");
    assertThat(Path.of("/usr/bin/env")).exists();
    assertThat(Path.of("/etc/passwd")).exists();
  }

  @Test
  void onlyTheCheckoutHomeAndTmpAreWritable() {
    Execution execution =
        run(
            "for d in / /usr /usr/bin /etc /opt /home /run /proc/sys/kernel /workspace ~ /tmp /var/tmp; do"
                + " (touch $d/x) 2>/dev/null && echo $d; done");

    assertThat(execution.output()).isEqualTo("/workspace\n/home/slipway\n/tmp\n/var/tmp\n");
  }

  @Test
  void T7_thereIsNoNetwork() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo connected";
      Command bash =
          new Command(
              List.of("/bin/bash", "-c", connect + "; cat /proc/net/dev"),
              Map.of(),
              ".",
              Command.Network.NONE,
              List.of(),
              AMPLE);

      Execution closed = sandbox().run(directory, SandboxedCommand.of(bash));
      Execution open =
          sandbox()
              .run(directory, SandboxedCommand.of(with(bash, Command.Network.OPEN, List.of())));

      assertThat(closed.output()).doesNotContain("connected").doesNotContain("eth0");
      assertThat(open.output()).contains("connected");
    }
  }

  @Test
  void noPrivilegesAreLeft() {
    Execution execution =
        run(
            "id -u; grep -E '^(CapEff|NoNewPrivs)' /proc/self/status; unshare --user true 2>/dev/null && echo nested;"
                + " mount -t tmpfs none /tmp 2>/dev/null && echo mounted; true");

    assertThat(execution.output())
        .startsWith("65534\n")
        .contains("CapEff:\t0000000000000000")
        .contains("NoNewPrivs:\t1")
        .doesNotContain("nested", "mounted");
  }

  @Test
  void aCacheIsReadAndWrittenToButStaysAsItIs() throws Exception {
    Path repository = Files.createDirectories(home.resolve(".m2/repository/group"));
    Files.writeString(repository.resolve("a.jar"), "jar");

    Execution execution =
        withCaches(
            "cat ~/.m2/repository/group/a.jar; echo evil > ~/.m2/repository/group/a.jar;"
                + " echo new > ~/.m2/repository/group/b.jar; rm -rf ~/.m2/repository/group/a.jar;"
                + " ls ~/.m2/repository/group",
            "~/.m2");

    assertThat(execution.output()).startsWith("jar");
    assertThat(repository.resolve("a.jar")).hasContent("jar");
    assertThat(repository.resolve("b.jar")).doesNotExist();
  }

  @Test
  void P9_credentialsBesideACacheAreNotShown() throws Exception {
    Files.createDirectories(home.resolve(".m2/repository"));
    Files.writeString(home.resolve(".m2/settings.xml"), "<settings>hunter2</settings>");
    Files.createDirectories(home.resolve(".ssh"));

    Execution execution = withCaches("cat ~/.m2/settings.xml; ls -A ~", "~/.m2", "~/.npm");

    assertThat(execution.output()).doesNotContain("hunter2").isEqualTo("<settings/>\n.m2\n");
  }

  @Test
  void P9_whatIsNoCacheIsNotShown() {
    for (String cache : List.of("~/.ssh", "~", "~/", "/etc", "~/.m2/../.ssh", "~/..", ".m2")) {
      assertThat(withCaches("true", cache).ending())
          .as(cache)
          .isInstanceOfSatisfying(
              Ending.NotStarted.class,
              ending -> assertThat(ending.reason()).contains("is not a dependency cache"));
    }
  }

  @Test
  void aNulInAVariableIsRefused() {
    assertThat(run("true", Map.of("TOKEN", "a\0--bind\0/\0/host")).ending())
        .isInstanceOf(Ending.NotStarted.class);
  }

  @Test
  void javaOfThisProcessIsThere() {
    Execution execution = run("test -x $JAVA_HOME/bin/javac && java -version 2>&1");

    assertThat(execution.output()).contains("\"" + System.getProperty("java.version") + "\"");
    assertThat(execution.succeeded()).isTrue();
  }
}
