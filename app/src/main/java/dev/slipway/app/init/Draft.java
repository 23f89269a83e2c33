package dev.slipway.app.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of one service; what was not is empty.
 *
 * @param seen by what it was recognised, such as {@code Maven (pom.xml)}
 * @param root its directory; {@code .} for the repository's root
 * @param paths globs of its files from the repository's root; empty for everything under the root
 */
record Draft(
    String name,
    String seen,
    String root,
    List<String> paths,
    Optional<Build> build,
    Optional<Tests> tests,
    Optional<Run> run,
    List<String> notes) {

  /** What the service needs of the network and the user's dependency caches to run a command. */
  record Access(Network network, List<String> caches, Map<String, String> env) {
    static final Access NONE = new Access(Network.NONE, List.of(), Map.of());

    static Access caches(String... caches) {
      return new Access(Network.NONE, List.of(caches), Map.of());
    }

    static Access network(String... caches) {
      return new Access(Network.OPEN, List.of(caches), Map.of());
    }

    Access with(Map<String, String> more) {
      return new Access(network, caches, more);
    }
  }

  enum Network {
    NONE,
    OPEN
  }

  /** How the artifact is made; the command is empty where the file is there already. */
  record Build(List<String> command, String artifact, Access access) {}

  record Tests(List<String> command, List<String> coverage, List<String> junit, Access access) {}

  /**
   * How it runs.
   *
   * @param clues what the source says of HTTP
   */
  record Run(List<String> command, SourceClues clues) {}

  Draft {
    paths = List.copyOf(paths);
    notes = List.copyOf(notes);
  }

  Draft withName(String other) {
    return new Draft(other, seen, root, paths, build, tests, run, notes);
  }

  Draft withPaths(List<String> other) {
    return new Draft(name, seen, root, other, build, tests, run, notes);
  }

  /** Collects what is seen of a service. */
  static final class Builder {
    private final String name;
    private final String seen;
    private final String root;
    private List<String> paths = List.of();
    private Optional<Build> build = Optional.empty();
    private Optional<Tests> tests = Optional.empty();
    private Optional<Run> run = Optional.empty();
    private final List<String> notes = new ArrayList<>();

    Builder(String name, String seen, String root) {
      this.name = name;
      this.seen = seen;
      this.root = root;
    }

    Builder paths(List<String> globs) {
      paths = globs;
      return this;
    }

    Builder build(Build found) {
      build = Optional.of(found);
      return this;
    }

    Builder tests(Tests found) {
      tests = Optional.of(found);
      return this;
    }

    Builder run(Run found) {
      run = Optional.of(found);
      return this;
    }

    Builder note(String note) {
      notes.add(note);
      return this;
    }

    Draft draft() {
      return new Draft(Names.of(name), seen, root, paths, build, tests, run, notes);
    }
  }
}
