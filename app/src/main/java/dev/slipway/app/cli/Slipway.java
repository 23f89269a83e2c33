package dev.slipway.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command. */
@Command(
    name = "slipway",
    description = "Takes a pull request to production.",
    mixinStandardHelpOptions = true,
    versionProvider = Slipway.Version.class,
    subcommands = {
      InitCommand.class,
      ShipCommand.class,
      ServeCommand.class,
      DemoCommand.class,
      StatusCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      RetryCommand.class,
      RollbackCommand.class,
      DoctorCommand.class,
      ReviewCommand.class,
      BacktestCommand.class,
      TestGapsCommand.class,
      JudgeCommand.class,
      AuditCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    footer = {
      "",
      "Exit codes: 0 pass, 1 fail or rejected, 2 usage, 3 needs a person, 4 inconclusive or not"
          + " run.",
      "",
      "Examples:",
      "  slipway ship --repo . --head my-change",
      "  slipway approve my-repo-my-change-1a2b3c4d --as grace@example.com --comment 'looked at"
          + " it'",
      "  slipway audit verify ~/.slipway/audit"
    })
public final class Slipway implements Runnable {
  /** Exit code: the words of the command are off. */
  static final int USAGE = 2;

  /** Exit code: nothing could be decided, or it did not run. */
  static final int NOT_RUN = 4;

  @Spec CommandSpec spec = CommandSpec.create();

  /** Tells the version. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"slipway " + dev.slipway.app.Version.text()};
    }
  }

  /** Runs the command line and gives the exit code. */
  public static int run(String... args) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return new CommandLine(new Slipway())
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (fault, command, parsed) -> {
              if (fault instanceof Stop stop) {
                err.println("slipway: " + stop.getMessage());
                return stop.exitCode();
              }
              err.println("slipway: " + sentence(fault));
              if (System.getenv("SLIPWAY_DEBUG") != null) {
                fault.printStackTrace(err);
              }
              return NOT_RUN;
            })
        .execute(args);
  }

  private static String sentence(Throwable fault) {
    String message = fault.getMessage();
    return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do; see slipway --help");
  }
}
