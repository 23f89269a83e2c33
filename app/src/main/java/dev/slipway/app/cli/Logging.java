package dev.slipway.app.cli;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where the program's log goes: a file of the home, so that the terminal shows results only. */
final class Logging {
  private Logging() {}

  /** Must be called before anything logs. */
  static void toFile(Path file) {
    System.setProperty("slipway.log.file", file.toString());
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
  }
}
