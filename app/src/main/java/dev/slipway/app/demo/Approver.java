package dev.slipway.app.demo;

import dev.slipway.app.api.ChangeView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The person who approves the schema change, at a command line of their own. */
final class Approver {
  private static final String LOGIN = "approver@orders.example";
  private static final String COMMENT = "the new column has a default";
  private static final String MAIN = "dev.slipway.app.Main";

  private final Programs programs;
  private final Path home;
  private final Screen screen;

  Approver(Programs programs, Path home, Screen screen) {
    this.programs = programs;
    this.home = home;
    this.screen = screen;
  }

  /** Types the command that approves the change, in a process of its own. */
  void approve(ChangeView change) throws InterruptedException {
    List<String> words =
        List.of(
            "approve",
            change.change(),
            "--home",
            home.toString(),
            "--as",
            LOGIN,
            "--comment",
            COMMENT);
    screen.say(
        "$ ./slipway " + words.stream().map(Approver::typed).collect(Collectors.joining(" ")));
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
    command.addAll(words);
    Programs.Ended ended = programs.run(home, Map.of(), command);
    screen.say(
        ended.exitCode() == 0
            ? "  approved by " + LOGIN
            : "  the command ended with " + ended.exitCode() + ": " + ended.output());
  }

  private static String typed(String word) {
    return word.contains(" ") ? "'" + word + "'" : word;
  }
}
