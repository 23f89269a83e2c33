package dev.slipway.app.cli;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.ShipRequest;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.demo.Demo;
import dev.slipway.app.demo.DemoSettings;
import dev.slipway.app.demo.Pipeline;
import dev.slipway.app.sandbox.Sandboxes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole pipeline on a sample service. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Takes five changes of a sample service to production, or not, all at once.",
    footer = {
      "",
      "Everything is in a temporary directory, which is kept; no process is left behind.",
      "Exit code: 0 if all five changes end as they should, else 1.",
      "",
      "Examples:",
      "  slipway demo",
      "  slipway demo --staging-measure 20s --canary-window 60s --ramp-step 15s"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--staging-measure",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Times.class,
      description = "measure staging for this long; default: ${DEFAULT-VALUE}")
  Duration stagingMeasure = Duration.ofSeconds(5);

  @Option(
      names = "--canary-window",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = Times.class,
      description = "watch the canary's 5 %% for this long; default: ${DEFAULT-VALUE}")
  Duration canaryWindow = Duration.ofSeconds(20);

  @Option(
      names = "--ramp-step",
      paramLabel = "TIME",
      defaultValue = "4s",
      converter = Times.class,
      description = "watch every later share for this long; default: ${DEFAULT-VALUE}")
  Duration rampStep = Duration.ofSeconds(4);

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    DemoSettings settings = new DemoSettings(stagingMeasure, canaryWindow, rampStep);
    Session.SandboxChoice sandbox = sandbox(out);
    return new Demo(
            settings,
            home ->
                new Local(Session.start(home, sandbox, ServerConfig.DEFAULT, Session.FREE_PORT)),
            out)
        .run();
  }

  /** The sample is our own: it may run without a sandbox, if that is said. */
  private static Session.SandboxChoice sandbox(PrintWriter out) {
    return switch (Sandboxes.detect(Path.of(System.getProperty("java.io.tmpdir")))) {
      case Sandboxes.Detection.Available available -> {
        out.println("Commands of the changes run in a sandbox: " + available.sandbox().name());
        yield Session.SandboxChoice.AUTO;
      }
      case Sandboxes.Detection.Missing missing -> {
        out.println("There is no sandbox here: " + missing.reason() + ".");
        out.println("The demo runs its own sample without one; mend it with: " + missing.mend());
        yield Session.SandboxChoice.NONE;
      }
    };
  }

  /** The control plane in this process, used over REST like any other. */
  private record Local(Session session) implements Pipeline {
    @Override
    public ChangeView ship(ShipRequest request) {
      return session.client().ship(request);
    }

    @Override
    public ChangeView follow(String change, Predicate<ChangeView> last)
        throws InterruptedException {
      return session.client().follow(change, last);
    }

    @Override
    public Optional<String> incident(ChangeView change) {
      return session.client().reported(change).incident();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
