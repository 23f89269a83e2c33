package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.pipeline.Act;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Emergency;
import dev.slipway.pipeline.Event;
import dev.slipway.pipeline.Options;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Result;
import dev.slipway.pipeline.Signal;
import dev.slipway.pipeline.Step;
import dev.slipway.policy.Reason;
import dev.slipway.project.Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes histories of changes and of a lease in their stored form, for {@link StoredFormsTest}: a
 * change to a line, its manifest, its JSON. Run by hand when a form gets a new version, into a new
 * file; an old file is never touched, for that is what lies in people's journals.
 */
final class Histories {
  private final StoredForms forms = new StoredForms();
  private final List<String> lines = new ArrayList<>();

  /** One change, driven by the planner alone. */
  private final class Drive {
    private final Planner planner = new Planner("recorded");
    private final Performer performer;
    private final ChangeId id;
    private Optional<ChangeState> state = Optional.empty();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long token;

    private Drive(String id, Performer performer) {
      this(id, performer, Options.NONE);
    }

    private Drive(String id, Performer performer, Options options) {
      this.id = new ChangeId(id);
      this.performer = performer;
      send(Passing.open(this.id, options));
    }

    /** The key of what the step is for. */
    private String work() {
      return planner.acts(state.orElseThrow()).stream()
          .filter(it -> it instanceof Act.Inspect || it instanceof Act.RollBack)
          .map(Act::key)
          .findFirst()
          .orElseThrow();
    }

    private void send(Signal signal) {
      now = now.plusMillis(1500);
      switch (planner.plan(state, signal, now)) {
        case Planner.Answer.Accepted accepted -> {
          for (Event event : accepted.events()) {
            lines.add(id + "\t" + line(event));
            state = Optional.of(planner.evolve(state, event));
          }
        }
        case Planner.Answer.Refused refused -> throw new IllegalStateException(refused.why());
      }
    }

    private void until(Step step) throws InterruptedException {
      while (state.orElseThrow().step() != step) {
        for (Act act : planner.acts(state.orElseThrow())) {
          if (act instanceof Act.HoldLease hold) {
            send(new Signal.LeaseGranted(hold.slot(), ++token));
          } else if (!(act instanceof Act.Timer)) {
            send(new Signal.Done(act.key(), performer.perform(act)));
          }
          if (state.orElseThrow().step() == step) {
            return;
          }
        }
      }
    }
  }

  private String line(Object event) {
    return forms.manifest(event) + "\t" + new String(forms.toBinary(event), StandardCharsets.UTF_8);
  }

  private void changes() throws InterruptedException {
    Passing passing = new Passing(new ServiceName("orders"), Service.Kind.HTTP);
    Drive shipped = new Drive("shipped", risky(passing));
    shipped.until(Step.WAITING_FOR_PERSON);
    shipped.send(
        new Signal.Approve(
            Passing.REVIEWER,
            Passing.head(shipped.id),
            shipped.state.orElseThrow().reasons(),
            "seen"));
    shipped.until(Step.SHIPPED);

    Drive rejected = new Drive("rejected", risky(passing));
    rejected.until(Step.WAITING_FOR_PERSON);
    rejected.send(new Signal.Retry(Passing.REVIEWER));
    rejected.until(Step.WAITING_FOR_PERSON);
    rejected.send(new Signal.Reject(Passing.REVIEWER, "not like this"));

    Drive superseded = new Drive("superseded", passing);
    superseded.until(Step.TESTING);
    superseded.send(new Signal.Push(new CommitId("f".repeat(40))));

    Drive closed = new Drive("closed", passing);
    closed.send(new Signal.Close());

    Drive withdrawn = new Drive("withdrawn", passing);
    withdrawn.until(Step.SHIPPED);
    withdrawn.send(new Signal.Withdraw(Passing.REVIEWER, "it loses orders"));
    withdrawn.until(Step.ROLLED_BACK);

    Drive moved = new Drive("moved", passing);
    moved.until(Step.MERGING);
    for (Act act : moved.planner.acts(moved.state.orElseThrow())) {
      if (act instanceof Act.Merge) {
        moved.send(new Signal.Done(act.key(), new Result.BaseMoved(new CommitId("e".repeat(40)))));
      }
    }
    moved.until(Step.SHIPPED);
  }

  private void added() throws InterruptedException {
    Passing passing = new Passing(new ServiceName("orders"), Service.Kind.LIBRARY);
    Drive added =
        new Drive(
            "added",
            act ->
                act instanceof Act.Inspect
                        && passing.perform(act) instanceof Result.Reported reported
                    ? new Result.Reported(
                        reported.report().proposing(new CommitId("a".repeat(40))),
                        reported.digest())
                    : passing.perform(act));
    added.until(Step.SHIPPED);
  }

  /** Promoted early, rolled back in doubt, tried again, shipped, and reviewed by nobody. */
  private void emergency() throws InterruptedException {
    Emergency declared =
        new Emergency(
            List.of(Stage.TEST, Stage.STAGING, Stage.VALIDATION), "it burns", Passing.AUTHOR);
    Drive drive =
        new Drive(
            "emergency",
            new Passing(new ServiceName("orders"), Service.Kind.HTTP),
            Options.NONE.with(declared));
    drive.until(Step.WATCHING);
    drive.send(new Signal.PromoteEarly(Passing.REVIEWER, Passing.head(drive.id), "it is well"));
    drive.until(Step.WATCHING);
    drive.send(new Signal.Broke(drive.work(), "no metrics"));
    Reason doubt = new Reason("rollback.unconfirmed", "production/orders", "no metrics");
    drive.send(new Signal.Done(drive.work(), new Result.RolledBack(List.of(doubt))));
    drive.send(new Signal.Retry(Passing.REVIEWER));
    drive.until(Step.SHIPPED);
    drive.send(new Signal.ReviewOverdue());
  }

  /** What the review found of its risk goes along with it. */
  private void assessed() throws InterruptedException {
    Drive assessed =
        new Drive("assessed", new Passing(new ServiceName("orders"), Service.Kind.HTTP));
    assessed.until(Step.SHIPPED);
  }

  private static Performer risky(Passing passing) {
    return act ->
        act instanceof Act.Inspect inspect && inspect.stage() == Stage.REVIEW
            ? new Result.Reported(Passing.risk(9), "sha256:" + "d".repeat(64))
            : passing.perform(act);
  }

  private void lease() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    LeaseQueue queue = LeaseQueue.EMPTY;
    List<LeaseEvent> events = new ArrayList<>(queue.request(new ChangeId("a"), 0, now));
    queue = events.stream().reduce(queue, LeaseQueue::after, (x, y) -> y);
    for (LeaseEvent event : queue.request(new ChangeId("b"), 3, now)) {
      events.add(event);
      queue = queue.after(event);
    }
    LeaseQueue snapshot = queue;
    for (LeaseEvent event : queue.leave(new ChangeId("a"), now)) {
      events.add(event);
    }
    events.forEach(event -> lines.add("lease\t" + line(event)));
    lines.add("snapshot\t" + line(snapshot));
  }

  /** The file to write, and which histories: all as they were first, or what came later. */
  public static void main(String[] args) throws Exception {
    Histories histories = new Histories();
    switch (args.length > 1 ? args[1] : "first") {
      case "added" -> histories.added();
      case "emergency" -> histories.emergency();
      case "assessed" -> histories.assessed();
      default -> {
        histories.changes();
        histories.lease();
      }
    }
    Files.write(Path.of(args[0]), histories.lines);
  }
}
