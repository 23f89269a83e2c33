package dev.slipway.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Runs nothing: remembers what it was asked to run and replies as it was told. */
public final class FakeSandbox implements Sandbox {
  private final List<SandboxedCommand> ran = new ArrayList<>();
  private BiFunction<Path, SandboxedCommand, Execution> reply =
      (directory, command) -> exited(0, "");

  /** A command that ended by itself. */
  public static Execution exited(int code, String output) {
    return new Execution(new Execution.Ending.Exited(code), output, Duration.ofMillis(1));
  }

  /** What to reply from now on; the function may write into the directory, as a build does. */
  public FakeSandbox replying(BiFunction<Path, SandboxedCommand, Execution> next) {
    reply = next;
    return this;
  }

  /** Every command so far, in order. */
  public List<SandboxedCommand> ran() {
    return List.copyOf(ran);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Path seenAs(Path directory) {
    return directory;
  }

  @Override
  public Execution run(Path directory, SandboxedCommand command) {
    ran.add(command);
    return reply.apply(directory, command);
  }

  @Override
  public void end(Path directory) {}
}
