package dev.slipway.app.cli;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.DecisionRequest;
import dev.slipway.app.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every decision of a person on a change has in common. */
final class Decision {
  @Mixin Home home = new Home();
  @Mixin Output output = new Output();

  @Parameters(paramLabel = "CHANGE", description = "the change, as ship and status name it")
  String change = "";

  @Option(
      names = "--as",
      paramLabel = "LOGIN",
      description = "who decides; default: the repository's user.email")
  Optional<String> as = Optional.empty();

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "why; goes on record")
  String comment = "";

  @Option(
      names = "--commit",
      paramLabel = "COMMIT",
      description = "the head commit that was looked at; default: the one the change stands at")
  Optional<String> commit = Optional.empty();

  @Option(names = "--sandbox", paramLabel = "auto|none", defaultValue = "AUTO")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Option(names = "--wait", description = "follow the change until it rests again")
  boolean wait;

  /** What a decision prints. */
  record Printed(
      String change, String commit, List<ChangeView.ReasonView> reasons, String by, String state) {}

  /**
   * Decides, and follows the change if asked to, or if the control plane would end with this
   * command.
   *
   * @return the exit code: of the change if it was followed, else 0
   */
  int decide(String decision, PrintWriter out, PrintWriter err) throws InterruptedException {
    try (Session session = Session.joinOrStart(home.path(), sandbox)) {
      ChangeView before = session.client().change(change);
      String by = Logins.of(as, Path.of(before.repository()));
      String head = commit.orElse(before.head());
      ChangeView after =
          session
              .client()
              .decide(change, decision, new DecisionRequest(by, head, before.reasons(), comment));
      boolean follow = wait || session.where() == Session.Where.HERE;
      if (follow && after.exitCode() == ChangeView.UNDER_WAY) {
        after = followed(session, err);
      }
      if (output.json) {
        Printed printed = new Printed(change, head, before.reasons(), by, after.state());
        out.println(Json.mapper().writeValueAsString(printed));
      } else {
        Views.print(out, after, output);
      }
      boolean ended = decision.equals("reject");
      return follow && !ended ? Math.max(0, after.exitCode()) : 0;
    }
  }

  private ChangeView followed(Session session, PrintWriter err) throws InterruptedException {
    if (!wait) {
      err.println("no control plane runs on this home, so this command carries the change on");
    }
    try (Progress progress = new Progress(err)) {
      return session
          .client()
          .follow(
              change,
              view -> {
                progress.show(view);
                return view.exitCode() != ChangeView.UNDER_WAY;
              });
    }
  }
}
