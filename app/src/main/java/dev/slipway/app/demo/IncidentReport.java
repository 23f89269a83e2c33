package dev.slipway.app.demo;

import dev.slipway.app.api.ChangeView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What is written about a change that production was rolled back from, for whoever is on call. */
final class IncidentReport {
  private IncidentReport() {}

  /** Writes {@code incidents/<change>.md} under the home and gives its path. */
  static Path write(Path home, Track track, Optional<ProductionRoute.Exposure> exposure) {
    ChangeView change = track.latest().orElseThrow();
    Path file = home.resolve("incidents").resolve(change.change() + ".md");
    try {
      Files.createDirectories(home.resolve("incidents"));
      return Files.writeString(file, text(track, change, exposure));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static String text(Track track, ChangeView change, Optional<ProductionRoute.Exposure> exposure) {
    StringBuilder text = new StringBuilder();
    text.append("# Rolled back: ").append(change.title()).append("\n\n");
    text.append("| | |\n|---|---|\n");
    row(text, "change", change.change());
    row(text, "author", change.author());
    row(text, "commit", change.head());
    change.candidate().ifPresent(candidate -> row(text, "candidate", candidate));
    change.artifact().ifPresent(artifact -> row(text, "artifact", artifact));
    exposure.ifPresent(it -> row(text, "requests it got", requests(it)));
    text.append("\n## Why\n\n");
    change
        .reasons()
        .forEach(
            it ->
                text.append("- `")
                    .append(it.rule())
                    .append("`: ")
                    .append(it.message())
                    .append('\n'));
    text.append(
        "\n## Timeline\n\n| time (UTC) | state | stage | verdict | doing |\n|---|---|---|---|---|\n");
    for (Track.Moment moment : track.moments()) {
      text.append("| ").append(moment.at()).append(" | ").append(moment.state());
      text.append(" | ").append(moment.stage()).append(" | ").append(moment.verdict());
      text.append(" | ").append(moment.step()).append(" |\n");
    }
    text.append("\n## Verdicts\n\n| stage | verdict | began | ended |\n|---|---|---|---|\n");
    for (ChangeView.StageView stage : change.stages()) {
      text.append("| ").append(stage.stage()).append(" | ").append(stage.verdict());
      text.append(" | ").append(stage.startedAt().orElse("-"));
      text.append(" | ").append(stage.endedAt().orElse("-")).append(" |\n");
    }
    return text.append(
            "\nProduction is on the version it had before. This artifact is not deployed there"
                + " again without a person's approval.\n")
        .toString();
  }

  static String requests(ProductionRoute.Exposure exposure) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d (%.1f %%; its share was never above %.0f %%), %,d of them failed",
        exposure.canary(),
        exposure.all(),
        exposure.share() * 100,
        exposure.shareMax() * 100,
        exposure.canaryErrors());
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value.replace("|", "\\|")).append(" |\n");
  }
}
