package dev.slipway.app.audit;

import dev.slipway.ledger.Checkpoint;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.NoteSignature;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.Verifier;
import dev.slipway.ledger.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Commits checkpoints to a branch of a git repository elsewhere and pushes it, never by force: what
 * was pushed there the operator of the log alone cannot take back, if the branch is protected.
 */
public final class GitAnchor implements Witness {
  private static final String FILE = "checkpoint";

  private static final int SECONDS_MAX = 30;

  private final Path mirror;
  private final String remote;
  private final String branch;
  private final Clock clock;

  /**
   * @param mirror a directory for the branch's commits, made if there is none
   * @param remote path or URL of the repository that they are pushed to
   */
  public GitAnchor(Path mirror, String remote, String branch, Clock clock) {
    this.mirror = mirror;
    this.remote = remote;
    this.branch = branch;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "the branch " + branch + " of " + remote;
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.empty();
  }

  @Override
  public synchronized Optional<Checkpoint> lastSeen(String origin) throws IOException {
    try (Git git = open()) {
      Optional<ObjectId> head = fetch(git);
      Optional<Checkpoint> seen = Optional.empty();
      if (head.isPresent()) {
        seen =
            Optional.of(SignedCheckpoint.parse(read(git.getRepository(), head.get())).checkpoint());
      }
      return seen.filter(it -> it.origin().equals(origin));
    } catch (GitAPIException | IllegalArgumentException e) {
      throw new IOException(name() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized Optional<NoteSignature> witness(SignedCheckpoint checkpoint, LogReader log)
      throws IOException {
    if (checkpoint.checkpoint().size() == 0) {
      return Optional.empty(); // nothing to take back yet
    }
    try (Git git = open()) {
      Optional<ObjectId> head = fetch(git);
      ObjectId commit = commit(git.getRepository(), head, checkpoint);
      push(git, commit);
      return Optional.empty();
    } catch (GitAPIException e) {
      throw new IOException(name() + " cannot be written: " + e.getMessage(), e);
    }
  }

  private Git open() throws GitAPIException, IOException {
    return Files.isDirectory(mirror)
        ? Git.open(mirror.toFile())
        : Git.init().setBare(true).setDirectory(mirror.toFile()).call();
  }

  /** Where the branch stands at the remote. */
  private Optional<ObjectId> fetch(Git git) throws GitAPIException {
    String full = Constants.R_HEADS + branch;
    Ref there =
        git.lsRemote()
            .setRemote(remote)
            .setHeads(true)
            .setTimeout(SECONDS_MAX)
            .callAsMap()
            .get(full);
    if (there == null) {
      return Optional.empty();
    }
    git.fetch()
        .setRemote(remote)
        .setRefSpecs(new RefSpec("+" + full + ":" + full))
        .setTimeout(SECONDS_MAX)
        .call();
    return Optional.ofNullable(there.getObjectId());
  }

  private static byte[] read(Repository repository, ObjectId commit) throws IOException {
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk file = TreeWalk.forPath(repository, FILE, walk.parseCommit(commit).getTree())) {
      if (file == null) {
        throw new IOException("there is no " + FILE + " on the branch");
      }
      ObjectLoader loader = repository.open(file.getObjectId(0));
      return loader.getCachedBytes(1 << 20);
    }
  }

  private ObjectId commit(
      Repository repository, Optional<ObjectId> parent, SignedCheckpoint checkpoint)
      throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TreeFormatter tree = new TreeFormatter();
      tree.append(
          FILE,
          FileMode.REGULAR_FILE,
          inserter.insert(Constants.OBJ_BLOB, checkpoint.note().format()));
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(tree));
      parent.ifPresent(commit::setParentId);
      PersonIdent slipway =
          new PersonIdent("Slipway", "slipway@localhost", clock.instant(), clock.getZone());
      commit.setAuthor(slipway);
      commit.setCommitter(slipway);
      commit.setMessage(
          "Checkpoint of "
              + checkpoint.checkpoint().origin()
              + " at "
              + checkpoint.checkpoint().size()
              + " entries\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  private void push(Git git, ObjectId commit) throws GitAPIException, IOException {
    RefSpec spec = new RefSpec(commit.name() + ":" + Constants.R_HEADS + branch);
    for (PushResult result :
        git.push().setRemote(remote).setRefSpecs(spec).setTimeout(SECONDS_MAX).call()) {
      for (RemoteRefUpdate update : result.getRemoteUpdates()) {
        switch (update.getStatus()) {
          case OK, UP_TO_DATE -> {}
          default ->
              throw new IOException(name() + " refuses the checkpoint: " + update.getStatus());
        }
      }
    }
  }
}
