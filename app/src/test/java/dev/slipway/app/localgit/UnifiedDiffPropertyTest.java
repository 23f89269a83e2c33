package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.app.localgit.LocalRepository.Entry;
import dev.slipway.app.localgit.UnifiedDiff.Outcome;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.workspace.FakeSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffPropertyTest {
  private static final int ROUNDS = 60;
  private static final String NOISE = " +-@\n\r\"\\0123,abd/x\u00ff";

  @TempDir Path directory;
  private LocalRepository repository;
  private LocalGit git;

  @BeforeEach
  void setUp() {
    repository = LocalRepository.bare(directory.resolve("repository.git"));
    git = new LocalGit(directory.resolve("checkouts"), new FakeSandbox());
  }

  @AfterEach
  void close() {
    git.close();
  }

  private record Change(CommitId before, CommitId after) {}

  private Change change(long seed) {
    RandomTrees trees = new RandomTrees(seed);
    Map<String, Optional<Entry>> files = trees.files();
    CommitId before = repository.commitEntries("seed" + seed, files);
    return new Change(before, repository.commitEntries("seed" + seed, trees.change(files)));
  }

  private Diff diff(Change change) {
    return git.diff(repository.name(), change.before(), change.after());
  }

  private static Diff read(byte[] patch) {
    return ((Outcome.Read) UnifiedDiff.parse(patch)).diff();
  }

  @Test
  void aPrintedDiffIsReadBackAsItIs() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Diff diff = diff(change(seed));
      if (!diff.files().isEmpty()) {
        Diff read = read(PatchPrinter.print(diff).getBytes(UTF_8));
        assertThat(read.completeness()).as("seed " + seed).isEqualTo(diff.completeness());
        assertThat(read.files())
            .as("seed " + seed)
            .containsExactlyElementsOf(
                diff.files().stream().map(UnifiedDiffPropertyTest::asPrinted).toList());
      }
    }
  }

  /** A patch does not tell the mode of a file that was only renamed. */
  private static FileChange asPrinted(FileChange file) {
    boolean onlyRenamed =
        file.kind() == FileChange.Kind.RENAMED
            && file.content() == FileChange.Content.TEXT
            && file.hunks().isEmpty()
            && file.oldMode() == file.mode();
    return onlyRenamed
        ? new FileChange(
            file.kind(),
            file.oldPath(),
            file.path(),
            0100644,
            0100644,
            file.content(),
            file.hunks())
        : file;
  }

  @Test
  void aCutDiffIsSaidToBeCutOrIsTheWholeBeginning() {
    for (long seed = 0; seed < ROUNDS / 6; seed++) {
      Diff diff = diff(change(seed));
      byte[] patch = PatchPrinter.print(diff).getBytes(UTF_8);
      for (int end = 0; end < patch.length; end++) {
        byte[] cut = Arrays.copyOf(patch, end);
        boolean betweenLines = end == 0 || patch[end - 1] == '\n';
        if (betweenLines
            && UnifiedDiff.parse(cut) instanceof Outcome.Read(Diff part, var ignored)
            && part.completeness() instanceof Diff.Completeness.Complete) {
          assertThat(isBeginning(part, diff)).as("seed %d cut at %d", seed, end).isTrue();
        }
      }
    }
  }

  /** Whole files, of which the last may lack whole hunks at its end. */
  private static boolean isBeginning(Diff part, Diff whole) {
    int last = part.files().size() - 1;
    FileChange cut = part.files().get(last);
    FileChange full = whole.files().get(last);
    return part.files().subList(0, last).equals(whole.files().subList(0, last))
        && cut.path().equals(full.path())
        && cut.hunks().equals(full.hunks().subList(0, cut.hunks().size()));
  }

  @Test
  void damagedDiffsNeverThrow() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      byte[] patch = PatchPrinter.print(diff(change(seed))).getBytes(UTF_8);
      Random random = new Random(seed);
      for (int round = 0; round < 20 && patch.length > 0; round++) {
        byte[] damaged = patch.clone();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
          damaged[random.nextInt(damaged.length)] =
              (byte) NOISE.charAt(random.nextInt(NOISE.length()));
        }
        assertThat(UnifiedDiff.parse(damaged)).as("seed " + seed).isNotNull();
      }
    }
  }

  @Test
  void randomBytesNeverThrow() {
    Random random = new Random(7);
    List<String> words =
        List.of(
            "diff --git ",
            "a/x",
            "b/x",
            "--- ",
            "+++ ",
            "@@ -1,2 +1,3 @@",
            "@@ -",
            "\n",
            "\r\n",
            "+",
            "-",
            " ",
            "rename from ",
            "rename to \"",
            "\\303",
            "index ",
            "new file mode 100644",
            "old mode ",
            "GIT binary patch\n",
            "literal 9",
            "Binary files ",
            " and ",
            " differ",
            "From ",
            "commit ",
            "0123456789012345678901234567890123456789",
            "Subject: =?UTF-8?q?",
            "?=",
            "---\n",
            " 1 file changed, 1 insertion(+)\n",
            "999999999",
            "diff --cc ",
            "@@@ ",
            "Only in x: y",
            "/dev/null",
            "\t",
            "\0",
            "\\ No newline at end of file\n",
            "similarity index ");
    for (int round = 0; round < 20_000; round++) {
      StringBuilder input = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        input.append(
            random.nextInt(6) == 0
                ? String.valueOf((char) random.nextInt(256))
                : words.get(random.nextInt(words.size())));
      }
      String text = input.toString();
      assertThat(UnifiedDiff.parse(text.getBytes(UTF_8))).as(text).isNotNull();
    }
  }

  @Test
  void whatGitPrintsLeadsFromOneTreeToTheOther() throws Exception {
    assumeTrue(hasGit(), "needs git");
    for (long seed = 0; seed < ROUNDS / 3; seed++) {
      Change change = change(seed);
      for (List<String> options :
          List.of(
              List.<String>of(),
              List.of("--binary", "-M", "-C"),
              List.of("--no-prefix"),
              List.of("-U0"))) {
        byte[] patch = gitDiff(change, options);
        if (patch.length > 0) {
          Diff read = read(patch);
          assertThat(read.completeness())
              .as("seed %d %s", seed, options)
              .isEqualTo(new Diff.Completeness.Complete());
          assertLeads(change, read, "seed " + seed + " " + options);
        }
      }
    }
  }

  private static boolean hasGit() {
    try {
      return new ProcessBuilder("git", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError("needs git", e);
      }
      return false;
    }
  }

  private byte[] gitDiff(Change change, List<String> options) throws IOException {
    List<String> argv =
        new ArrayList<>(
            List.of("git", "-C", repository.name(), "diff", "--no-color", "--no-ext-diff"));
    argv.addAll(options);
    argv.addAll(List.of(change.before().hex(), change.after().hex()));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    return builder.start().getInputStream().readAllBytes();
  }

  /** Applies the hunks to the old lines, which have to give the new ones. */
  private void assertLeads(Change change, Diff diff, String as) {
    var before = git.tree(repository.name(), change.before());
    var after = git.tree(repository.name(), change.after());
    for (FileChange file : diff.files()) {
      boolean regular =
          (file.mode() == 0 || file.mode() >> 12 == 8)
              && (file.oldMode() == 0 || file.oldMode() >> 12 == 8);
      boolean onlyRenamed = file.oldMode() == file.mode() && file.hunks().isEmpty();
      if (file.content() == FileChange.Content.TEXT && regular && !onlyRenamed) {
        List<String> old =
            file.oldMode() == 0 ? List.of() : lines(before.read(file.oldPath()).orElseThrow());
        List<String> expected =
            file.mode() == 0 ? List.of() : lines(after.read(file.path()).orElseThrow());
        assertThat(apply(old, file.hunks())).as(as + " " + file.path()).isEqualTo(expected);
      }
    }
  }

  private static List<String> lines(byte[] content) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < content.length) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      lines.add(LineDiff.text(content, start, end));
      start = end + 1;
    }
    return lines;
  }

  private static List<String> apply(List<String> old, List<Hunk> hunks) {
    List<String> out = new ArrayList<>();
    int at = 0;
    for (Hunk hunk : hunks) {
      boolean noOld = hunk.lines().stream().allMatch(line -> line instanceof Line.Added);
      int start = noOld ? hunk.oldStart() : hunk.oldStart() - 1;
      out.addAll(old.subList(at, start));
      at = start;
      for (Line line : hunk.lines()) {
        if (!(line instanceof Line.Added)) {
          assertThat(old.get(at)).isEqualTo(line.text());
          at++;
        }
        if (!(line instanceof Line.Deleted)) {
          out.add(line.text());
        }
      }
    }
    out.addAll(old.subList(at, old.size()));
    return out;
  }
}
