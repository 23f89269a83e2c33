package dev.slipway.app.server;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.server.Problems.Problem;
import dev.slipway.change.ChangeId;
import dev.slipway.incident.Incident;
import dev.slipway.incident.Incidents;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Investigation;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Incident reports over REST. */
@RestController
final class IncidentsController {
  /** How long a report that is being written is waited for: the model's part takes a while. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  IncidentsController(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** The latest report on the change; one that is being written is waited for. */
  @GetMapping("/api/changes/{change}/incident")
  ResponseEntity<String> incident(@PathVariable String change) throws InterruptedException {
    ChangeState state =
        controlPlane
            .engine()
            .state(new ChangeId(change))
            .orElseThrow(() -> Problem.of(HttpStatus.NOT_FOUND, "there is no change " + change));
    Optional<Incidents.Kept> kept =
        Investigation.isDue(state)
            ? controlPlane
                .incidents()
                .await(Incident.name(state.pull().id(), state.turn()), WRITTEN_WITHIN)
            : controlPlane.incidents().latest(state.pull().id());
    return kept.map(
            it ->
                ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("Cache-Control", "no-store")
                    .body(it.document()))
        .orElseThrow(
            () -> Problem.of(HttpStatus.NOT_FOUND, "there is no incident report on " + change));
  }
}
