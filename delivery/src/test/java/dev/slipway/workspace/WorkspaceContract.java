package dev.slipway.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.ChangedLine;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.SourceTree;
import dev.slipway.workspace.Workspace.Merge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Workspace} keeps. */
public abstract class WorkspaceContract {
  /** The workspace under test. */
  protected abstract Workspace workspace();

  /** An empty repository of it, the same one throughout a test. */
  protected abstract TestRepository repository();

  protected PullRequest pull(String headBranch, CommitId head) {
    return new PullRequest(
        new ChangeId("change-1"),
        repository().name(),
        headBranch,
        head,
        "main",
        "A title",
        "A body",
        Person.human("ada"),
        PullRequest.Origin.SAME_REPOSITORY);
  }

  private Candidate merged(String headBranch, CommitId head) {
    return switch (workspace().merge(pull(headBranch, head))) {
      case Merge.Merged(Candidate candidate) -> candidate;
      case Merge other -> throw new AssertionError("not merged: " + other);
    };
  }

  private String text(CommitId commit, String path) {
    return new String(
        workspace().tree(repository().name(), commit).read(path).orElseThrow(), UTF_8);
  }

  @Test
  void mergesBothSides() {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "b.txt", "two\n");
    CommitId base = repository().commit("main", "c.txt", "three\n");

    Candidate candidate = merged("topic", head);

