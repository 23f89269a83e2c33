package dev.slipway.app.localgit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.CommitId;
import dev.slipway.forge.Branches.Move;
import dev.slipway.forge.BranchesContract;
import dev.slipway.workspace.FakeSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchMoveTest extends BranchesContract {
  @TempDir Path directory;
  private LocalGit git;
  private LocalRepository bare;
  private LocalRepository tree;
  private CommitId base;
  private CommitId ahead;

  @BeforeEach
  void setUp() {
    git = new LocalGit(directory.resolve("checkouts"), new FakeSandbox());
    bare = LocalRepository.bare(directory.resolve("bare.git"));
  }

  @AfterEach
  void close() {
    git.close();
  }

  @Override
  protected LocalGit branches() {
    return git;
  }

  @Override
  protected LocalRepository repository() {
    return bare;
  }

  @Override
  protected Optional<CommitId> branch(String branch) {
    return git.branch(bare.name(), branch);
  }

  /** A working tree on main at {@link #base}, with {@link #ahead} one commit further. */
  private void workingTree() throws Exception {
    tree = LocalRepository.withWorkingTree(directory.resolve("tree"));
    base =
        tree.commit(
            "main", Map.of("a.txt", Optional.of("one\n"), "gone.txt", Optional.of("gone\n")));
    Git.wrap(tree.git()).reset().setMode(ResetCommand.ResetType.HARD).setRef("main").call();
    tree.branchOff("main", "topic");
    ahead =
        tree.commit(
            "topic",
            Map.of(
                "a.txt", Optional.of("two\n"),
                "dir/b.txt", Optional.of("new\n"),
                "gone.txt", Optional.empty()));
  }

  private Move move() {
    return git.moveBranch(tree.name(), "main", base, ahead);
  }

  private Path file(String name) {
    return tree.directory().resolve(name);
  }

  private boolean isClean() throws Exception {
    return Git.wrap(tree.git()).status().call().isClean();
  }

  @Test
  void aCleanWorkingTreeFollows() throws Exception {
    workingTree();

    assertThat(move()).isEqualTo(new Move.Moved());

    assertThat(file("a.txt")).hasContent("two\n");
    assertThat(file("dir/b.txt")).hasContent("new\n");
    assertThat(file("gone.txt")).doesNotExist();
    assertThat(isClean()).isTrue();
  }

  @Test
  void untrackedFilesThatAreNotInTheWayStay() throws Exception {
    workingTree();
    Files.writeString(file("notes.txt"), "mine\n");

    assertThat(move()).isEqualTo(new Move.Moved());

    assertThat(file("notes.txt")).hasContent("mine\n");
    assertThat(file("a.txt")).hasContent("two\n");
  }

  @Test
  void aWorkingTreeWithChangesIsLeftAloneAndTheBranchToo() throws Exception {
    workingTree();
    Files.writeString(file("a.txt"), "mine\n");

    assertThat(move())
        .isInstanceOfSatisfying(
            Move.Refused.class,
            refused -> assertThat(refused.reason()).contains("a.txt").contains("commit or stash"));

    assertThat(file("a.txt")).hasContent("mine\n");
    assertThat(git.branch(tree.name(), "main")).contains(base);
  }

  @Test
  void aStagedChangeIsAChange() throws Exception {
    workingTree();
    Files.writeString(file("staged.txt"), "mine\n");
    Git.wrap(tree.git()).add().addFilepattern("staged.txt").call();

    assertThat(move()).isInstanceOf(Move.Refused.class);
    assertThat(git.branch(tree.name(), "main")).contains(base);
  }

  @Test
  void untrackedFilesInTheWayAreNotOverwritten() throws Exception {
    workingTree();
    Files.createDirectories(file("dir"));
    Files.writeString(file("dir/b.txt"), "mine\n");

    assertThat(move())
        .isInstanceOfSatisfying(
            Move.Refused.class, refused -> assertThat(refused.reason()).contains("dir/b.txt"));

    assertThat(file("dir/b.txt")).hasContent("mine\n");
    assertThat(git.branch(tree.name(), "main")).contains(base);
  }

  @Test
  void aMoveThatDiedBeforeTheWorkingTreeFollowedIsCompleted() throws Exception {
    workingTree();
    tree.point("main", ObjectId.fromString(ahead.hex()));
    assertThat(isClean()).isFalse();

    assertThat(move()).isEqualTo(new Move.Moved());

    assertThat(isClean()).isTrue();
    assertThat(file("a.txt")).hasContent("two\n");
  }

  @Test
  void anotherBranchCheckedOutIsNotTouched() throws Exception {
    workingTree();
    Git.wrap(tree.git()).checkout().setName("topic").call();
    Files.writeString(file("a.txt"), "mine\n");

    assertThat(move()).isEqualTo(new Move.Moved());

    assertThat(file("a.txt")).hasContent("mine\n");
    assertThat(git.branch(tree.name(), "main")).contains(ahead);
  }

  @Test
  void D14_noFilterRunsWhenTheWorkingTreeFollows() throws Exception {
    workingTree();
    Path witness = directory.resolve("ran");
    var config = tree.git().getConfig();
    config.setString("filter", "evil", "smudge", "touch " + witness + "; cat");
    config.setString("filter", "evil", "clean", "touch " + witness + "; cat");
    config.save();
    ahead = tree.commit("topic", ".gitattributes", "* filter=evil\n");

    assertThat(move()).isEqualTo(new Move.Moved());

    assertThat(file(".gitattributes")).exists();
    assertThat(witness).doesNotExist();
  }

  @Test
  void aLinkedWorkingTreeFollows() throws Exception {
    workingTree();
    Git.wrap(tree.git()).checkout().setName("topic").call();
    Path linked = directory.resolve("linked");
    linkWorkingTree(linked);

    assertThat(move()).isEqualTo(new Move.Moved());

    assertThat(linked.resolve("a.txt")).hasContent("two\n");
    assertThat(file("a.txt")).hasContent("two\n");
  }

  /** As {@code git worktree add linked main} does. */
  private void linkWorkingTree(Path linked) throws Exception {
    Path gitDir = Files.createDirectories(file(".git/worktrees/linked"));
    Files.createDirectory(linked);
    Files.writeString(gitDir.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(gitDir.resolve("commondir"), "../..\n");
    Files.writeString(gitDir.resolve("gitdir"), linked.resolve(".git") + "\n");
    Files.writeString(linked.resolve(".git"), "gitdir: " + gitDir + "\n");
    try (var repository = Repositories.open(linked)) {
      Git.wrap(repository).reset().setMode(ResetCommand.ResetType.HARD).setRef("main").call();
    }
    assertThat(linked.resolve("a.txt")).hasContent("one\n");
  }
}
