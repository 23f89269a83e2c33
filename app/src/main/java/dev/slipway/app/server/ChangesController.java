package dev.slipway.app.server;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.Version;
import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.DecisionRequest;
import dev.slipway.app.api.ShipRequest;
import dev.slipway.app.api.ShipRequest.EmergencyRequest;
import dev.slipway.app.engine.ChangeFilter;
import dev.slipway.app.engine.ChangeSummary;
import dev.slipway.app.engine.Lease;
import dev.slipway.app.engine.Reply;
import dev.slipway.app.engine.Watch;
import dev.slipway.app.localgit.BranchPulls;
import dev.slipway.app.server.Problems.Problem;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.incident.Incidents;
import dev.slipway.pipeline.Options;
import dev.slipway.pipeline.Signal;
import dev.slipway.policy.Reason;
import dev.slipway.project.Projects;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Changes over REST. */
@RestController
final class ChangesController {
  private static final long NO_TIMEOUT = 0L;
  private static final int KNOWN_MAX = 20;

  private final ControlPlane controlPlane;

  ChangesController(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @GetMapping("/api/health")
  Map<String, String> health() {
    return Map.of("status", "up", "version", Version.text());
  }

  @GetMapping("/api/changes")
  List<ChangeSummary> changes() {
    return controlPlane.engine().changes(ChangeFilter.LATEST);
  }

  @GetMapping("/api/leases")
  List<Lease> leases() {
    return controlPlane.engine().leases();
  }

  @PostMapping("/api/changes")
  ChangeView open(@RequestBody ShipRequest request) {
    PullRequest read =
        BranchPulls.read(request.repository(), request.headBranch(), request.baseBranch())
            .orElseThrow(
                () ->
                    Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        request.repository() + " has no branch " + request.headBranch()));
    PullRequest pull = known(read).map(read::as).orElse(read);
    requireConfiguration(pull);
    supersede(pull);
    Options usual =
        new Options(
            request.stagingMeasure().map(Duration::parse),
            request.canaryWindow().map(Duration::parse),
            request.rampStep().map(Duration::parse),
            request.firstDeployment().map(Person::human),
            Optional.of(controlPlane.sandbox().name()),
            Optional.empty(),
            request.priority());
    Options options =
        request.emergency().map(EmergencyRequest::declared).map(usual::with).orElse(usual);
    return told(pull.id(), new Signal.Open(pull, options));
  }

  /** A configuration that cannot be used is the caller's to mend, before anything begins. */
  private void requireConfiguration(PullRequest pull) {
    CommitId base =
        controlPlane
            .git()
            .branch(pull.repository(), pull.baseBranch())
            .orElseThrow(
                () ->
                    Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        pull.repository() + " has no branch " + pull.baseBranch()));
    switch (controlPlane.projects().at(pull.repository(), base)) {
      case Projects.Reading.Configured ignored -> {}
      case Projects.Reading.Missing ignored ->
          throw Problem.of(
              HttpStatus.UNPROCESSABLE_CONTENT,
              pull.baseBranch()
                  + " has no .slipway.yml: write one with `slipway init --repo "
                  + pull.repository()
                  + "`, look at it, and commit it to "
                  + pull.baseBranch());
      case Projects.Reading.Invalid invalid ->
          throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, invalid.errors());
    }
  }

  /** The change that already stands at this head: tests of our own may have moved it there. */
  private Optional<ChangeId> known(PullRequest pull) {
    ChangeFilter ofBranch =
        new ChangeFilter(
            Optional.of(pull.repository()),
            Optional.of(pull.headBranch()),
            ChangeFilter.Standing.ANY,
            KNOWN_MAX);
    return controlPlane.engine().changes(ofBranch).stream()
        .map(ChangeSummary::id)
        .filter(
            id ->
                controlPlane
                    .engine()
                    .state(id)
                    .filter(state -> state.isAt(pull.head()))
                    .isPresent())
        .findFirst();
  }

  /** A new push takes the place of what is under way for the same branch. */
  private void supersede(PullRequest pull) {
    ChangeFilter older =
        new ChangeFilter(
            Optional.of(pull.repository()),
            Optional.of(pull.headBranch()),
            ChangeFilter.Standing.IN_FLIGHT,
            100);
    for (ChangeSummary change : controlPlane.engine().changes(older)) {
      if (!change.id().equals(pull.id())) {
        controlPlane.engine().tell(change.id(), new Signal.Push(pull.head()));
      }
    }
  }

  @GetMapping("/api/changes/{change}")
  ChangeView change(@PathVariable String change) {
    return controlPlane
        .engine()
        .state(new ChangeId(change))
        .map(ChangeView::of)
        .map(view -> view.reportedIn(report(view.change())))
        .orElseThrow(() -> Problem.of(HttpStatus.NOT_FOUND, "there is no change " + change));
  }

  private Optional<String> report(String change) {
    return controlPlane.incidents().latest(new ChangeId(change)).map(Incidents.Kept::place);
  }

  @PostMapping("/api/changes/{change}/approve")
  ChangeView approve(@PathVariable String change, @RequestBody DecisionRequest decision) {
    return told(
        new ChangeId(change),
        new Signal.Approve(
            Person.human(decision.by()),
            new CommitId(decision.commit()),
            decision.reasons().stream()
                .map(it -> new Reason(it.rule(), it.subject(), it.message()))
                .toList(),
            decision.comment()));
  }

  @PostMapping("/api/changes/{change}/promote")
  ChangeView promote(@PathVariable String change, @RequestBody DecisionRequest decision) {
    return told(
        new ChangeId(change),
        new Signal.PromoteEarly(
            Person.human(decision.by()), new CommitId(decision.commit()), decision.comment()));
  }

  @PostMapping("/api/changes/{change}/reject")
  ChangeView reject(@PathVariable String change, @RequestBody DecisionRequest decision) {
    return told(
        new ChangeId(change), new Signal.Reject(Person.human(decision.by()), decision.comment()));
  }

  @PostMapping("/api/changes/{change}/retry")
  ChangeView retry(@PathVariable String change, @RequestBody DecisionRequest decision) {
    return told(new ChangeId(change), new Signal.Retry(Person.human(decision.by())));
  }

  /** Every state from now on, as an event each; ends when the change has ended. */
  @GetMapping(path = "/api/changes/{change}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(@PathVariable String change) {
    SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
    Watch watch =
        controlPlane
            .engine()
            .watch(
                new ChangeId(change),
                state -> {
                  try {
                    emitter.send(ChangeView.of(state), MediaType.APPLICATION_JSON);
                    if (state.step().ended()) {
                      emitter.complete();
                    }
                  } catch (IOException | IllegalStateException e) {
                    // Whoever watched has gone; the change goes on all the same.
                    emitter.completeWithError(e);
                  }
                });
    emitter.onCompletion(watch::close);
    emitter.onTimeout(watch::close);
    emitter.onError(ignored -> watch.close());
    return emitter;
  }

  private ChangeView told(ChangeId change, Signal signal) {
    try {
      return switch (controlPlane.engine().ask(change, signal).toCompletableFuture().join()) {
        case Reply.Accepted accepted -> ChangeView.of(accepted.state());
        case Reply.Refused refused -> throw Problem.of(HttpStatus.CONFLICT, refused.why());
      };
    } catch (CompletionException e) {
      throw Problem.of(
          HttpStatus.SERVICE_UNAVAILABLE, "the engine does not answer: " + e.getCause());
    }
  }
}
