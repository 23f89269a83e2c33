package dev.slipway.app.commands;

import dev.slipway.app.TestTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The documentation's script, and others in the same language. */
final class DocumentedScript {
  private static final Path PAGE = Path.of("../docs/operating/command-target.md");

  private DocumentedScript() {}

  /** The first block of that language on the page. */
  static String block(String language) throws IOException {
    String page = Files.readString(PAGE);
    String opening = "```" + language + "\n";
    String block = page.substring(page.indexOf(opening) + opening.length());
    return block.substring(0, block.indexOf("```"));
  }

  /** A script of this text. */
  static Script script(Path directory, String text, String... arguments) throws IOException {
    Path file = Files.writeString(Files.createTempFile(directory, "script", ".py"), text);
    List<String> argv = new ArrayList<>(List.of(TestTool.named("python3").toString()));
    argv.add(file.toString());
    argv.addAll(List.of(arguments));
    return new Script(argv, Duration.ofSeconds(20));
  }
}
