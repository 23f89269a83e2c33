package dev.slipway.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that the document names for each control exist, with those options. */
class SocDocumentTest {
  private static final Pattern COMMAND =
      Pattern.compile("slipway ((?:[a-z]+(?![A-Za-z0-9./-]) ?)+)([^`\\n]*)");
  private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

  @Test
  void everyCommandOfTheDocumentExists() throws Exception {
    String text = Files.readString(document());
    List<MatchResult> commands =
        text.lines()
            .filter(line -> line.contains("`") || line.startsWith("slipway "))
            .flatMap(line -> COMMAND.matcher(line).results())
            .toList();
    assertThat(commands).hasSizeGreaterThan(8);
    for (MatchResult command : commands) {
      CommandLine named = named(command.group(1).strip());
      OPTION
          .matcher(command.group(2))
          .results()
          .forEach(
              option ->
                  assertThat(named.getCommandSpec().optionsMap())
                      .as(command.group())
                      .containsKey(option.group()));
    }
  }

  private static CommandLine named(String words) {
    CommandLine at = new CommandLine(new Slipway());
    for (String word : words.split(" ", -1)) {
      at =
          Optional.ofNullable(at.getSubcommands().get(word))
              .orElseThrow(() -> new AssertionError("there is no command slipway " + words));
    }
    return at;
  }

  private static Path document() {
    Path here = Path.of("docs/soc2.md");
    return Files.exists(here) ? here : Path.of("../docs/soc2.md");
  }
}
