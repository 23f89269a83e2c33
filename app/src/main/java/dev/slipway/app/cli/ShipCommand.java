package dev.slipway.app.cli;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.ShipRequest;
import dev.slipway.app.api.ShipRequest.EmergencyRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes the change on a branch to production. */
@Command(
    name = "ship",
    mixinStandardHelpOptions = true,
    description = "Takes the change on a branch of a local git repository to production.",
    footer = {
      "",
      "Returns as soon as a person is needed; the state is kept. The same command again follows the",
      "same change.",
      "",
      "Examples:",
      "  slipway ship --repo . --head my-change",
      "  slipway ship --repo . --head my-change --first-deployment",
      "  slipway ship --repo . --head fix --emergency 'checkout is down' --skip test,validation",
      "  slipway ship --repo . --head my-change --staging-measure 10s --canary-window 20s"
    })
final class ShipCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();
  @Mixin Output output = new Output();

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "the repository; default: here")
  Path repository = Path.of(".");

  @Option(
      names = "--head",
      paramLabel = "BRANCH",
      required = true,
      description = "the branch that carries the change")
  String head = "";

  @Option(
      names = "--base",
      paramLabel = "BRANCH",
      defaultValue = "main",
      description = "the branch it goes into; default: main")
  String base = "main";

  @Option(
      names = "--staging-measure",
      paramLabel = "TIME",
      converter = Times.class,
      description = "measure staging for this long, such as 10s, instead of what is configured")
  Optional<Duration> stagingMeasure = Optional.empty();

  @Option(
      names = "--canary-window",
      paramLabel = "TIME",
      converter = Times.class,
      description = "watch the first share for this long instead of what is configured")
  Optional<Duration> canaryWindow = Optional.empty();

  @Option(
      names = "--ramp-step",
      paramLabel = "TIME",
      converter = Times.class,
      description = "watch every later share for this long instead of what is configured")
  Optional<Duration> rampStep = Optional.empty();

  @Option(
      names = "--first-deployment",
      description =
          "consent to the base version being installed where nothing is in production yet")
  boolean firstDeployment;

  @Option(
      names = "--as",
      paramLabel = "LOGIN",
      description = "who consents; default: the repository's user.email")
  Optional<String> as = Optional.empty();

  @Option(
      names = "--emergency",
      paramLabel = "WHY",
      description =
          "skip the gates of --skip, on record; the canary is watched, and somebody else has to"
              + " review the change within 24 hours (slipway approve)")
  Optional<String> emergency = Optional.empty();

  @Option(
      names = "--skip",
      paramLabel = "STAGE",
      split = ",",
      description = "of review, test, staging and validation, the gates that an emergency skips")
  List<String> skips = List.of();

  @Option(
      names = "--priority",
      paramLabel = "N",
      defaultValue = "0",
      description = "higher goes first in the queue for an environment; default: 0")
  int priority;

  @Option(
      names = "--sandbox",
      paramLabel = "auto|none",
      defaultValue = "AUTO",
      description = "none: run the change's commands without a sandbox; on record")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Option(names = "--wait", description = "when a person is needed, wait for the decision")
  boolean wait;

  @Override
  public Integer call() throws InterruptedException {
    ShipRequest request = request();
    try (Session session = Session.joinOrStart(home.path(), sandbox);
        Progress progress = new Progress(spec.commandLine().getErr())) {
      ChangeView opened = session.client().ship(request);
      ChangeView rested =
          session
              .client()
              .reported(
                  session
                      .client()
                      .follow(
                          opened.change(),
                          view -> {
                            progress.show(view);
                            boolean waits = view.state().equals("WAITING_FOR_PERSON");
                            return view.exitCode() != ChangeView.UNDER_WAY && !(wait && waits);
                          }));
      Views.print(spec.commandLine().getOut(), rested, output);
      return rested.exitCode();
    }
  }

  private ShipRequest request() {
    Path directory = repository.toAbsolutePath().normalize();
    return new ShipRequest(
        directory.toString(),
        head,
        base,
        stagingMeasure.map(Duration::toString),
        canaryWindow.map(Duration::toString),
        rampStep.map(Duration::toString),
        firstDeployment ? Optional.of(Logins.of(as, directory)) : Optional.empty(),
        emergency(directory),
        priority);
  }

  /** Looked at before anything is started: what is wrong here is a slip of the hand. */
  private Optional<EmergencyRequest> emergency(Path directory) {
    if (emergency.isPresent() == skips.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--emergency says why, and --skip which gates: they go together, such as"
              + " --emergency 'checkout is down' --skip test,validation");
    }
    Optional<EmergencyRequest> request =
        emergency.map(why -> new EmergencyRequest(skips, why, Logins.of(as, directory)));
    try {
      request.ifPresent(EmergencyRequest::declared);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--skip: " + e.getMessage(), e);
    }
    return request;
  }
}
