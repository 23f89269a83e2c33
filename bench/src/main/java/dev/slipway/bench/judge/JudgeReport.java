package dev.slipway.bench.judge;

import dev.slipway.bench.judge.Scenario.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Writes the measured part of {@code docs/judge.md} and its plots. Everything is simulated from
 * seeds, so the same arguments give the same files.
 */
public final class JudgeReport {
  /** Seeds below were for tuning; the report uses others. */
  private static final long FIRST_SEED = 1_000_000;

  private static final String BEGIN = "<!-- measured: begin -->";
  private static final String END = "<!-- measured: end -->";
  private static final List<Double> MINUTES = List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
  private static final List<Double> MULTIPLES =
      List.of(0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0);

  private final Path docs;
  private final int rollouts;
  private final List<Contestant> judges = Contestants.all();

  private JudgeReport(Path docs, int rollouts) {
    this.docs = docs;
    this.rollouts = rollouts;
  }

  /**
   * @param args the docs directory, then the number of rollouts per scenario
   */
  public static void main(String[] args) throws IOException {
    Path docs = Path.of(args.length > 0 ? args[0] : "docs");
    int rollouts = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    new JudgeReport(docs, rollouts).write();
  }

  private void write() throws IOException {
    Map<Scenario, Map<String, Tally>> results = new LinkedHashMap<>();
    for (Scenario scenario : Scenarios.all()) {
      results.put(scenario, Simulation.run(scenario, judges, rollouts, FIRST_SEED));
    }
    Files.createDirectories(docs.resolve("judge"));
    plot("false-alarms.svg", overTime("Good canaries rolled back", results, Truth.GOOD));
    plot("detection.svg", overTime("Bad canaries rolled back", results, Truth.BAD));
    plot("effect.svg", effect());
    Path page = docs.resolve("judge.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(
        page,
        text.substring(0, begin) + "\n" + tables(results) + text.substring(text.indexOf(END)));
  }

  private void plot(String name, LineChart chart) throws IOException {
    Files.writeString(docs.resolve("judge").resolve(name), chart.svg());
  }

  private LineChart overTime(String title, Map<Scenario, Map<String, Tally>> results, Truth truth) {
    LineChart chart =
        new LineChart(
            title + ", mean over all such scenarios",
            "minutes since the canary began",
            "share rolled back",
            MINUTES);
    for (Contestant judge : judges) {
      List<double[]> points = new ArrayList<>();
      for (int seconds = 0; seconds <= 600; seconds += 10) {
        double by = seconds;
        double share =
            results.entrySet().stream()
                .filter(entry -> entry.getKey().truth() == truth)
                .mapToDouble(entry -> tally(entry.getValue(), judge).failedBy(by))
                .average()
                .orElse(0);
        points.add(new double[] {seconds / 60.0, share});
      }
      chart.line(judge.name(), points);
    }
    return chart;
  }

  /** How the share of failed canaries grows with the error rate. */
  private LineChart effect() {
    LineChart chart =
        new LineChart(
            "Canaries rolled back within ten minutes, by error rate",
            "error rate as a multiple of the limit of 0.5 %",
            "share rolled back",
            MULTIPLES);
    Map<String, List<double[]>> points = new LinkedHashMap<>();
    for (double multiple : MULTIPLES) {
      Scenario scenario =
          new Scenario(
              "errors",
              Truth.BAD,
              Behaviour.of(2.5, 0.005 * multiple, 120),
              Behaviour.of(47.5, Math.min(0.001, 0.005 * multiple), 120));
      Simulation.run(scenario, judges, rollouts, FIRST_SEED)
          .forEach(
              (judge, tally) ->
                  points
                      .computeIfAbsent(judge, name -> new ArrayList<>())
                      .add(new double[] {multiple, tally.failShare()}));
    }
    points.forEach(chart::line);
    return chart;
  }

  private static Tally tally(Map<String, Tally> tallies, Contestant judge) {
    return tallies.getOrDefault(judge.name(), new Tally());
  }

  private String tables(Map<Scenario, Map<String, Tally>> results) {
    return "%d rollouts per scenario, seeds from %d.\n\n".formatted(rollouts, FIRST_SEED)
        + table("Good canaries: share rolled back (and share not decided)", results, Truth.GOOD)
        + table("Bad canaries: share rolled back (median seconds until then)", results, Truth.BAD)
        + table("Nobody can tell: share passed / rolled back", results, Truth.UNDECIDABLE);
  }

  private String table(String title, Map<Scenario, Map<String, Tally>> results, Truth truth) {
    StringBuilder table = new StringBuilder("**" + title + "**\n\n| scenario |");
    judges.forEach(judge -> table.append(' ').append(judge.name()).append(" |"));
    table.append("\n|---|").append("---|".repeat(judges.size())).append('\n');
    results.forEach(
        (scenario, tallies) -> {
          if (scenario.truth() == truth) {
            table.append("| ").append(scenario.name()).append(" |");
            judges.forEach(
                judge -> table.append(' ').append(cell(tally(tallies, judge), truth)).append(" |"));
            table.append('\n');
          }
        });
    return table.append('\n').toString();
  }

  private static String cell(Tally tally, Truth truth) {
    return switch (truth) {
      case GOOD -> percent(tally.failShare()) + " (" + percent(tally.otherShare()) + ")";
      case BAD ->
          DoubleStream.of(tally.medianSeconds())
              .filter(Double::isFinite)
              .mapToObj(s -> percent(tally.failShare()) + " (" + Math.round(s) + " s)")
              .findFirst()
              .orElse(percent(tally.failShare()));
      case UNDECIDABLE -> percent(tally.passShare()) + " / " + percent(tally.failShare());
    };
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * Math.abs(share));
  }
}
