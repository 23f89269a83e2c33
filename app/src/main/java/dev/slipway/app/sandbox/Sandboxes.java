package dev.slipway.app.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.project.Command;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxedCommand;
import dev.slipway.workspace.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Which sandbox this machine has. */
public final class Sandboxes {
  private static final Duration PROBE_MAX = Duration.ofSeconds(20);

  private Sandboxes() {}

  /** What a look at the machine gave. */
  public sealed interface Detection {
    /** A sandbox that has just run a command. */
    record Available(Sandbox sandbox) implements Detection {}

    /**
     * None that works.
     *
     * @param reason what is missing or refused
     * @param mend the command that mends it
     */
    record Missing(String reason, String mend) implements Detection {}
  }

  /**
   * Looks for bubblewrap and tries it.
   *
   * @param scratch where private homes and temporary files of commands are made, on the file system
   *     of the checkouts
   */
  public static Detection detect(Path scratch) {
    String version;
    try {
      Process process = new ProcessBuilder("bwrap", "--version").redirectErrorStream(true).start();
      version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (!process.waitFor(PROBE_MAX.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        return new Detection.Missing("bwrap --version does not work: " + version, install());
      }
    } catch (IOException e) {
      return new Detection.Missing("bubblewrap (bwrap) is not installed", install());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Detection.Missing("interrupted while looking for bubblewrap", install());
    }
    return tried(new Bubblewrap(version, scratch, userHome(), Watch::best), scratch);
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home", "/nonexistent"));
  }

  private static Detection tried(Bubblewrap bubblewrap, Path scratch) {
    Command probe =
        new Command(List.of("true"), Map.of(), ".", Command.Network.NONE, List.of(), PROBE_MAX);
    try (ScratchDirectory empty = ScratchDirectory.in(scratch, "probe-")) {
      Execution execution = bubblewrap.run(empty.path(), SandboxedCommand.of(probe));
      return execution.succeeded()
          ? new Detection.Available(bubblewrap)
          : new Detection.Missing(
              bubblewrap.name() + " does not run here: it " + execution.describe(),
              "sysctl -w kernel.unprivileged_userns_clone=1"
                  + " kernel.apparmor_restrict_unprivileged_userns=0");
    } catch (IOException e) {
      return new Detection.Missing(
          "no directory can be made in " + scratch + ": " + e.getMessage(), "mkdir -p " + scratch);
    }
  }

  private static String install() {
    for (var manager :
        Map.of(
                "/usr/bin/apt-get", "apt-get install -y bubblewrap",
                "/usr/bin/dnf", "dnf install -y bubblewrap",
                "/usr/bin/pacman", "pacman -S --noconfirm bubblewrap",
                "/usr/bin/zypper", "zypper install -y bubblewrap",
                "/sbin/apk", "apk add bubblewrap")
            .entrySet()) {
      if (Files.isExecutable(Path.of(manager.getKey()))) {
        return manager.getValue();
      }
    }
    return "install the package bubblewrap (Linux only; elsewhere choose --sandbox none)";
  }
}
