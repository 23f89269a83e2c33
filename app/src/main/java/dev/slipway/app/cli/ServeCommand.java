package dev.slipway.app.cli;

import dev.slipway.app.config.ServerConfig;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the control plane until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the control plane; listens on the loopback address, with a token.",
    footer = {"", "Example:", "  slipway serve --port 7447"})
final class ServeCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where to listen; 0 for a free port; default: what is configured, else 7447")
  Optional<Integer> port = Optional.empty();

  @Option(names = "--sandbox", paramLabel = "auto|none", defaultValue = "AUTO")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Override
  public Integer call() throws InterruptedException {
    if (ControlPlaneFile.read(home.path()).isPresent()) {
      throw new Stop(Slipway.USAGE, "a control plane already runs on " + home.path());
    }
    ServerConfig config = Session.configuration(home.path());
    Session session =
        Session.start(home.path(), sandbox, config, port.orElse(config.listen().port()));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      session.close();
                      stopped.countDown();
                    }));
    ControlPlaneFile at =
        ControlPlaneFile.read(home.path())
            .orElseThrow(() -> new Stop(Slipway.NOT_RUN, "the control plane is not there"));
    spec.commandLine()
        .getOut()
        .println("serving http://127.0.0.1:" + at.port() + "/?token=" + at.token());
    stopped.await();
    return 0;
  }
}
