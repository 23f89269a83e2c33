package dev.slipway.app.incidents;

import static dev.slipway.app.incidents.Markdown.code;
import static dev.slipway.app.incidents.Markdown.prose;

import dev.slipway.change.Digest;
import dev.slipway.change.Slot;
import dev.slipway.incident.Cause;
import dev.slipway.incident.DiffSummary;
import dev.slipway.incident.Incident;
import dev.slipway.incident.Ranking;
import dev.slipway.incident.Reproduction;
import dev.slipway.incident.Tripped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An incident report as Markdown, for whoever is on call. */
final class IncidentMarkdown {
  private static final String WEAKER =
      "A file has one p99 for each row, so its tests of latency are over rows: weaker than the live"
          + " ones, which count every request (docs/judge.md).";

  private final Function<Digest, Path> evidence;

  /**
   * @param evidence the file in which the evidence of a digest is kept
   */
  IncidentMarkdown(Function<Digest, Path> evidence) {
    this.evidence = evidence;
  }

  /** The report; the plot is in the file of its name beside it, if there is one. */
  String of(Incident incident, boolean plotted) {
    StringBuilder text = new StringBuilder();
    head(text, incident);
    tripped(text, incident);
    if (plotted) {
      text.append("\n![Canary and baseline until the rollback](")
          .append(incident.name().replace("#", "%23"))
          .append(".svg)\n");
    }
    cause(text, incident.cause());
    evidence(text, incident);
    timeline(text, incident);
    diff(text, incident.diff());
    text.append("\n## What was done\n\n");
    incident.done().forEach(it -> text.append("- ").append(prose(it)).append('\n'));
    reproduction(text, incident);
    return text.toString();
  }

