package dev.slipway.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.CommitId;
import dev.slipway.forge.Branches.Move;
import dev.slipway.workspace.TestRepository;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Branches} keeps. */
public abstract class BranchesContract {
  /** The port under test. */
  protected abstract Branches branches();

  /** An empty repository of it, the same one throughout a test. */
  protected abstract TestRepository repository();

  /** Where the branch stands. */
  protected abstract Optional<CommitId> branch(String branch);

  private CommitId ahead(CommitId base) {
    repository().branchOff("main", "topic");
    return repository().commit("topic", "b.txt", "two\n");
  }

  private Move move(CommitId expected, CommitId to) {
    return branches().moveBranch(repository().name(), "main", expected, to);
  }

  @Test
  void movesABranchThatStandsWhereExpected() {
    CommitId base = repository().commit("main", "a.txt", "one\n");
    CommitId ahead = ahead(base);

    assertThat(move(base, ahead)).isEqualTo(new Move.Moved());
    assertThat(branch("main")).contains(ahead);
  }

  @Test
  void movingAgainSucceeds() {
    CommitId base = repository().commit("main", "a.txt", "one\n");
    CommitId ahead = ahead(base);
    move(base, ahead);

    assertThat(move(base, ahead)).isEqualTo(new Move.Moved());
    assertThat(branch("main")).contains(ahead);
  }

  @Test
  void leavesABranchThatSomebodyElseMoved() {
    CommitId base = repository().commit("main", "a.txt", "one\n");
    CommitId ahead = ahead(base);
    CommitId elsewhere = repository().commit("main", "c.txt", "three\n");

    assertThat(move(base, ahead)).isEqualTo(new Move.MovedElsewhere(elsewhere));
    assertThat(branch("main")).contains(elsewhere);
  }

  @Test
  void refusesABranchThatIsNotThere() {
    CommitId base = repository().commit("main", "a.txt", "one\n");

    assertThat(branches().moveBranch(repository().name(), "none", base, base))
        .isInstanceOf(Move.Refused.class);
  }
}
