package dev.slipway.app.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.agents.testing.Generation.Kept;
import dev.slipway.change.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A commit of Slipway's own that adds test files and does nothing else. */
public final class BotCommit {
  private BotCommit() {}

  /**
   * Writes the commit; no branch is moved.
   *
   * @param parent what it stands on
   * @param trailers lines {@code Key: value} at the end of its message
   * @throws IllegalArgumentException if one of the files is there already
   */
  public static CommitId write(
      Path repository,
      CommitId parent,
      List<Kept> tests,
      Map<String, String> trailers,
      Instant now) {
    try (Repository git =
            new FileRepositoryBuilder().findGitDir(repository.toFile()).setMustExist(true).build();
        ObjectInserter inserter = git.newObjectInserter();
        RevWalk walk = new RevWalk(git)) {
      RevCommit on = walk.parseCommit(ObjectId.fromString(parent.hex()));
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(git, on, tests, inserter));
      commit.setParentId(on);
      PersonIdent slipway = new PersonIdent("Slipway", "slipway@localhost", now, ZoneOffset.UTC);
      commit.setAuthor(slipway);
      commit.setCommitter(slipway);
      commit.setEncoding(UTF_8);
      commit.setMessage(message(tests, trailers));
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return new CommitId(id.name());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot commit the tests to " + repository, e);
    }
  }

  private static ObjectId tree(
      Repository git, RevCommit on, List<Kept> tests, ObjectInserter inserter) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    try (ObjectReader reader = git.newObjectReader()) {
      builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, on.getTree());
    }
    for (Kept test : tests) {
      try (TreeWalk there = TreeWalk.forPath(git, test.path(), on.getTree())) {
        if (there != null) {
          throw new IllegalArgumentException(test.path() + " is there already");
        }
      }
      DirCacheEntry entry = new DirCacheEntry(test.path());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, test.code().getBytes(UTF_8)));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  private static String message(List<Kept> tests, Map<String, String> trailers) {
    StringBuilder message = new StringBuilder("Tests for lines that no test executed\n\n");
    tests.forEach(
        test ->
            message
                .append("- ")
                .append(test.path())
                .append(": ")
                .append(dev.slipway.change.Printable.of(test.edgeCase()))
                .append('\n'));
    message.append('\n');
    trailers.forEach((key, value) -> message.append(key).append(": ").append(value).append('\n'));
    return message.toString();
  }
}
