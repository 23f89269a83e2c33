package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.CommitId;
import dev.slipway.workspace.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A git repository on disk that tests fill object by object, hostile ones included. */
final class LocalRepository implements TestRepository {
  /** A tree entry. */
  record Entry(FileMode mode, byte[] content) {
    static Entry text(String text) {
      return new Entry(FileMode.REGULAR_FILE, text.getBytes(UTF_8));
    }

    static Entry link(String target) {
      return new Entry(FileMode.SYMLINK, target.getBytes(UTF_8));
    }
  }

  private final Path directory;
  private final Repository git;
  private long seconds = 1_700_000_000;

  private LocalRepository(Path directory, Repository git) {
    this.directory = directory;
    this.git = git;
  }

  static LocalRepository bare(Path directory) {
    return init(directory, true);
  }

  /** With a working tree on main. */
  static LocalRepository withWorkingTree(Path directory) {
    return init(directory, false);
  }

  private static LocalRepository init(Path directory, boolean bare) {
    SealedSystem.install();
    try {
      Repository git =
          Git.init()
              .setDirectory(directory.toFile())
              .setBare(bare)
              .setInitialBranch("main")
              .call()
              .getRepository();
      // Tests write thousands of objects and outlive no power cut.
      git.getConfig().setBoolean("core", null, "fsyncObjectFiles", false);
      git.getConfig().setBoolean("core", null, "fsyncRefFiles", false);
      git.getConfig().save();
      return new LocalRepository(directory, git);
    } catch (GitAPIException | IOException e) {
      throw new AssertionError(e);
    }
  }

  Repository git() {
    return git;
  }

  Path directory() {
    return directory;
  }

  @Override
  public String name() {
    return directory.toString();
  }

  @Override
  public CommitId commit(String branch, Map<String, Optional<String>> files) {
    Map<String, Optional<Entry>> entries = new TreeMap<>();
    files.forEach((path, text) -> entries.put(path, text.map(Entry::text)));
    return commitEntries(branch, entries);
  }

  CommitId commitEntries(String branch, Map<String, Optional<Entry>> changes) {
    try (ObjectInserter inserter = git.newObjectInserter()) {
      Ref ref = git.getRefDatabase().exactRef("refs/heads/" + branch);
      Map<String, TreeEntry> tree = new TreeMap<>();
      if (ref != null) {
        read(ref.getObjectId(), tree);
      }
      for (var change : changes.entrySet()) {
        if (change.getValue().isEmpty()) {
          tree.remove(change.getKey());
        } else {
          Entry entry = change.getValue().get();
          ObjectId id =
              entry.mode() == FileMode.GITLINK
                  ? ObjectId.fromString(new String(entry.content(), UTF_8))
                  : inserter.insert(Constants.OBJ_BLOB, entry.content());
          tree.put(change.getKey(), new TreeEntry(entry.mode(), id));
        }
      }
      ObjectId[] parents = ref == null ? new ObjectId[0] : new ObjectId[] {ref.getObjectId()};
      ObjectId commit = commit(inserter, format(inserter, tree), parents);
      point(branch, commit);
      return new CommitId(commit.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A commit of a tree with one entry of any name, however forbidden. */
  CommitId commitRaw(String branch, String entryName, Entry entry, CommitId parent) {
    try (ObjectInserter inserter = git.newObjectInserter()) {
      TreeFormatter tree = new TreeFormatter();
      byte[] name = entryName.getBytes(UTF_8);
      tree.append(
          name,
          0,
          name.length,
          entry.mode(),
          inserter.insert(Constants.OBJ_BLOB, entry.content()),
          true);
      ObjectId commit = commit(inserter, inserter.insert(tree), ObjectId.fromString(parent.hex()));
      point(branch, commit);
      return new CommitId(commit.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record TreeEntry(FileMode mode, ObjectId id) {}

  private void read(ObjectId commit, Map<String, TreeEntry> tree) throws IOException {
    try (RevWalk commits = new RevWalk(git);
        TreeWalk files = new TreeWalk(git)) {
      files.addTree(commits.parseCommit(commit).getTree());
      files.setRecursive(true);
      while (files.next()) {
        tree.put(files.getPathString(), new TreeEntry(files.getFileMode(0), files.getObjectId(0)));
      }
    }
  }

  private static ObjectId format(ObjectInserter inserter, Map<String, TreeEntry> tree)
      throws IOException {
    org.eclipse.jgit.dircache.DirCache index = org.eclipse.jgit.dircache.DirCache.newInCore();
    var builder = index.builder();
    for (var file : tree.entrySet()) {
      var entry = new org.eclipse.jgit.dircache.DirCacheEntry(file.getKey());
      entry.setFileMode(file.getValue().mode());
      entry.setObjectId(file.getValue().id());
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  private ObjectId commit(ObjectInserter inserter, ObjectId tree, ObjectId... parents)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    PersonIdent ada =
        new PersonIdent("Ada", "ada@example.com", Instant.ofEpochSecond(seconds++), ZoneOffset.UTC);
    commit.setAuthor(ada);
    commit.setCommitter(ada);
    commit.setMessage("Change something\n");
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    return id;
  }

  void point(String branch, ObjectId commit) throws IOException {
    RefUpdate update = git.updateRef("refs/heads/" + branch);
    update.setNewObjectId(commit);
    update.forceUpdate();
  }

  @Override
  public void branchOff(String from, String branch) {
    try {
      point(branch, git.resolve("refs/heads/" + from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
