package dev.slipway.app.cli;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.RevertView;
import dev.slipway.app.api.WithdrawRequest;
import dev.slipway.app.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Puts back what a service ran before the change that shipped last. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Takes back the change that a service runs: what ran before is put back at once.",
    footer = {
      "",
      "The whole change is taken back, wherever it runs, and a change that takes it out of the base",
      "branch as well is opened, first in the queue. Until base branch and production agree again,",
      "other changes of the service wait for a person. Asked twice, it is done once.",
      "",
      "Exit codes: 0 it runs what ran before, 1 refused, 4 it could not be seen through.",
      "",
      "Example:",
      "  slipway rollback orders --reason 'orders are lost since 14:20'"
    })
final class RollbackCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();
  @Mixin Output output = new Output();

  @Parameters(paramLabel = "SERVICE", description = "the service, as .slipway.yml names it")
  String service = "";

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "production",
      description = "where it runs; default: production")
  String environment = "production";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why; goes on record")
  String reason = "";

  @Option(
      names = "--as",
      paramLabel = "LOGIN",
      description = "who says so; default: the user.email of the repository here")
  Optional<String> as = Optional.empty();

  @Option(names = "--sandbox", paramLabel = "auto|none", defaultValue = "AUTO")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Override
  public Integer call() throws InterruptedException {
    try (Session session = Session.joinOrStart(home.path(), sandbox);
        Progress progress = new Progress(spec.commandLine().getErr())) {
      ChangeView view = session.client().withdraw(request());
      if (view.exitCode() == ChangeView.UNDER_WAY) {
        view =
            session
                .client()
                .follow(
                    view.change(),
                    next -> {
                      progress.show(next);
                      return next.exitCode() != ChangeView.UNDER_WAY;
                    });
      }
      if (!view.state().equals("ROLLED_BACK")) {
        Views.print(spec.commandLine().getOut(), view, output);
        return Slipway.NOT_RUN;
      }
      print(view, session.client().revertOf(view.change()));
      return 0;
    }
  }

  private WithdrawRequest request() {
    return new WithdrawRequest(
        service, environment, Logins.of(as, Path.of("").toAbsolutePath()), reason);
  }

  private void print(ChangeView view, RevertView revert) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      ObjectNode document = Json.mapper().valueToTree(view);
      document.set("revert", Json.mapper().valueToTree(revert));
      out.println(Json.mapper().writeValueAsString(document));
      return;
    }
    Views.print(out, view, output);
    out.printf(
        "%s/%s runs what ran before, and is held until %s agrees with it.%n",
        environment, service, view.base());
    revert
        .change()
        .ifPresentOrElse(
            change -> out.printf("Its revert, %s: %s.%n", change, revert.message()),
            () -> byHand(out, view, revert.message()));
  }

  private static void byHand(PrintWriter out, ChangeView view, String why) {
    String commit = view.candidate().orElseThrow();
    String branch = "revert-" + commit.substring(0, 8);
    Path directory = Path.of(view.repository()).resolveSibling(branch);
    out.printf("Make it agree (%s):%n", why);
    out.printf(
        "  git -C %s worktree add -b %s %s %s%n",
        view.repository(), branch, directory, view.base());
    out.printf("  git -C %s revert --no-edit -m 1 %s%n", directory, commit);
    out.printf("  slipway ship --repo %s --head %s --priority 100%n", view.repository(), branch);
  }
}
