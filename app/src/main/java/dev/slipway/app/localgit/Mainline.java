package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** The changes that were merged into a branch: its commits along first parents. */
public final class Mainline {
  private Mainline() {}

  /**
   * One merged change.
   *
   * @param parent what it went into; empty for the first commit of all
   */
  public record Merged(
      CommitId commit, Optional<CommitId> parent, String subject, String message, String author) {}

  /**
   * The last changes up to this commit, newest first; the first commit of all went into nothing.
   */
  public static List<Merged> last(String repository, CommitId head, int count) {
    try (Repository git = Repositories.open(Path.of(repository).toRealPath());
        RevWalk walk = new RevWalk(git)) {
      List<Merged> merged = new ArrayList<>();
      Optional<CommitId> next = Optional.of(head);
      while (next.isPresent() && merged.size() < count) {
        Merged change = merged(LocalGit.commit(walk, next.get()));
        if (change.parent().isPresent()) {
          merged.add(change);
        }
        next = change.parent();
      }
      return merged;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the history of " + repository, e);
    }
  }

  /** These commits as changes, in the order given. */
  public static List<Merged> of(String repository, List<CommitId> commits) {
    try (Repository git = Repositories.open(Path.of(repository).toRealPath());
        RevWalk walk = new RevWalk(git)) {
      List<Merged> merged = new ArrayList<>();
      for (CommitId commit : commits) {
        merged.add(merged(LocalGit.commit(walk, commit)));
      }
      return merged;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the history of " + repository, e);
    }
  }

  private static Merged merged(RevCommit commit) {
    return new Merged(
        new CommitId(commit.name()),
        commit.getParentCount() == 0
            ? Optional.empty()
            : Optional.of(new CommitId(commit.getParent(0).name())),
        commit.getShortMessage(),
        commit.getFullMessage(),
        commit.getAuthorIdent().getEmailAddress());
  }
}
