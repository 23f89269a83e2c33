package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.forge.Branches.Revert;
import dev.slipway.forge.Branches.Reverted;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.Workspace.Merge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes candidates that were merged out of the base branch again. */
class RevertBranchTest {
  private static final String BRANCH = "slipway/revert-1";

  @TempDir Path directory;
  private LocalGit git;
  private LocalRepository repository;
  private CommitId merged;

  @BeforeEach
  void merge() {
    git = new LocalGit(directory.resolve("checkouts"), new FakeSandbox());
    repository = LocalRepository.bare(directory.resolve("repository.git"));
    CommitId base = repository.commit("main", "orders.txt", "good\n");
    repository.branchOff("main", "topic");
    CommitId head =
        repository.commit(
            "topic", Map.of("orders.txt", Optional.of("bad\n"), "more.txt", Optional.of("more\n")));
    PullRequest pull =
        new PullRequest(
            new ChangeId("topic"),
            repository.name(),
            "topic",
            head,
            "main",
            "",
            "",
            Person.human("ada"),
            PullRequest.Origin.SAME_REPOSITORY);
    merged = ((Merge.Merged) git.merge(pull)).candidate().commit();
    git.moveBranch(repository.name(), "main", base, merged);
  }

  @AfterEach
  void close() {
    git.close();
  }

  private Reverted revert() {
    return git.revert(repository.name(), "main", new Revert(merged, BRANCH, "Revert it\n"));
  }

  private Optional<String> file(CommitId commit, String path) {
    return git.tree(repository.name(), commit).read(path).map(bytes -> new String(bytes, UTF_8));
  }

  @Test
  void takesOutWhatTheMergeBroughtAndLeavesWhatCameAfter() {
    CommitId later = repository.commit("main", "billing.txt", "new\n");

    Reverted.Ready ready = (Reverted.Ready) revert();

    assertThat(git.branch(repository.name(), BRANCH)).contains(ready.head());
    assertThat(file(ready.head(), "orders.txt")).contains("good\n");
    assertThat(file(ready.head(), "more.txt")).isEmpty();
    assertThat(file(ready.head(), "billing.txt")).contains("new\n");
    assertThat(git.branch(repository.name(), "main")).contains(later);
  }

  @Test
  void whatWasMadeBeforeIsFoundAgain() {
    Reverted first = revert();
    repository.commit("main", "billing.txt", "new\n");

    assertThat(revert()).isEqualTo(first).isInstanceOf(Reverted.Ready.class);
  }

  @Test
  void whatIsInTheWayIsNamedAndNoBranchIsMade() {
    repository.commit("main", "orders.txt", "mended\n");

    assertThat(revert()).isEqualTo(new Reverted.Conflict(List.of("orders.txt")));
    assertThat(git.branch(repository.name(), BRANCH)).isEmpty();
  }

  @Test
  void whatSomebodyTookOutAlreadyIsNothing() {
    repository.commit(
        "main", Map.of("orders.txt", Optional.of("good\n"), "more.txt", Optional.empty()));

    assertThat(revert()).isEqualTo(new Reverted.Nothing());
  }
}
