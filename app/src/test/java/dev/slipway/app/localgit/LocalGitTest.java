package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.localgit.LocalRepository.Entry;
import dev.slipway.change.ChangeId;
import dev.slipway.change.ChangedLine;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.PullRequest;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.Workspace;
import dev.slipway.workspace.Workspace.Merge;
import dev.slipway.workspace.WorkspaceContract;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalGitTest extends WorkspaceContract {
  @TempDir Path directory;
  private LocalGit workspace;
  private LocalRepository repository;

  @Override
  protected LocalGit workspace() {
    if (workspace == null) {
      workspace = another();
    }
    return workspace;
  }

  private LocalGit another() {
    return new LocalGit(directory.resolve("checkouts"), new FakeSandbox());
  }

  @Override
  protected LocalRepository repository() {
    if (repository == null) {
      repository = LocalRepository.bare(directory.resolve("repository.git"));
    }
    return repository;
  }

  @AfterEach
  void close() {
    if (workspace != null) {
      workspace.close();
    }
  }

  private Diff diff(CommitId before, CommitId after) {
    return workspace().diff(repository().name(), before, after);
  }

  private Workspace.Checkout checkout(CommitId commit) {
    return workspace().checkout(repository().name(), commit);
  }

  private static Map<String, Optional<Entry>> entries(Object... pathsAndEntries) {
    Map<String, Optional<Entry>> entries = new HashMap<>();
    for (int i = 0; i < pathsAndEntries.length; i += 2) {
      entries.put((String) pathsAndEntries[i], Optional.of((Entry) pathsAndEntries[i + 1]));
    }
    return entries;
  }

  @Test
  void anotherProcessMakesTheSameCandidate() {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "b.txt", "two\n");
    Merge first = workspace().merge(pull("topic", head));

    try (LocalGit other = another()) {
      assertThat(other.merge(pull("topic", head))).isEqualTo(first);
    }
  }

  @Test
  void theCandidateIsKeptUnderTheNameOfTheChange() throws Exception {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "b.txt", "two\n");

    Merge.Merged merged = (Merge.Merged) workspace().merge(pull("topic", head));

    var ref = repository().git().exactRef("refs/slipway/candidates/change-1");
    assertThat(ref.getObjectId().name()).isEqualTo(merged.candidate().commit().hex());
  }

  @ParameterizedTest
  @CsvSource({
    "repo#12, refs/slipway/candidates/repo#12",
    "a..b, refs/slipway/candidates/%612e2e62",
    "a.lock, refs/slipway/candidates/%612e6c6f636b"
  })
  void everyChangeHasARef(String change, String ref) {
    assertThat(CandidateMerge.refName(new ChangeId(change))).isEqualTo(ref);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$(touch x)", "--upload-pack=touch x", "a;b", "a b", "../../config", "a\u0000b"})
  void D12_hostileBranchNamesAreOnlyNames(String branch) {
    CommitId base = repository().commit("main", "a.txt", "one\n");
    PullRequest pull = pull(branch, base);

    assertThat(workspace().branch(repository().name(), branch)).isEmpty();
    assertThat(workspace().merge(pull)).isEqualTo(new Merge.NoBranch(branch));
  }

  @Test
  void D12_aBranchThatGitAllowsIsMergedWhateverItIsCalled() {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "$(touch${IFS}x)");
    CommitId head = repository().commit("$(touch${IFS}x)", "b.txt", "two\n");

    assertThat(workspace().merge(pull("$(touch${IFS}x)", head))).isInstanceOf(Merge.Merged.class);
  }

  @Test
  void D8_renamesAndModesAreSeen() {
    String text = "one\ntwo\nthree\nfour\n";
    CommitId before =
        repository()
            .commitEntries(
                "main", entries("old.txt", Entry.text(text), "run.sh", Entry.text("echo\n")));
    CommitId after =
        repository()
            .commitEntries(
                "main",
                Map.of(
                    "old.txt",
                    Optional.empty(),
                    "new.txt",
                    Optional.of(Entry.text(text + "five\n")),
                    "run.sh",
                    Optional.of(new Entry(FileMode.EXECUTABLE_FILE, "echo\n".getBytes(UTF_8)))));

    Diff diff = diff(before, after);

    FileChange renamed = diff.files().get(0);
    assertThat(renamed.kind()).isEqualTo(FileChange.Kind.RENAMED);
    assertThat(renamed.oldPath()).isEqualTo("old.txt");
    assertThat(renamed.path()).isEqualTo("new.txt");
    assertThat(renamed.added()).containsExactly(new ChangedLine("new.txt", 5, "five"));
    FileChange executable = diff.files().get(1);
    assertThat(executable.kind()).isEqualTo(FileChange.Kind.MODIFIED);
    assertThat(executable.oldMode()).isEqualTo(0100644);
    assertThat(executable.mode()).isEqualTo(0100755);
    assertThat(executable.hunks()).isEmpty();
  }

  @Test
  void linksAndSubmodulesAreTextOfTheirOwn() {
    CommitId before = repository().commit("main", "a.txt", "one\n");
    CommitId after =
        repository()
            .commitEntries(
                "main",
                entries(
                    "link",
                    Entry.link("a.txt"),
                    "module",
                    new Entry(FileMode.GITLINK, before.hex().getBytes(UTF_8))));

    assertThat(diff(before, after).files())
        .extracting(FileChange::mode)
        .containsExactly(0120000, 0160000);
    assertThat(diff(before, after).added())
        .containsExactly(
            new ChangedLine("link", 1, "a.txt"),
            new ChangedLine("module", 1, "Subproject commit " + before));
  }

  @Test
  void binaryFilesAreNotRead() {
    CommitId before = repository().commit("main", "a.txt", "one\n");
    CommitId after = repository().commit("main", "image.png", "\u0000\u0001\n");

    FileChange image = diff(before, after).files().getFirst();
    assertThat(image.content()).isEqualTo(FileChange.Content.BINARY);
    assertThat(image.hunks()).isEmpty();
  }

  @Test
  void D5_aFileOfCarriageReturnsIsTextOfOneLine() {
    CommitId before = repository().commit("main", "a.txt", "one\n");
    CommitId after = repository().commit("main", "b.js", "a()\rb()\rc()");

    assertThat(diff(before, after).added())
        .containsExactly(new ChangedLine("b.js", 1, "a()\rb()\rc()"));
  }

  @Test
  void D1_whatIsTooLargeToReadIsSaid() {
    CommitId before = repository().commit("main", "a.txt", "one\n");
    CommitId after =
        repository().commit("main", "large.txt", "x".repeat(79).concat("\n").repeat(140_000));

    Diff diff = diff(before, after);

    assertThat(diff.completeness())
        .isEqualTo(new Diff.Completeness.Truncated("large.txt is larger than 10485760 bytes"));
    assertThat(diff.files()).hasSize(1);
  }

  @Test
  void D1_moreFilesThanTheBoundIsSaid() {
    CommitId before = repository().commit("main", "a.txt", "one\n");
    Map<String, Optional<String>> many = new HashMap<>();
    for (int i = 0; i < 3_001; i++) {
      many.put("dir/" + i + ".txt", Optional.of(i + "\n"));
    }
    CommitId after = repository().commit("main", many);

    Diff diff = diff(before, after);

    assertThat(diff.completeness())
        .isEqualTo(new Diff.Completeness.Truncated("more than 3000 files differ"));
    assertThat(diff.files()).hasSize(3_000);
  }

  @Test
  void D4_fileNamesOfAnyKind() throws Exception {
    List<String> names =
        List.of(
            "a b.txt",
            "\"quoted\".txt",
            "tab\t.txt",
            "naïve-日本.txt",
            "a\\b.txt",
            "-rf",
            "new\nline");
    CommitId before = repository().commit("main", "a.txt", "one\n");
    Map<String, Optional<String>> files = new HashMap<>();
    names.forEach(name -> files.put("dir/" + name, Optional.of(name)));
    CommitId after = repository().commit("main", files);

    assertThat(diff(before, after).files())
        .extracting(FileChange::path)
        .containsExactlyInAnyOrderElementsOf(names.stream().map(name -> "dir/" + name).toList());
    try (Workspace.Checkout checkout = checkout(after)) {
      for (String name : names) {
        assertThat(checkout.directory().resolve("dir").resolve(name)).hasContent(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        ".git",
        ".GIT",
        ".gi\u200ct",
        "git~1",
        "../up.txt",
        "/etc/cron.d/x",
        ".git/hooks/x",
        "a/../../b",
        ""
      })
  void D2_unsafePathsAreNotLaidOut(String name) {
    CommitId base = repository().commit("main", "a.txt", "one\n");
    CommitId hostile = repository().commitRaw("topic", name, Entry.text("x"), base);

    assertThatThrownBy(() -> checkout(hostile))
        .isInstanceOf(Workspace.UnsafeTreeException.class)
        .hasMessageContaining("rename it");
    assertThat(workspace().merge(pull("topic", hostile))).isNotInstanceOf(Merge.Merged.class);
    assertThat(directory.resolve("checkouts")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../outside", "dir/../../outside", "..", "down/out/x", "/"})
  void D3_linksThatLeadOutsideAreNotLaidOut(String target) {
    repository().commit("main", "a.txt", "one\n");
    repository().branchOff("main", "topic");
    CommitId head =
        repository()
            .commitEntries(
                "topic",
                entries(
                    "link", Entry.link(target),
                    // Lexically down/out/x stays inside; through the links it does not.
                    "down/out", Entry.link("up/.."),
                    "down/up", Entry.link("..")));

    assertThatThrownBy(() -> checkout(head))
        .isInstanceOf(Workspace.UnsafeTreeException.class)
        .hasMessageContaining("leads outside");
    assertThat(workspace().merge(pull("topic", head))).isInstanceOf(Merge.Unsafe.class);
  }

  @Test
  void linksThatStayInsideAreLaidOutAsLinks() throws Exception {
    CommitId commit =
        repository()
            .commitEntries(
                "main",
                entries(
                    "dir/a.txt", Entry.text("one\n"),
                    "link", Entry.link("dir/a.txt"),
                    "dir/up", Entry.link("../link"),
                    "loop", Entry.link("loop"),
                    "dangling", Entry.link("nowhere")));

    try (Workspace.Checkout checkout = checkout(commit)) {
      assertThat(Files.readSymbolicLink(checkout.directory().resolve("link")))
          .isEqualTo(Path.of("dir/a.txt"));
      assertThat(checkout.directory().resolve("dir/up")).hasContent("one\n");
      assertThat(Files.isSymbolicLink(checkout.directory().resolve("loop"))).isTrue();
    }
  }

  @Test
  void D3_aLinkWhereADirectoryIsNeededIsNotLaidOut() {
    CommitId commit =
        repository()
            .commitEntries(
                "main", entries("Dir", Entry.link("."), "dir/a.txt", Entry.text("one\n")));

    assertThatThrownBy(() -> checkout(commit))
        .isInstanceOf(Workspace.UnsafeTreeException.class)
        .hasMessageContaining("'dir'");
  }

  @Test
  void D14_nothingOfTheRepositoryRunsOnCheckout() throws Exception {
    Path witness = directory.resolve("ran");
    var config = repository().git().getConfig();
    config.setString("filter", "evil", "smudge", "touch " + witness);
    config.setString("filter", "evil", "clean", "touch " + witness);
    config.setString("merge", "evil", "driver", "touch " + witness);
    config.save();
    Path hooks = Files.createDirectories(repository().directory().resolve("hooks"));
    Path hook = Files.writeString(hooks.resolve("post-checkout"), "#!/bin/sh\ntouch " + witness);
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    CommitId base =
        repository()
            .commitEntries(
                "main",
                entries(
                    ".gitattributes",
                    Entry.text("* filter=evil merge=evil\n*.txt text eol=crlf\n"),
                    ".gitmodules",
                    Entry.text(
                        "[submodule \"m\"]\n\tpath = m\n\turl = file:///\n\tupdate = !touch "
                            + witness),
                    "m",
                    new Entry(FileMode.GITLINK, "1".repeat(40).getBytes(UTF_8)),
                    "a.txt",
                    Entry.text("one\ntwo\nthree\n")));
    repository().branchOff("main", "topic");
    CommitId head = repository().commit("topic", "a.txt", "ONE\ntwo\nthree\n");
    repository().commit("main", "a.txt", "one\ntwo\nthree\nfour\n");

    Merge.Merged merged = (Merge.Merged) workspace().merge(pull("topic", head));
    try (Workspace.Checkout checkout = checkout(merged.candidate().commit())) {
      assertThat(Files.readString(checkout.directory().resolve("a.txt")))
          .isEqualTo("ONE\ntwo\nthree\nfour\n");
      assertThat(checkout.directory().resolve("m")).isEmptyDirectory();
      assertThat(checkout.directory().resolve(".git")).doesNotExist();
    }

    assertThat(base).isNotNull();
    assertThat(witness).doesNotExist();
  }

  @Test
  void executableFilesAreLaidOutExecutable() throws Exception {
    CommitId commit =
        repository()
            .commitEntries(
                "main",
                entries(
                    "run.sh",
                    new Entry(FileMode.EXECUTABLE_FILE, "echo\n".getBytes(UTF_8)),
                    "a.txt",
                    Entry.text("one\n")));

    try (Workspace.Checkout checkout = checkout(commit)) {
      assertThat(Files.isExecutable(checkout.directory().resolve("run.sh"))).isTrue();
      assertThat(
              Files.getPosixFilePermissions(
                  checkout.directory().resolve("a.txt"), LinkOption.NOFOLLOW_LINKS))
          .doesNotContain(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE);
    }
  }

  @Test
  void aDirectoryThatIsNoRepositorySaysSo() {
    assertThatThrownBy(() -> workspace().branch(directory.toString(), "main"))
        .hasMessageContaining("git init");
    assertThatThrownBy(() -> workspace().branch(directory.resolve("none").toString(), "main"))
        .hasMessageContaining("no directory");
  }

  @Test
  void aCommitThatIsNotThereSaysSo() {
    repository().commit("main", "a.txt", "one\n");

    assertThatThrownBy(() -> workspace().tree(repository().name(), new CommitId("1".repeat(40))))
        .hasRootCauseMessage("Missing unknown " + "1".repeat(40))
        .hasMessageContaining("1".repeat(40));
  }
}
