package dev.slipway.app.server;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.api.FlagChangeRequest;
import dev.slipway.app.json.Json;
import dev.slipway.app.server.Problems.Problem;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.change.Printable;
import dev.slipway.change.ServiceName;
import dev.slipway.ledger.KeyConflict;
import dev.slipway.telemetry.FlagChanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Is told over REST that feature flags were switched. */
@RestController
final class FlagChangesController {
  private static final int BODY_BYTES_MAX = 64 << 10;

  /** How far the clock of whoever tells may be ahead of ours. */
  private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  private final ControlPlane controlPlane;

  FlagChangesController(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @GetMapping("/api/flag-changes")
  List<FlagChange> latest() {
    return controlPlane.flags().latest();
  }

  /** One after another, so that what is told twice at once finds itself. */
  @PostMapping("/api/flag-changes")
  synchronized FlagChange changed(InputStream body) throws IOException {
    FlagChange change = read(body, Instant.now());
    try {
      controlPlane.flagChanged(change);
    } catch (KeyConflict e) {
      throw Problem.of(
          HttpStatus.CONFLICT,
          "something else was told under the id " + change.id() + " before: entry " + e.index());
    }
    return change;
  }

  private FlagChange read(InputStream body, Instant now) throws IOException {
    byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
    if (bytes.length > BODY_BYTES_MAX) {
      throw Problem.of(
          HttpStatus.CONTENT_TOO_LARGE, "the body is longer than " + BODY_BYTES_MAX + " bytes");
    }
    FlagChangeRequest request =
        Optional.ofNullable(Json.mapper().readValue(bytes, FlagChangeRequest.class))
            .orElseThrow(
                () ->
                    Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "the body cannot be read: null is not a change of a flag"));
    FlagChange change =
        new FlagChange(
            request.id().orElse("unnamed"),
            request.flag(),
            names("services", request.services()).stream().map(ServiceName::new).toList(),
            names("environments", request.environments()).stream().map(Environment::new).toList(),
            Person.human(request.by()),
            at(request, now));
    return request.id().isPresent() ? change : named(change);
  }

  private static List<String> names(String key, Optional<List<String>> names) {
    if (names.isPresent()
        && (names.get().isEmpty() || names.get().stream().anyMatch(Objects::isNull))) {
      throw Problem.of(
          HttpStatus.BAD_REQUEST, key + " is a list of names; leave it out where all are meant");
    }
    return names.orElse(List.of());
  }

  /** When it is not said: when it was told, under its id, for the first time. */
  private Instant at(FlagChangeRequest request, Instant now) {
    Instant at =
        request
            .at()
            .map(FlagChangesController::time)
            .or(() -> request.id().flatMap(controlPlane.flags()::known).map(FlagChange::at))
            .orElse(now);
    if (at.isAfter(now.plus(AHEAD_MAX)) || at.isBefore(now.minus(FlagChanges.KEPT))) {
      throw Problem.of(
          HttpStatus.BAD_REQUEST,
          "at is %s; it is at most %d days ago, and not in the future (here it is %s)"
              .formatted(at, FlagChanges.KEPT.toDays(), now));
    }
    return at;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "at is a time such as 2026-11-24T14:20:00Z, not: " + Printable.of(text), e);
    }
  }

  /** What is told names it. */
  private static FlagChange named(FlagChange it) {
    String content =
        String.join(
            "\n",
            it.flag(),
            it.services().toString(),
            it.environments().toString(),
            it.by().toString(),
            it.at().toString());
    return new FlagChange(
        Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex(),
        it.flag(),
        it.services(),
        it.environments(),
        it.by(),
        it.at());
  }
}
