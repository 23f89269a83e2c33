package dev.slipway.app.server;

import dev.slipway.change.Printable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;

/** Turns what cannot be done into an answer that says why. */
@RestControllerAdvice
final class Problems {
  /** A request that cannot be met: its status and what is wrong, a sentence each. */
  static final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient HttpStatus status;
    private final transient List<String> errors;

    Problem(HttpStatus status, List<String> errors) {
      super(String.join("; ", errors));
      this.status = status;
      this.errors = List.copyOf(errors);
    }

    static Problem of(HttpStatus status, String error) {
      return new Problem(status, List.of(error));
    }
  }

  record Body(List<String> errors) {}

  @ExceptionHandler
  ResponseEntity<Body> problem(Problem problem) {
    return ResponseEntity.status(problem.status).body(new Body(problem.errors));
  }

  @ExceptionHandler
  ResponseEntity<Body> json(JacksonException problem) {
    String place =
        problem.getPath().stream()
            .map(JacksonException.Reference::getPropertyName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    return ResponseEntity.badRequest()
        .body(
            new Body(
                List.of(
                    "the body cannot be read%s: %s"
                        .formatted(
                            place.isEmpty() ? "" : ", at " + Printable.of(place),
                            Printable.of(String.valueOf(problem.getOriginalMessage()))))));
  }

  /** A body that Spring reads for us. */
  @ExceptionHandler
  ResponseEntity<Body> unreadable(HttpMessageNotReadableException problem) {
    return problem.getCause() instanceof JacksonException json
        ? json(json)
        : ResponseEntity.badRequest().body(new Body(List.of("the body cannot be read")));
  }

  @ExceptionHandler
  ResponseEntity<Body> argument(IllegalArgumentException problem) {
    return ResponseEntity.badRequest()
        .body(new Body(List.of(String.valueOf(problem.getMessage()))));
  }

  @ExceptionHandler
  ResponseEntity<Body> time(java.time.DateTimeException problem) {
    return ResponseEntity.badRequest()
        .body(new Body(List.of(String.valueOf(problem.getMessage()))));
  }

  @ExceptionHandler
  ResponseEntity<Body> file(java.io.UncheckedIOException problem) {
    return ResponseEntity.badRequest()
        .body(new Body(List.of(String.valueOf(problem.getMessage()))));
  }
}
