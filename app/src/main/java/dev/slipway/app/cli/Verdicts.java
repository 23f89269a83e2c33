package dev.slipway.app.cli;

import dev.slipway.app.json.Json;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Verification;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints what verifying a log found. */
final class Verdicts {
  private Verdicts() {}

  record Place(Optional<Long> index, String message) {
    static Place of(Problem problem) {
      return new Place(
          problem.index().isPresent() ? Optional.of(problem.index().getAsLong()) : Optional.empty(),
          problem.message());
    }

    String line() {
      return index.map(at -> "entry " + at + ": ").orElse("") + message;
    }
  }

  record Printed(boolean ok, long size, String root, String trust, List<Place> problems) {}

  static void print(PrintWriter out, Verification result, Output output) {
    Printed printed =
        new Printed(
            result.ok(),
            result.size(),
            result.root().map(Object::toString).orElse(""),
            result.trust().toString(),
            result.problems().stream().map(Place::of).toList());
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(printed));
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s: %d entries, root %s, %s%n",
        printed.ok() ? "ok" : "NOT OK",
        printed.size(),
        printed.root(),
        printed.trust());
    printed.problems().forEach(it -> out.println("  " + it.line()));
  }
}
