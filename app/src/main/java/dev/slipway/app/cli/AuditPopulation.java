package dev.slipway.app.cli;

import dev.slipway.app.audit.CsvTable;
import dev.slipway.app.audit.Dossier;
import dev.slipway.app.audit.LogInquiry;
import dev.slipway.app.audit.Population;
import dev.slipway.app.audit.PopulationRow;
import dev.slipway.app.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what was deployed in a period, and draws a sample of it. */
@Command(
    name = "population",
    mixinStandardHelpOptions = true,
    description =
        "Lists every change that moved production in a period, as CSV, with who wrote, approved and"
            + " deployed it, its tests, exceptions and rollbacks; and draws a sample, with a bundle"
            + " of evidence for each change in it. Exit codes: 0 all that was found is recorded, 1"
            + " the log does not verify or something was found that it does not explain.",
    footer = {
      "",
      "Example:",
      "  slipway audit population --from 2026-01-01 --to 2026-07-01 --sample 25 --out h1"
    })
final class AuditPopulation implements Callable<Integer> {
  private static final String SAMPLED = "sampled";

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();
  @Mixin LogOfHome log = new LogOfHome();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = "first day (UTC), or an instant")
  String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DATE",
      description = "the day (UTC) after the last, or an instant")
  String to = "";

  @Option(names = "--sample", paramLabel = "N", description = "how many changes to draw")
  int sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "draws the same sample again; default: a random one, which is told")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a new directory for population.csv and the sample's bundles")
  Optional<Path> out = Optional.empty();

  record Printed(
      String from,
      String to,
      int size,
      long seed,
      List<String> sample,
      List<Map<String, String>> changes) {}

  @Override
  public Integer call() {
    if (sample < 0) {
      throw new Stop(Slipway.USAGE, "--sample is a number of changes, not " + sample);
    }
    Population population = new Population(Periods.of(from, to));
    Inquiries inquiries = new Inquiries(log, spec.commandLine().getErr());
    LogInquiry inquiry = inquiries.open();
    List<Dossier> changes = inquiries.sound(inquiry.population(population));
    long drawn = seed.orElseGet(() -> new SecureRandom().nextLong(Integer.MAX_VALUE));
    List<Dossier> sampled = Population.sample(changes, drawn, sample);
    List<Map<String, String>> rows = rows(population, changes, sampled);
    List<String> columns = new ArrayList<>(PopulationRow.columns());
    columns.add(SAMPLED);
    String csv = CsvTable.of(columns, rows);
    out.ifPresent(directory -> write(directory, csv, inquiries, inquiry, sampled));
    print(new Printed(from, to, changes.size(), drawn, names(sampled), rows), csv);
    return population.discrepancies().isEmpty() ? 0 : 1;
  }

  private static List<Map<String, String>> rows(
      Population population, List<Dossier> changes, List<Dossier> sampled) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Dossier change : changes) {
      Map<String, String> row = PopulationRow.of(change);
      row.put(SAMPLED, sampled.contains(change) ? "yes" : "");
      rows.add(row);
    }
    population.discrepancies().forEach(it -> rows.add(PopulationRow.of(it)));
    return rows;
  }

  private static List<String> names(List<Dossier> changes) {
    return changes.stream().map(it -> it.change().value()).toList();
  }

  private void print(Printed printed, String csv) {
    if (output.json) {
      spec.commandLine().getOut().println(Json.mapper().writeValueAsString(printed));
    } else if (out.isEmpty()) {
      spec.commandLine().getOut().print(csv);
      spec.commandLine().getOut().flush();
    } else {
      spec.commandLine()
          .getOut()
          .println(
              out.get()
                  + ": "
                  + printed.size()
                  + " changes, "
                  + printed.sample().size()
                  + " of them drawn with seed "
                  + printed.seed());
    }
    if (sample > 0 && seed.isEmpty()) {
      spec.commandLine().getErr().println("the sample was drawn with --seed " + printed.seed());
    }
  }

  private static void write(
      Path directory, String csv, Inquiries inquiries, LogInquiry inquiry, List<Dossier> sampled) {
    try {
      Files.createDirectory(directory);
      Files.writeString(directory.resolve("population.csv"), csv, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Stop(Slipway.USAGE, "cannot write to the new directory " + directory + ": " + e);
    }
    for (Dossier change : sampled) {
      inquiries.write(inquiry, change, directory.resolve(change.change() + ".zip"));
    }
  }
}
