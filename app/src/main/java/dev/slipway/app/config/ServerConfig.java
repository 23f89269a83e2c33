package dev.slipway.app.config;

import dev.slipway.policy.Thresholds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server is told: from its file and its environment.
 *
 * @param database your own PostgreSQL; empty for the one the server runs itself
 * @param ceilings limits that repositories can only tighten
 * @param model the language model; empty for reviews without one
 * @param production how production is reached and measured
 * @param commandsMax how many builds, tests and other commands of changes run at once
 * @param mode how much it insists on
 * @param audit who sees the audit log grow
 */
public record ServerConfig(
    Listen listen,
    Optional<Database> database,
    Thresholds ceilings,
    SandboxMode sandbox,
    Optional<Model> model,
    ProductionConfig production,
    int commandsMax,
    Mode mode,
    Audit audit) {

  /** Of a server that is told nothing: repositories decide for themselves. */
  public static final ServerConfig DEFAULT =
      new ServerConfig(
          Listen.DEFAULT,
          Optional.empty(),
          Thresholds.LOOSEST,
          SandboxMode.BUBBLEWRAP,
          Optional.empty(),
          ProductionConfig.DEFAULT,
          Runtime.getRuntime().availableProcessors(),
          Mode.DEVELOPMENT,
          Audit.NONE);

  /** How much a server insists on. */
  public enum Mode {
    /** It starts with what there is. */
    DEVELOPMENT,
    /** It starts only where somebody else sees the audit log grow. */
    PRODUCTION
  }

  /**
   * Who sees the audit log grow, so that its operator alone cannot rewrite it; and how long what
   * stands behind it is kept.
   *
   * @param witnesses C2SP witnesses
   * @param anchor a git branch that checkpoints are committed to
   * @param retentionYears how long evidence is kept beside the log
   */
  public record Audit(List<Witness> witnesses, Optional<Anchor> anchor, int retentionYears) {
    public static final int RETENTION_YEARS = 7;

    public static final Audit NONE = new Audit(List.of(), Optional.empty());

    public Audit {
      witnesses = List.copyOf(witnesses);
    }

    /** The same, with evidence kept for {@link #RETENTION_YEARS}. */
    public Audit(List<Witness> witnesses, Optional<Anchor> anchor) {
      this(witnesses, anchor, RETENTION_YEARS);
    }

    /** Whether there is anybody. */
    public boolean isSeen() {
      return !witnesses.isEmpty() || anchor.isPresent();
    }
  }

  /** A witness: its address, and the verifier string of its cosignatures. */
  public record Witness(String url, String key) {}

  /**
   * An anchor.
   *
   * @param repository path or URL of a git repository that this server may push to
   */
  public record Anchor(String repository, String branch) {
    public static final String BRANCH = "slipway-audit";
  }

  /** Where it listens; port 0 is a free one. */
  public record Listen(String address, int port) {
    public static final Listen DEFAULT = new Listen("127.0.0.1", 7447);
  }

  /** A PostgreSQL server of yours. */
  public record Database(String url, String user, Optional<Secret> password) {}

  /** What confines the commands of changes. */
  public enum SandboxMode {
    BUBBLEWRAP,
    /** Nothing: recorded with every change. */
    NONE
  }

  /**
   * The language model.
   *
   * @param baseUrl another address of the provider's interface
   * @param apiKey empty where the provider's own credentials are used
   */
  public record Model(
      Provider provider, String id, Optional<String> baseUrl, Optional<Secret> apiKey) {
    /** Who serves the model. */
    public enum Provider {
      ANTHROPIC,
      BEDROCK,
      VERTEX
    }
  }

  /** A secret, read when it is needed. Its text is in no {@code toString}. */
  public sealed interface Secret {
    /**
     * The secret's text.
     *
     * @param environment the process's environment
     * @throws UncheckedIOException if its file cannot be read
     * @throws IllegalStateException if its variable is not set, or there is no text
     */
    String reveal(Map<String, String> environment);

    /** Written in the configuration itself. */
    record Written(String text) implements Secret {
      @Override
      public String reveal(Map<String, String> environment) {
        return text;
      }

      @Override
      public String toString() {
        return "•••";
      }
    }

    /** In an environment variable. */
    record FromVariable(String variable) implements Secret {
      @Override
      public String reveal(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the environment variable " + variable + " is not set"));
      }
    }

    /** In a file that holds it and nothing else. */
    record FromFile(Path file) implements Secret {
      private static final long BYTES_MAX = 65_536;

      @Override
      public String reveal(Map<String, String> environment) {
        try {
          if (Files.size(file) > BYTES_MAX) {
            throw new IllegalStateException(file + " is larger than a secret is");
          }
          String text = Files.readString(file).strip();
          if (text.isEmpty()) {
            throw new IllegalStateException(file + " is empty");
          }
          return text;
        } catch (IOException e) {
          throw new UncheckedIOException("the secret in " + file + " cannot be read", e);
        }
      }
    }
  }
}
