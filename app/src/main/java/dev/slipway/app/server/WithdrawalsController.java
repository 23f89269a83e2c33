package dev.slipway.app.server;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.HoldView;
import dev.slipway.app.api.RevertView;
import dev.slipway.app.api.WithdrawRequest;
import dev.slipway.app.engine.Lease;
import dev.slipway.app.engine.Reply;
import dev.slipway.app.engine.Watch;
import dev.slipway.app.server.Problems.Problem;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Reversal;
import dev.slipway.pipeline.Signal;
import dev.slipway.target.Release;
import dev.slipway.target.Release.Withdrawal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes back what has shipped, over REST. */
@RestController
final class WithdrawalsController {
  /** How long a revert is waited for. */
  private static final long REVERT_SECONDS_MAX = 10;

  private final ControlPlane controlPlane;

  WithdrawalsController(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @GetMapping("/api/holds")
  List<HoldView> holds() {
    return controlPlane.releases().withdrawn().entrySet().stream()
        .map(held -> HoldView.of(held.getKey(), held.getValue()))
        .toList();
  }

  /** Gives the change that is taken back; asked again, it is the same one. */
  @PostMapping("/api/withdrawals")
  ChangeView withdraw(@RequestBody WithdrawRequest request) {
    Slot slot =
        new Slot(new Environment(request.environment()), new ServiceName(request.service()));
    Release latest =
        controlPlane
            .releases()
            .latest(slot)
            .orElseThrow(
                () -> Problem.of(HttpStatus.CONFLICT, "nothing that shipped runs in " + slot));
    ChangeId change = latest.withdrawal().map(Withdrawal::withdrawn).orElse(latest.change());
    if (latest.withdrawal().isEmpty() && controlPlane.releases().before(slot, change).isEmpty()) {
      throw Problem.of(
          HttpStatus.CONFLICT, "nothing is known to have run in " + slot + " before " + change);
    }
    Signal signal = new Signal.Withdraw(Person.human(request.by()), request.reason());
    try {
      return switch (controlPlane.engine().ask(change, signal).toCompletableFuture().join()) {
        case Reply.Accepted accepted -> {
          makeWay(slot, change, request);
          yield ChangeView.of(accepted.state());
        }
        case Reply.Refused refused -> throw Problem.of(HttpStatus.CONFLICT, refused.why());
      };
    } catch (CompletionException e) {
      throw Problem.of(
          HttpStatus.SERVICE_UNAVAILABLE, "the engine does not answer: " + e.getCause());
    }
  }

  /** The change that takes the withdrawn one out of its base branch, as soon as it is open. */
  @GetMapping("/api/withdrawals/{change}/revert")
  RevertView revert(@PathVariable String change) {
    ChangeState state =
        controlPlane
            .engine()
            .state(new ChangeId(change))
            .filter(it -> it.withdrawal().isPresent())
            .orElseThrow(() -> Problem.of(HttpStatus.NOT_FOUND, change + " was not taken back"));
    Reversal reversal = Reversal.of(state);
    CompletableFuture<ChangeState> open = new CompletableFuture<>();
    Watch watch = controlPlane.engine().watch(reversal.change(), open::complete);
    try {
      ChangeState revert = open.orTimeout(REVERT_SECONDS_MAX, TimeUnit.SECONDS).join();
      return new RevertView(
          Optional.of(revert.pull().id().value()),
          Optional.of(revert.pull().headBranch()),
          "it is " + revert.state() + ", and goes first in the queue");
    } catch (CompletionException e) {
      return new RevertView(
          Optional.empty(),
          Optional.empty(),
          "no change that reverts it is open yet: where reverting conflicts, a person has to");
    } finally {
      watch.close();
    }
  }

  /** A canary under way would keep the lease for as long as it is watched. */
  private void makeWay(Slot slot, ChangeId change, WithdrawRequest request) {
    String why = "%s took back %s: %s".formatted(request.by(), change, request.reason());
    controlPlane.engine().leases().stream()
        .filter(lease -> lease.slot().equals(slot))
        .flatMap(lease -> lease.holder().stream())
        .map(Lease.Place::change)
        .filter(holder -> !holder.equals(change))
        .forEach(holder -> controlPlane.engine().tell(holder, new Signal.GiveWay(slot, why)));
  }
}
