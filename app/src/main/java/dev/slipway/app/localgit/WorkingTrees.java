package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/** The working trees of a repository, main and linked, that have one branch checked out. */
final class WorkingTrees implements AutoCloseable {
  private static final int FILES_NAMED_MAX = 5;

  private final List<Repository> trees;

  private WorkingTrees(List<Repository> trees) {
    this.trees = trees;
  }

  static WorkingTrees of(Repository repository, String branch) throws IOException {
    Path common = repository.getCommonDirectory().toPath();
    List<Path> roots = new ArrayList<>();
    if (standsOn(common, branch) && common.endsWith(".git")) {
      roots.add(common.resolveSibling("").normalize());
    }
    Path linked = common.resolve("worktrees");
    if (Files.isDirectory(linked)) {
      try (DirectoryStream<Path> gitDirs = Files.newDirectoryStream(linked)) {
        for (Path gitDir : gitDirs) {
          if (standsOn(gitDir, branch)) {
            Path dotGit = Path.of(Files.readString(gitDir.resolve("gitdir"), UTF_8).strip());
            roots.add(gitDir.resolve(dotGit).resolveSibling("").normalize());
          }
        }
      }
    }
    List<Repository> trees = new ArrayList<>();
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        trees.add(Repositories.open(root));
      }
    }
    return new WorkingTrees(trees);
  }

  private static boolean standsOn(Path gitDir, String branch) throws IOException {
    Path head = gitDir.resolve("HEAD");
    return Files.isRegularFile(head)
        && Files.readString(head, UTF_8).strip().equals("ref: refs/heads/" + branch);
  }

  /** Why the files cannot go from one commit to the other; empty if they can, or already have. */
  Optional<String> obstacle(CommitId from, CommitId to) throws IOException {
    for (Repository tree : trees) {
      if (changed(tree, to).isEmpty()) {
        continue;
      }
      Collection<String> changed = changed(tree, from);
      if (!changed.isEmpty()) {
        return Optional.of(
            "the working tree at "
                + tree.getWorkTree()
                + " has uncommitted changes ("
                + named(changed)
                + "); commit or stash them, or check out another branch there");
      }
      Collection<String> inTheWay = inTheWay(tree, from, to);
      if (!inTheWay.isEmpty()) {
        return Optional.of(
            "files in the working tree at "
                + tree.getWorkTree()
                + " would be overwritten ("
                + named(inTheWay)
                + "); move them away");
      }
    }
    return Optional.empty();
  }

  private static String named(Collection<String> files) {
    String some =
        files.stream().limit(FILES_NAMED_MAX).map(Printable::of).collect(Collectors.joining(", "));
    return files.size() > FILES_NAMED_MAX ? some + ", …" : some;
  }

  private static Collection<String> changed(Repository tree, CommitId against) throws IOException {
    withoutFilters(tree);
    IndexDiff diff =
        new IndexDiff(tree, ObjectId.fromString(against.hex()), new FileTreeIterator(tree));
    diff.diff();
    Collection<String> changed = new TreeSet<>(diff.getAdded());
    changed.addAll(diff.getChanged());
    changed.addAll(diff.getRemoved());
    changed.addAll(diff.getMissing());
    changed.addAll(diff.getModified());
    changed.addAll(diff.getConflicting());
    return changed;
  }

  private static Collection<String> inTheWay(Repository tree, CommitId from, CommitId to)
      throws IOException {
    DirCache index = tree.lockDirCache();
    try {
      DirCacheCheckout checkout = checkout(tree, index, from, to);
      checkout.preScanTwoTrees();
      return new TreeSet<>(checkout.getConflicts());
    } finally {
      index.unlock();
    }
  }

  /**
   * Takes the trees that do not stand at {@code to} there. Only after {@link #obstacle} was empty.
   */
  void follow(CommitId from, CommitId to) throws IOException {
    for (Repository tree : trees) {
      if (!changed(tree, to).isEmpty()) {
        DirCache index = tree.lockDirCache();
        try {
          DirCacheCheckout checkout = checkout(tree, index, from, to);
          checkout.setFailOnConflict(true);
          checkout.checkout();
        } finally {
          index.unlock();
        }
      }
    }
  }

  private static DirCacheCheckout checkout(
      Repository tree, DirCache index, CommitId from, CommitId to) throws IOException {
    withoutFilters(tree);
    return new DirCacheCheckout(tree, treeOf(tree, from), index, treeOf(tree, to));
  }

  private static RevTree treeOf(Repository repository, CommitId commit) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return LocalGit.commit(walk, commit).getTree();
    }
  }

  /** Drops configured filter programs from memory: JGit would run those that attributes name. */
  private static void withoutFilters(Repository tree) {
    StoredConfig config = tree.getConfig();
    for (String filter : config.getSubsections("filter")) {
      config.unsetSection("filter", filter);
    }
  }

  @Override
  public void close() {
    trees.forEach(Repository::close);
  }
}
