package dev.slipway.app.cli;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The log of an auditor's command that works on the home's own unless told otherwise. */
final class LogOfHome {
  @Mixin Home home = new Home();
  @Mixin Log trust = new Log();

  @Option(
      names = "--log",
      paramLabel = "DIR|URL",
      description = "the log; default: the audit log of the home")
  Optional<String> log = Optional.empty();

  String place() {
    return log.orElseGet(() -> home.path().resolve("audit").toString());
  }
}
