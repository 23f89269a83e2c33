package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.workspace.Workspace.Proposal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
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
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Commits of Slipway's own that add files and do nothing else. Their bytes are a function of head
 * and proposal, so that a repeated proposal is the same commit.
 */
final class ProposedCommit {
  private static final String REFS = "refs/slipway/proposals/";

  private final Repository repository;

  ProposedCommit(Repository repository) {
    this.repository = repository;
  }

  CommitId write(CommitId head, Proposal proposal) {
    try (ObjectInserter inserter = repository.newObjectInserter();
        RevWalk walk = new RevWalk(repository)) {
      RevCommit on = LocalGit.commit(walk, head);
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(on, proposal.files(), inserter));
      commit.setParentId(on);
      PersonIdent slipway =
          new PersonIdent(
              "Slipway",
              "slipway@localhost",
              Instant.ofEpochSecond(on.getCommitTime()),
              ZoneOffset.UTC);
      commit.setAuthor(slipway);
      commit.setCommitter(slipway);
      commit.setEncoding(UTF_8);
      commit.setMessage(proposal.message());
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      CandidateMerge.keep(repository, CandidateMerge.refName(REFS, proposal.change()), id);
      return new CommitId(id.name());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a commit on top of " + head.brief(), e);
    }
  }

  private ObjectId tree(RevCommit on, Map<String, String> files, ObjectInserter inserter)
      throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    try (ObjectReader reader = repository.newObjectReader()) {
      builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, on.getTree());
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      requireNew(on, file.getKey());
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(UTF_8)));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  private void requireNew(RevCommit on, String path) throws IOException {
    Optional<String> hazard = PathSafety.hazard(path.getBytes(UTF_8));
    if (hazard.isPresent()) {
      throw new IllegalArgumentException(hazard.get());
    }
    try (TreeWalk there = TreeWalk.forPath(repository, path, on.getTree())) {
      if (there != null) {
        throw new IllegalArgumentException(Printable.of(path) + " is there already");
      }
    }
  }
}
