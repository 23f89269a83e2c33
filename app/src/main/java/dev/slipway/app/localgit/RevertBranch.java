package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.CommitId;
import dev.slipway.forge.Branches.Revert;
import dev.slipway.forge.Branches.Reverted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Takes merge commits out of a base branch again, on a branch of their own, without a working tree.
 */
final class RevertBranch {
  private final Repository repository;

  RevertBranch(Repository repository) {
    this.repository = repository;
  }

  Reverted make(String baseBranch, Revert revert) {
    Optional<CommitId> there = LocalGit.branch(repository, revert.branch());
    if (there.isPresent()) {
      return new Reverted.Ready(there.get());
    }
    Optional<CommitId> base = LocalGit.branch(repository, baseBranch);
    if (base.isEmpty()) {
      return new Reverted.Nothing();
    }
    try (RevWalk walk = new RevWalk(repository);
        ObjectInserter inserter = repository.newObjectInserter()) {
      return make(walk, inserter, base.get(), revert);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot revert " + revert.merge().brief(), e);
    }
  }

  private Reverted make(RevWalk walk, ObjectInserter inserter, CommitId base, Revert revert)
      throws IOException {
    RevCommit on = LocalGit.commit(walk, base);
    RevCommit merge = LocalGit.commit(walk, revert.merge());
    if (merge.getParentCount() == 0 || !walk.isMergedInto(merge, on)) {
      return new Reverted.Nothing();
    }
    ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
    merger.setObjectInserter(inserter);
    // What the merge brought, backwards: from it to its first parent, applied to what is there now.
    merger.setBase(merge.getTree());
    if (!merger.merge(on, merge.getParent(0))) {
      return new Reverted.Conflict(CandidateMerge.conflicts(merger));
    }
    ObjectId tree = merger.getResultTreeId();
    if (tree.equals(on.getTree())) {
      return new Reverted.Nothing();
    }
    ObjectId commit = inserter.insert(commit(tree, on, revert.message()));
    inserter.flush();
    return name(revert.branch(), commit);
  }

  private static CommitBuilder commit(ObjectId tree, RevCommit on, String message) {
    PersonIdent slipway =
        new PersonIdent(
            "Slipway",
            "slipway@localhost",
            Instant.ofEpochSecond(on.getCommitTime()),
            ZoneOffset.UTC);
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(tree);
    builder.setParentId(on);
    builder.setAuthor(slipway);
    builder.setCommitter(slipway);
    builder.setEncoding(UTF_8);
    builder.setMessage(message);
    return builder;
  }

  private Reverted name(String branch, ObjectId commit) throws IOException {
    RefUpdate update = repository.updateRef("refs/heads/" + branch);
    update.setExpectedOldObjectId(ObjectId.zeroId());
    update.setNewObjectId(commit);
    update.setRefLogMessage("slipway: made to revert", false);
    RefUpdate.Result result = update.update();
    if (result == RefUpdate.Result.NEW || result == RefUpdate.Result.NO_CHANGE) {
      return new Reverted.Ready(new CommitId(commit.name()));
    }
    throw new IOException("cannot make the branch " + branch + ": " + result);
  }
}
