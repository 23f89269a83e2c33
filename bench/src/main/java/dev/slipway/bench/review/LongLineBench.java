package dev.slipway.bench.review;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.Detectors;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which detector takes longest on one long line, and how the time grows with its length: each
 * detector by itself on lines of 50 and of 200 kilobytes, of many kinds of text. Linear is four
 * times.
 *
 * <p>{@code LongLineBench [ENDING]}
 */
final class LongLineBench {
  private static final int SHORT = 50_000;
  private static final int LONG = 200_000;
  private static final int SHOWN = 15;

  private static final String[] UNITS = {
    "a",
    " ",
    "\"",
    "'",
    "`",
    "(",
    "{",
    "\\",
    "=",
    ":",
    ".",
    "-",
    "_",
    "/",
    "://",
    "<",
    "#",
    "*",
    "/*",
    "\r",
    "$",
    "${{",
    "eyJ",
    "-eyJ",
    "sk-",
    "xoxb-",
    "AKIA",
    "key=",
    "key:\"",
    "password='",
    "token=\"a",
    "--password ",
    "://a:b",
    "http://a",
    "https://a.b",
    ";pwd=",
    "curl ",
    "curl a | ",
    "eval(",
    "base64 -d ",
    "-----BEGIN ",
    "\u200b",
    "\u202e",
    "\u0430a",
    "\"a\"+",
    "aA1",
    "process.env.",
    "getenv(\"",
    "resolved ",
    "<dependency>",
    "\"a\":\"1\",",
    "uses: a@b ",
    "FROM a ",
    "env | ",
    "a@",
    "${A}",
    "slipway:allow ",
    "import a ",
    "key = key = ",
    "e.e.e.",
    "select a from b where ",
    "update a set ",
    "exec(`${a}`);",
    "query('a' + b);",
    "where a = "
  };

  private record Time(String detector, String unit, double brief, double whole) {}

  private LongLineBench() {}

  public static void main(String[] args) {
    String ending = args.length > 0 ? args[0] : ".js";
    List<Time> times = new ArrayList<>();
    for (Detector detector : Detectors.all()) {
      for (String unit : UNITS) {
        measure(detector, line(ending, unit, SHORT));
        times.add(
            new Time(
                detector.name(),
                unit,
                measure(detector, line(ending, unit, SHORT)),
                measure(detector, line(ending, unit, LONG))));
      }
    }
    times.sort(Comparator.comparingDouble(Time::whole).reversed());
    for (Time time : times.subList(0, SHOWN)) {
      System.out.printf(
          Locale.ROOT,
          "%-14s %-24s %7.1f ms, %8.1f ms: x %.1f%n",
          time.detector(),
          "«" + time.unit().replace("\r", "CR") + "»",
          time.brief() * 1e3,
          time.whole() * 1e3,
          time.whole() / time.brief());
    }
  }

  private static double measure(Detector detector, Subject subject) {
    long start = System.nanoTime();
    Detector.Outcome outcome = detector.inspect(subject);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (outcome.toString().isEmpty()) {
      throw new IllegalStateException("an outcome says what it is");
    }
    return seconds;
  }

  private static Subject line(String ending, String unit, int length) {
    Line line = new Line.Added(unit.repeat(length / unit.length()));
    FileChange file =
        new FileChange(
            Kind.ADDED,
            "src/one" + ending,
            "src/one" + ending,
            0,
            0100644,
            Content.TEXT,
            List.of(new Hunk(0, 1, List.of(line))));
    return new Subject(
        "",
        "",
        "",
        Diff.complete(List.of(file)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
