package dev.slipway.app.sandbox;

import dev.slipway.project.Command;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Execution.Ending;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxedCommand;
import dev.slipway.workspace.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Runs commands in namespaces of their own by bubblewrap: the machine's programs read-only, none of
 * its data, a private home and {@code /tmp}, the checkout as {@link #WORKSPACE}, no network unless
 * the command has it, no privileges. Works as root and as an ordinary user.
 */
public final class Bubblewrap implements Sandbox {
  /** Where commands see their checkout, on every machine, so that builds name the same paths. */
  public static final Path WORKSPACE = Path.of("/workspace");

  private static final List<String> ISOLATION =
      List.of(
          "--unshare-all",
          "--unshare-user",
          "--disable-userns",
          "--uid",
          "65534",
          "--gid",
          "65534",
          "--cap-drop",
          "ALL",
          "--die-with-parent",
          "--new-session",
          "--hostname",
          "slipway",
          "--clearenv");

  private final String version;
  private final Path scratch;
  private final Caches caches;
  private final Watch.Maker watches;
  private final Running running = new Running();

  /**
   * @param version what {@code bwrap --version} says
   * @param scratch where private homes are made, on the file system of the checkouts
   * @param home whose caches commands may be shown
   * @param watches what bounds the commands' processes
   */
  Bubblewrap(String version, Path scratch, Path home, Watch.Maker watches) {
    this.watches = watches;
    this.version = version;
    this.scratch = scratch;
    this.caches = new Caches(home);
  }

  @Override
  public String name() {
    return version;
  }

  @Override
  public Path seenAs(Path directory) {
    return WORKSPACE;
  }

  @Override
  public Execution run(Path directory, SandboxedCommand command) {
    String mark = UUID.randomUUID().toString();
    try (ScratchDirectory own = ScratchDirectory.in(scratch, "sandbox-");
        Watch watch = watches.over(command.limits(), mark)) {
      Launch launch = launch(own.path(), directory, command, watch, mark);
      Run run =
          new Run(
              launch,
              watch,
              command.command().limit(),
              command.limits(),
              new Disk(List.of(directory, own.path()), command.limits()));
      return running.toItsEnd(directory, run, new Mask(command.secrets().values()));
    } catch (IOException | IllegalArgumentException e) {
      return new Execution(
          new Ending.NotStarted(String.valueOf(e.getMessage())), "", Duration.ZERO);
    }
  }

  private Launch launch(Path own, Path checkout, SandboxedCommand command, Watch watch, String mark)
      throws IOException {
    Path at = WorkDirectory.of(checkout, command.command());
    List<Caches.Cache> shown = caches.of(command.command().caches());
    Room room = Room.make(own, checkout, shown, caches.substitutes(shown));
    List<String> options = new ArrayList<>(ISOLATION);
    if (command.command().network() == Command.Network.OPEN) {
      options.add("--share-net");
    }
    options.addAll(room.options(Environment.javaHome()));
    for (Map.Entry<String, String> variable : Environment.confined(command, Room.HOME).entrySet()) {
      options.addAll(List.of("--setenv", variable.getKey(), variable.getValue()));
    }
    options.addAll(List.of("--chdir", WORKSPACE.resolve(at).normalize().toString()));
    // Options go through standard input: arguments, with secrets among them, are public in /proc.
    List<String> argv = new ArrayList<>(List.of("bwrap", "--args", "0", "--"));
    argv.addAll(command.command().argv());
    List<String> bounded =
        Launch.bounding(command.limits().fileBytesMax(), watch.userProcessesMax(), argv);
    List<String> layered =
        room.layers().isEmpty() ? bounded : Launch.layering(room.layers(), bounded);
    return new Launch(
        Launch.joining(watch.joins(), layered), options, Environment.launcher(mark), own);
  }

  @Override
  public void end(Path directory) {
    running.end(directory);
  }
}