    assertThat(candidate.head()).isEqualTo(head);
    assertThat(candidate.base()).isEqualTo(base);
    SourceTree tree = workspace().tree(repository().name(), candidate.commit());
    assertThat(tree.paths()).containsExactly("a.txt", "b.txt", "c.txt");
    Diff diff = workspace().diff(repository().name(), base, candidate.commit());
    assertThat(diff.completeness()).isEqualTo(new Diff.Completeness.Complete());
    assertThat(diff.added()).containsExactly(new ChangedLine("b.txt", 1, "two"));
  }

  @Test
  void mergingAgainGivesTheSameCommit() {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "b.txt", "two\n");

    assertThat(merged("topic", head)).isEqualTo(merged("topic", head));
  }

  @Test
  void aMovedBaseGivesAnotherCommit() {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "b.txt", "two\n");
    Candidate first = merged("topic", head);
    CommitId base = repository().commit("main", "c.txt", "three\n");

    Candidate second = merged("topic", head);

    assertThat(second.commit()).isNotEqualTo(first.commit());
    assertThat(second.base()).isEqualTo(base);
  }

  @Test
  void aHeadAheadOfTheBaseStillMakesACommitOfItsOwn() {
    CommitId base = repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "a.txt", "one\ntwo\n");

    Candidate candidate = merged("topic", head);

    assertThat(candidate.commit()).isNotEqualTo(head).isNotEqualTo(base);
    assertThat(text(candidate.commit(), "a.txt")).isEqualTo("one\ntwo\n");
  }

  @Test
  void aConflictNamesItsFiles() {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "a.txt", "hers\n");
    CommitId base = repository().commit("main", "a.txt", "his\n");

    assertThat(workspace().merge(pull("topic", head)))
        .isEqualTo(new Merge.Conflict(base, java.util.List.of("a.txt")));
  }

  @Test
  void aHeadThatMovedIsNotMerged() {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId asked = repository().commit("topic", "b.txt", "two\n");
    CommitId actual = repository().commit("topic", "b.txt", "three\n");

    assertThat(workspace().merge(pull("topic", asked))).isEqualTo(new Merge.HeadMoved(actual));
  }

  @Test
  void aHeadInTheBaseIsNothingToMerge() {
    CommitId head = repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId base = repository().commit("main", "a.txt", "two\n");

    assertThat(workspace().merge(pull("topic", head))).isEqualTo(new Merge.NothingToMerge(base));
  }

  @Test
  void aMissingBranchIsNamed() {
    CommitId base = repository().commit("main", "a.txt", "one\n");

    assertThat(workspace().merge(pull("topic", base))).isEqualTo(new Merge.NoBranch("topic"));
  }

  @Test
  void findsBranches() {
    CommitId base = repository().commit("main", "a.txt", "one\n");

    assertThat(workspace().branch(repository().name(), "main")).contains(base);
    assertThat(workspace().branch(repository().name(), "other")).isEmpty();
    assertThat(workspace().branch(repository().name(), "--upload-pack=touch x")).isEmpty();
    assertThat(workspace().branch(repository().name(), "")).isEmpty();
  }

  @Test
  void theDiffTellsKindsAndLines() {
    CommitId before =
        repository()
            .commit(
                "main",
                Map.of(
                    "changed.txt", Optional.of("a\nb\nc\n"),
                    "gone.txt", Optional.of("x\n")));
    CommitId after =
        repository()
            .commit(
                "main",
                Map.of(
                    "changed.txt", Optional.of("a\nB\nc\nd\n"),
                    "gone.txt", Optional.empty(),
                    "new.txt", Optional.of("one\ntwo\n")));

    Diff diff = workspace().diff(repository().name(), before, after);

    assertThat(diff.files())
        .extracting(FileChange::path, FileChange::kind)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("changed.txt", FileChange.Kind.MODIFIED),
            org.assertj.core.groups.Tuple.tuple("gone.txt", FileChange.Kind.DELETED),
            org.assertj.core.groups.Tuple.tuple("new.txt", FileChange.Kind.ADDED));
    assertThat(diff.added())
        .containsExactlyInAnyOrder(
            new ChangedLine("changed.txt", 2, "B"),
            new ChangedLine("changed.txt", 4, "d"),
            new ChangedLine("new.txt", 1, "one"),
            new ChangedLine("new.txt", 2, "two"));
    assertThat(diff.files().stream().flatMap(file -> file.deleted().stream()))
        .containsExactlyInAnyOrder(
            new ChangedLine("changed.txt", 2, "b"), new ChangedLine("gone.txt", 1, "x"));
  }

  @Test
  void readsFilesOfACommit() {
    CommitId commit = repository().commit("main", "dir/a.txt", "één\n");

    SourceTree tree = workspace().tree(repository().name(), commit);

    assertThat(tree.read("dir/a.txt"))
        .hasValueSatisfying(bytes -> assertThat(new String(bytes, UTF_8)).isEqualTo("één\n"));
    assertThat(tree.read("dir")).isEmpty();
    assertThat(tree.read("../a.txt")).isEmpty();
  }

  @Test
  void aCheckoutHoldsTheFilesUntilItIsClosed() throws Exception {
    CommitId commit = repository().commit("main", "dir/a.txt", "one\n");
    Path directory;

    try (Workspace.Checkout checkout = workspace().checkout(repository().name(), commit)) {
      directory = checkout.directory();
      assertThat(Files.readString(directory.resolve("dir/a.txt"))).isEqualTo("one\n");
      try (var files = Files.list(directory)) {
        assertThat(files).hasSize(1);
      }
    }

    assertThat(directory).doesNotExist();
  }

  @Test
  void twoCheckoutsAreApart() throws Exception {
    CommitId commit = repository().commit("main", "a.txt", "one\n");

    try (Workspace.Checkout first = workspace().checkout(repository().name(), commit);
        Workspace.Checkout second = workspace().checkout(repository().name(), commit)) {
      Files.writeString(first.directory().resolve("a.txt"), "changed\n");
      assertThat(Files.readString(second.directory().resolve("a.txt"))).isEqualTo("one\n");
    }
  }

  @Test
  void historyTellsTouchesNewestFirst() {
    CommitId first = repository().commit("main", "a.txt", "one\n");
    repository().commit("main", "b.txt", "other\n");
    CommitId second = repository().commit("main", "a.txt", "one\ntwo\n");
    CommitId third = repository().commit("main", "a.txt", "two\n");

    History history = workspace().history(repository().name(), second);
    History later = workspace().history(repository().name(), third);

    assertThat(history.touches("a.txt", 10))
        .extracting(History.Touch::commit)
        .containsExactly(second.hex(), first.hex());
    assertThat(later.touches("a.txt", 1))
        .extracting(History.Touch::commit)
        .containsExactly(third.hex());
    assertThat(history.touches("none.txt", 10)).isEmpty();
  }
}