  private static void head(StringBuilder text, Incident incident) {
    Incident.Subject subject = incident.subject();
    text.append("# Taken back from production: ").append(code(subject.change().value()));
    text.append("\n\n| | |\n|---|---|\n");
    row(text, "change", code(subject.title()));
    row(text, "author", code(subject.author()));
    row(
        text,
        "seen in",
        incident.slots().stream().map(Slot::toString).collect(Collectors.joining(", "))
            + incident.share().map(it -> " at " + it).orElse(""));
    row(text, "decided at", incident.decidedAt().toString());
    row(
        text,
        "production back at",
        incident.restoredAt()
            + String.format(
                Locale.ROOT,
                " (%.1f s later)",
                Duration.between(incident.decidedAt(), incident.restoredAt()).toMillis() / 1000.0));
    row(text, "the change is", incident.state());
    row(text, "head", code(subject.head().hex()));
    row(text, "candidate", code(subject.candidate().hex()));
    subject
        .artifacts()
        .forEach((service, digest) -> row(text, "artifact of " + service, code(digest)));
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private static void tripped(StringBuilder text, Incident incident) {
    text.append("\n## What tripped\n\n");
    boolean numbers = incident.tripped().stream().anyMatch(it -> it.canary().isPresent());
    if (numbers) {
      text.append("| | canary | baseline | limit |\n|---|---|---|---|\n");
    }
    for (Tripped it : incident.tripped()) {
      if (it.canary().isPresent()) {
        text.append("| ").append(code(it.rule())).append(" | ");
        text.append(Numbers.of(it.canary(), it.unit())).append(" | ");
        text.append(Numbers.of(it.baseline(), it.unit())).append(" | ");
        text.append(Numbers.of(it.limit(), it.unit())).append(" |\n");
      }
    }
    text.append(numbers ? "\n" : "");
    incident
        .tripped()
        .forEach(
            it ->
                text.append("- ")
                    .append(code(it.rule()))
                    .append(": ")
                    .append(prose(it.message()))
                    .append('\n'));
  }

  private static void cause(StringBuilder text, Cause cause) {
    if (!(cause instanceof Cause.Hypothesis hypothesis)) {
      return;
    }
    text.append("\n## Cause hypothesis\n\nBy ").append(code(hypothesis.model()));
    text.append(". Nobody has proven it.\n\n> ").append(prose(hypothesis.text()));
    text.append("\n\nWhat would tell: ").append(prose(hypothesis.check()));
    text.append("\n\nIt names ");
    text.append(
        hypothesis.lines().stream()
            .map(it -> code(it.file() + ":" + it.line()))
            .collect(Collectors.joining(", ")));
    text.append(
        hypothesis.dropped() > 0
            ? " (and " + hypothesis.dropped() + " places that the change did not touch).\n"
            : ".\n");
  }

  private static void evidence(StringBuilder text, Incident incident) {
    Ranking ranking = incident.ranking();
    text.append("\n## Ranked evidence\n\n");
    text.append("The changed lines (").append(ranking.lines());
    text.append(") by what speaks for each, against what was seen: ");
    text.append(String.join(" and ", ranking.symptoms()));
    text.append(". It says where to look first; it proves nothing.");
    switch (incident.cause()) {
      case Cause.RankedEvidence(String why) -> text.append(" It stands alone: ").append(prose(why));
      case Cause.Asked(String model) ->
          text.append(" It stands alone as yet: ").append(code(model)).append(" is being asked");
      case Cause.Hypothesis ignored -> {}
    }
    text.append(incident.cause() instanceof Cause.Hypothesis ? "\n" : ".\n");
    int place = 0;
    for (Ranking.Suspect suspect : ranking.suspects()) {
      place++;
      text.append('\n').append(place).append(". ");
      text.append(code(suspect.file() + ":" + suspect.line()));
      text.append(String.format(Locale.ROOT, " (%.0f)%n   ", suspect.score()));
      text.append(code((suspect.side() == Ranking.Side.ADDED ? "+ " : "- ") + suspect.text()));
      text.append("\n   ").append(prose(String.join("; ", suspect.reasons()))).append('\n');
    }
    if (ranking.suspects().isEmpty()) {
      text.append("\nNothing speaks for any of them.\n");
    }
  }

  private static void timeline(StringBuilder text, Incident incident) {
    text.append("\n## Timeline\n\n| time (UTC) | what |\n|---|---|\n");
    for (Incident.Moment moment : incident.timeline()) {
      row(text, moment.at().toString(), prose(moment.what()));
    }
  }

  private static void diff(StringBuilder text, DiffSummary diff) {
    text.append("\n## The change\n\n").append(diff.filesTotal()).append(" files, ");
    text.append(diff.added()).append(" lines added, ").append(diff.deleted()).append(" removed.");
    diff.incomplete().ifPresent(it -> text.append(" Not all of it is here: ").append(prose(it)));
    text.append("\n\n| file | | role | + | - |\n|---|---|---|---|---|\n");
    for (DiffSummary.FileSummary file : diff.files()) {
      text.append("| ").append(code(file.path())).append(" | ").append(file.kind());
      text.append(" | ").append(file.role()).append(" | ").append(file.added());
      text.append(" | ").append(file.deleted()).append(" |\n");
    }
    if (diff.filesTotal() > diff.files().size()) {
      text.append("\nThe other ").append(diff.filesTotal() - diff.files().size());
      text.append(" files changed less.\n");
    }
  }

  private void reproduction(StringBuilder text, Incident incident) {
    text.append("\n## How to reproduce\n\n");
    if (incident.reproduction().isEmpty()) {
      text.append("Nothing is kept of a watch: there was none, or its recording was erased.\n");
      return;
    }
    Reproduction again = incident.reproduction().get();
    text.append("    slipway judge ").append(quoted(evidence.apply(again.recording())));
    text.append(' ').append(String.join(" ", again.arguments())).append("\n\n");
    text.append("judges again what was measured, and says ").append(code(again.verdict()));
    text.append(" at ").append(again.decidedAt()).append(". ").append(WEAKER);
    text.append(" The candidate is commit ").append(code(incident.subject().candidate().hex()));
    text.append(" of ").append(code(incident.subject().repository())).append(".\n");
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
