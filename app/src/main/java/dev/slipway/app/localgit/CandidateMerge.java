package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.change.PullRequest;
import dev.slipway.workspace.Workspace.Merge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.InvalidPathException;
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
 * Merges heads into bases without a working tree. The commit's bytes are a function of head and
 * base alone, so that a repeated merge is the same commit.
 */
final class CandidateMerge {
  private static final String REFS = "refs/slipway/candidates/";

  private final Repository repository;

  CandidateMerge(Repository repository) {
    this.repository = repository;
  }

  Merge merge(PullRequest pull) {
    Optional<CommitId> base = LocalGit.branch(repository, pull.baseBranch());
    if (base.isEmpty()) {
      return new Merge.NoBranch(pull.baseBranch());
    }
    Optional<CommitId> head = LocalGit.branch(repository, pull.headBranch());
    if (head.isEmpty()) {
      return new Merge.NoBranch(pull.headBranch());
    }
    if (!head.get().equals(pull.head())) {
      return new Merge.HeadMoved(head.get());
    }
    try {
      return merge(pull.id(), base.get(), head.get());
    } catch (InvalidPathException e) {
      return new Merge.Unsafe(
          base.get(), Printable.of(String.valueOf(e.getMessage())) + "; rename it");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot merge " + head.get() + " into " + base.get(), e);
    }
  }

  private Merge merge(ChangeId change, CommitId baseId, CommitId headId) throws IOException {
    try (RevWalk walk = new RevWalk(repository);
        ObjectInserter inserter = repository.newObjectInserter()) {
      RevCommit base = LocalGit.commit(walk, baseId);
      RevCommit head = LocalGit.commit(walk, headId);
      if (walk.isMergedInto(head, base)) {
        return new Merge.NothingToMerge(baseId);
      }
      ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
      merger.setObjectInserter(inserter);
      if (!merger.merge(base, head)) {
        return new Merge.Conflict(baseId, conflicts(merger));
      }
      ObjectId commit = inserter.insert(commit(merger.getResultTreeId(), base, head));
      inserter.flush();
      Optional<String> hazard = TreeLayout.of(repository, commit).hazard();
      if (hazard.isPresent()) {
        return new Merge.Unsafe(baseId, hazard.get());
      }
      keep(repository, refName(change), commit);
      return new Merge.Merged(new Candidate(new CommitId(commit.name()), headId, baseId));
    }
  }

  static List<String> conflicts(ResolveMerger merger) {
    SortedSet<String> files = new TreeSet<>(merger.getUnmergedPaths());
    if (merger.getFailingPaths() != null) {
      files.addAll(merger.getFailingPaths().keySet());
    }
    return new ArrayList<>(files);
  }

  private static CommitBuilder commit(ObjectId tree, RevCommit base, RevCommit head) {
    Instant newer =
        Instant.ofEpochSecond(Math.max(base.getCommitTime(), (long) head.getCommitTime()));
    PersonIdent slipway = new PersonIdent("Slipway", "slipway@localhost", newer, ZoneOffset.UTC);
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(tree);
    builder.setParentIds(base, head);
    builder.setAuthor(slipway);
    builder.setCommitter(slipway);
    builder.setEncoding(UTF_8);
    builder.setMessage(
        "Merge "
            + Printable.of(head.getShortMessage())
            + "\n\nSlipway-Head: "
            + head.name()
            + "\nSlipway-Base: "
            + base.name()
            + "\n");
    return builder;
  }

  /** A private ref, so that the commit outlives the next collection of garbage. */
  static void keep(Repository repository, String ref, ObjectId commit) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setNewObjectId(commit);
    update.disableRefLog();
    RefUpdate.Result result = update.forceUpdate();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      default -> throw new IOException("cannot write " + update.getName() + ": " + result);
    }
  }

  static String refName(ChangeId change) {
    return refName(REFS, change);
  }

  /** A ref for the change; the few change names that git forbids are written in hex after a %. */
  static String refName(String folder, ChangeId change) {
    String plain = folder + change;
    return Repository.isValidRefName(plain)
        ? plain
        : folder + "%" + HexFormat.of().formatHex(change.value().getBytes(UTF_8));
  }
}
