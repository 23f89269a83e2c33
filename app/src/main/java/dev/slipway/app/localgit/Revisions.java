package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Looks commits up by what people call them. */
public final class Revisions {
  private Revisions() {}

  /**
   * The commit of a branch, tag, abbreviated name or expression such as {@code HEAD~3}; empty if
   * there is none.
   */
  public static Optional<CommitId> resolve(String repository, String revision) {
    try (Repository git = Repositories.open(Path.of(repository).toRealPath())) {
      return Optional.ofNullable(git.resolve(revision + "^{commit}"))
          .map(id -> new CommitId(id.name()));
    } catch (RevisionSyntaxException
        | AmbiguousObjectException
        | IncorrectObjectTypeException
        | MissingObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + repository, e);
    }
  }

  /** The best common ancestor of two commits: what a pull request is a change against. */
  public static Optional<CommitId> mergeBase(String repository, CommitId one, CommitId other) {
    try (Repository git = Repositories.open(Path.of(repository).toRealPath());
        RevWalk walk = new RevWalk(git)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(ObjectId.fromString(one.hex())));
      walk.markStart(walk.parseCommit(ObjectId.fromString(other.hex())));
      return Optional.ofNullable(walk.next()).map(RevCommit::name).map(CommitId::new);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + repository, e);
    }
  }

  /** The subject and the whole message of a commit, and its author's e-mail. */
  public record Text(String subject, String message, String author) {}

  /** What a commit says of itself: untrusted. */
  public static Text text(String repository, CommitId commit) {
    try (Repository git = Repositories.open(Path.of(repository).toRealPath());
        RevWalk walk = new RevWalk(git)) {
      RevCommit found = walk.parseCommit(ObjectId.fromString(commit.hex()));
      return new Text(
          found.getShortMessage(),
          found.getFullMessage(),
          found.getAuthorIdent().getEmailAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + repository, e);
    }
  }
}
