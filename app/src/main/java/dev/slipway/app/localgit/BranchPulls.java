package dev.slipway.app.localgit;

import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.Printable;
import dev.slipway.change.PullRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Turns a branch of a local repository into a pull request: its newest commit says title and
 * author.
 */
public final class BranchPulls {
  private static final int NAME_CHARS_MAX = 60;

  private BranchPulls() {}

  /** The pull request of the branch; empty if there is no such branch. */
  public static Optional<PullRequest> read(
      String repository, String headBranch, String baseBranch) {
    try (Repository git = Repositories.open(Path.of(repository).toRealPath());
        RevWalk walk = new RevWalk(git)) {
      ObjectId at =
          git.exactRef(Constants.R_HEADS + headBranch) == null
              ? null
              : git.exactRef(Constants.R_HEADS + headBranch).getObjectId();
      if (at == null) {
        return Optional.empty();
      }
      RevCommit commit = walk.parseCommit(at);
      CommitId head = new CommitId(commit.name());
      return Optional.of(
          new PullRequest(
              id(repository, headBranch, head),
              Path.of(repository).toRealPath().toString(),
              headBranch,
              head,
              baseBranch,
              Printable.of(commit.getShortMessage()),
              commit.getFullMessage(),
              author(commit),
              PullRequest.Origin.SAME_REPOSITORY));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + repository, e);
    }
  }

  /** Who the repository's configuration says is working in it: the e-mail of its user. */
  public static Optional<String> user(String repository) {
    try (Repository git = Repositories.open(Path.of(repository).toRealPath())) {
      return Optional.ofNullable(git.getConfig().getString("user", null, "email"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + repository, e);
    }
  }

  private static Person author(RevCommit commit) {
    String email = Printable.of(commit.getAuthorIdent().getEmailAddress()).strip();
    String name = Printable.of(commit.getAuthorIdent().getName()).strip();
    String login = email.isEmpty() ? name : email;
    boolean bot = login.contains("[bot]") || name.endsWith("[bot]");
    return new Person(
        login.isEmpty() ? "unknown" : login.substring(0, Math.min(200, login.length())),
        bot ? Person.Kind.BOT : Person.Kind.HUMAN);
  }

  private static ChangeId id(String repository, String branch, CommitId head) {
    Path name = Path.of(repository).toAbsolutePath().normalize().getFileName();
    String readable =
        ((name == null ? "repository" : name.toString()) + "-" + branch)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return new ChangeId(
        readable.substring(0, Math.min(NAME_CHARS_MAX, readable.length()))
            + "-"
            + head.hex().substring(0, 8));
  }
}
