package dev.slipway.project;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command of the configuration: an argument list, never a shell line.
 *
 * @param env variables added to its environment, in the order they were written
 * @param directory where it runs, relative to the repository's root; {@code .} is the root
 * @param network whether it may reach the network
 * @param caches dependency caches of the user's home it may read, such as {@code ~/.m2}
 * @param limit how long it may take
 */
public record Command(
    List<String> argv,
    Map<String, String> env,
    String directory,
    Network network,
    List<String> caches,
    Duration limit) {

  /** Whether a command may reach the network. */
  public enum Network {
    NONE,
    OPEN
  }

  public Command {
    argv = List.copyOf(argv);
    env = Ordered.copyOf(env);
    caches = List.copyOf(caches);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command has at least one word");
    }
  }
}
