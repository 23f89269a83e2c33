package dev.slipway.app.init;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks at a repository and proposes its {@code .slipway.yml}. Only reads; runs nothing of the
 * repository.
 */
public final class Init {
  /** The file it writes. */
  public static final String FILE = ".slipway.yml";

  private static final int DEPTH_MAX = 4;
  private static final int SERVICES_MAX = 100;

  /** What the configuration is for. */
  public enum Use {
    /** To try it: a review works without a model. */
    TRIAL,
    /** For real: a review needs the model, or a person. */
    PRODUCTION
  }

  /** What came of writing. */
  public sealed interface Outcome {
    record Written(Path file, Proposal proposal) implements Outcome {}

    /** There is one already; it was left as it is. */
    record Exists(Path file) implements Outcome {}
  }

  private Init() {}

  /** A configuration for trying it; always one that is valid. */
  public static Proposal detect(Path repository) {
    return detect(repository, Use.TRIAL);
  }

  /** A configuration for this use; always one that is valid. */
  public static Proposal detect(Path repository, Use use) {
    return detect(repository, use, Machine.here());
  }

  static Proposal detect(Path repository, Use use, Machine machine) {
    Folder root = new Folder(repository.toAbsolutePath().normalize(), ".");
    List<Draft> found = new ArrayList<>();
    search(root, machine, 0, found);
    if (found.isEmpty()) {
      Draft.Builder nothing =
          new Draft.Builder(root.label(), "nothing that is built or tested", ".");
      nothing.note(
          "no Maven, Gradle, node, Python or Go project was recognised: fill in build, test and run");
      found.add(nothing.draft());
    }
    return ProposalText.of(Names.distinct(apart(found, root)), use);
  }

  /**
   * Detects and writes, unless there is a configuration already.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static Outcome write(Path repository, Use use) {
    Path file = repository.resolve(FILE);
    if (Files.exists(file)) {
      return new Outcome.Exists(file);
    }
    Proposal proposal = detect(repository, use);
    try {
      Files.writeString(file, proposal.yaml(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      return new Outcome.Exists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return new Outcome.Written(file, proposal);
  }

  /** The services of a directory, and of those below that do not belong to them. */
  private static void search(Folder folder, Machine machine, int depth, List<Draft> found) {
    List<Draft> here = services(folder, machine);
    found.addAll(here);
    boolean owner = here.stream().anyMatch(draft -> !draft.paths().isEmpty()) || here.size() > 1;
    if (depth >= DEPTH_MAX || owner || found.size() >= SERVICES_MAX || isWhole(folder, here)) {
      return;
    }
    folder.children().stream()
        // What a project keeps in src is the project's.
        .filter(child -> here.isEmpty() || !child.label().equals("src"))
        .forEach(child -> search(child, machine, depth + 1, found));
  }

  /** Whether the directory's build names the directories below itself. */
  private static boolean isWhole(Folder folder, List<Draft> here) {
    return !here.isEmpty()
        && (folder.has("go.mod")
            || Pom.of(folder).filter(pom -> !pom.modules().isEmpty()).isPresent()
            || folder.has("settings.gradle")
            || folder.has("settings.gradle.kts")
            || !folder.name().equals("."));
  }

  private static List<Draft> services(Folder folder, Machine machine) {
    return Stream.<Supplier<List<Draft>>>of(
            () -> Maven.drafts(folder, machine),
            () -> Gradle.drafts(folder, machine),
            () -> Go.drafts(folder, machine),
            () -> scripted(folder))
        .map(Supplier::get)
        .filter(drafts -> !drafts.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Node or Python: the one that can be started where a directory has both. */
  private static List<Draft> scripted(Folder folder) {
    List<Draft> node = Node.drafts(folder);
    List<Draft> python = Python.drafts(folder);
    boolean runs = node.stream().anyMatch(draft -> draft.run().isPresent());
    return python.isEmpty() || runs || (!node.isEmpty() && node.size() > 1) ? node : python;
  }

  /** A service in the root owns what the services in directories below do not. */
  private static List<Draft> apart(List<Draft> drafts, Folder root) {
    List<String> below =
        drafts.stream().map(Draft::root).filter(each -> !each.equals(".")).toList();
    Optional<Draft> whole =
        drafts.stream().filter(d -> d.root().equals(".") && d.paths().isEmpty()).findFirst();
    if (below.isEmpty() || whole.isEmpty()) {
      return drafts;
    }
    List<String> own =
        root.directories().stream()
            .filter(each -> below.stream().noneMatch(b -> (b + "/").startsWith(each + "/")))
            .map(each -> Folder.glob(each) + "/**")
            .toList();
    List<String> paths = Stream.concat(Stream.of("*"), own.stream()).toList();
    return drafts.stream()
        .map(draft -> draft.equals(whole.get()) ? draft.withPaths(paths) : draft)
        .toList();
  }
}
