package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.app.localgit.UnifiedDiff.Message;
import dev.slipway.app.localgit.UnifiedDiff.Outcome;
import dev.slipway.change.ChangedLine;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnifiedDiffTest {
  private static Outcome.Read read(String patch) {
    return (Outcome.Read) UnifiedDiff.parse(patch.getBytes(UTF_8));
  }

  private static FileChange only(String patch) {
    Diff diff = complete(patch);
    assertThat(diff.files()).hasSize(1);
    return diff.files().getFirst();
  }

  private static Diff complete(String patch) {
    Diff diff = read(patch).diff();
    assertThat(diff.completeness()).isEqualTo(new Diff.Completeness.Complete());
    return diff;
  }

  private static String omitted(String patch) {
    Diff diff = read(patch).diff();
    assertThat(diff.completeness()).isInstanceOf(Diff.Completeness.Truncated.class);
    return ((Diff.Completeness.Truncated) diff.completeness()).reason();
  }

  @Test
  void aModifiedFile() {
    FileChange file =
        only(
            """
            diff --git a/src/A.java b/src/A.java
            index 1234567..89abcde 100755
            --- a/src/A.java
            +++ b/src/A.java
            @@ -2,3 +2,4 @@ class A {
             one
            -two
            +TWO
            +more
             three
            """);

    assertThat(file.kind()).isEqualTo(Kind.MODIFIED);
    assertThat(file.path()).isEqualTo("src/A.java");
    assertThat(file.oldMode()).isEqualTo(0100755);
    assertThat(file.mode()).isEqualTo(0100755);
    assertThat(file.added())
        .containsExactly(
            new ChangedLine("src/A.java", 3, "TWO"), new ChangedLine("src/A.java", 4, "more"));
    assertThat(file.deleted()).containsExactly(new ChangedLine("src/A.java", 3, "two"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a/a b.txt b/a b.txt, a b.txt",
        "`\"a/\\303\\251\\t.txt\" \"b/\\303\\251\\t.txt\"`, `é\t.txt`",
        "`\"a/q\\\".txt\" \"b/q\\\".txt\"`, `q\".txt`",
        "x b/x x b/x, x b/x",
        "a/x b/x b/x b/x, x b/x",
        "x x, x",
        "i/dir/x w/dir/x, dir/x"
      })
  void D4_namesOnTheDiffLine(String both, String name) {
    FileChange file = only("diff --git " + both + "\nold mode 100644\nnew mode 100755\n");

    assertThat(file.path()).isEqualTo(name);
    assertThat(file.oldPath()).isEqualTo(name);
    assertThat(file.mode()).isEqualTo(0100755);
  }

  @Test
  void D8_renameOnly() {
    FileChange file =
        only(
            """
            diff --git a/old name.txt "b/n\\303\\251w.txt"
            similarity index 100%
            rename from old name.txt
            rename to "n\\303\\251w.txt"
            """);

    assertThat(file.kind()).isEqualTo(Kind.RENAMED);
    assertThat(file.oldPath()).isEqualTo("old name.txt");
    assertThat(file.path()).isEqualTo("néw.txt");
  }

  @Test
  void addedAndDeletedFiles() {
    Diff diff =
        complete(
            """
            diff --git a/new.txt b/new.txt
            new file mode 100755
            index 0000000..1234567
            --- /dev/null
            +++ b/new.txt
            @@ -0,0 +1 @@
            +one
            \\ No newline at end of file
            diff --git a/empty b/empty
            new file mode 100644
            index 0000000..e69de29
            diff --git a/old.txt b/old.txt
            deleted file mode 100644
            index 1234567..0000000
            --- a/old.txt
            +++ /dev/null
            @@ -1 +0,0 @@
            -one
            """);

    assertThat(diff.files())
        .extracting(FileChange::kind)
        .containsExactly(Kind.ADDED, Kind.ADDED, Kind.DELETED);
    assertThat(diff.files())
        .extracting(FileChange::path)
        .containsExactly("new.txt", "empty", "old.txt");
    assertThat(diff.files()).extracting(FileChange::mode).containsExactly(0100755, 0100644, 0);
    assertThat(diff.added()).containsExactly(new ChangedLine("new.txt", 1, "one"));
  }

  @Test
  void plainDiffs() {
    Diff diff =
        complete(
            """
            diff -ruN old/src/a.txt new/src/a.txt
            --- old/src/a.txt\t2026-01-01 10:00:00.000000000 +0000
            +++ new/src/a.txt\t2026-01-02 10:00:00.000000000 +0000
            @@ -1 +1 @@
            -one
            +two
            diff -ruN old/b c.txt new/b c.txt
            --- old/b c.txt\t1970-01-01 00:00:00.000000000 +0000
            +++ new/b c.txt\t2026-01-02 10:00:00.000000000 +0000
            @@ -0,0 +1 @@
            +new
            """);

    assertThat(diff.files()).extracting(FileChange::path).containsExactly("src/a.txt", "b c.txt");
    assertThat(diff.files())
        .extracting(FileChange::kind)
        .containsExactly(Kind.MODIFIED, Kind.ADDED);
  }

  @Test
  void D6_binaryFiles() {
    Diff diff =
        complete(
            """
            diff --git a/a.png b/a.png
            index 1234567..89abcde 100644
            GIT binary patch
            delta 10
            zcmZQ
            zcmZQ

            literal 0
            HcmV?d00001

            diff --git a/b.png b/b.png
            new file mode 100644
            index 0000000..89abcde
            Binary files /dev/null and b/b.png differ
            Binary files old/c.png and new/c.png differ
            """);

    assertThat(diff.files()).extracting(FileChange::content).containsOnly(Content.BINARY);
    assertThat(diff.files())
        .extracting(FileChange::path)
        .containsExactly("a.png", "b.png", "c.png");
  }

  @Test
  void D6_binaryDataThatIsCutIsSaid() {
    assertThat(
            omitted(
                "diff --git a/a b/a\nindex 1..2 100644\nGIT binary patch\nliteral 9999999\nzabc\n"))
        .contains("cut off");
  }

  @Test
  void D5_carriageReturns() {
    FileChange crlf = only("--- a/x\r\n+++ b/x\r\n@@ -1 +1,2 @@\r\n-a\r\n+b\r\n+c\r\n");
    FileChange alone = only("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b()\rc()\rd()\n");

    assertThat(crlf.path()).isEqualTo("x");
    assertThat(crlf.added()).extracting(ChangedLine::text).containsExactly("b", "c");
    assertThat(alone.added()).extracting(ChangedLine::text).containsExactly("b()\rc()\rd()");
  }

  @Test
  void trimmedContextLinesAreContext() {
    FileChange file = only("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n one\n\n-a\n+b\n");

    assertThat(file.added()).containsExactly(new ChangedLine("x", 3, "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@@ -1 +1,3 @@\n-a\n+b\n",
        "@@ -1,2 +1 @@\n-a\n+b\n",
        "@@ -1 +1 @@\n-a\n+b\n+evil()\n",
        "@@ -1 +1 @@\n-a\n+b\n-c\n",
        "@@ -0,0 +0,0 @@\n+evil()\n",
        "@@ -1 +1 @@\n-a\n+b\n-- \n+evil()\n",
        "@@ -1 +1 @@\n-a\n+b\n\n+evil()\n",
        "@@ -1,99999999999 +1 @@\n+evil()\n",
        "@@ -x +y @@\n+evil()\n",
        "@@ -1 +5 @@\n-a\n+b\n@@ -5 +4 @@\n-a\n+b\n",
        "@@@ -1 -1 +1 @@@\n++evil()\n"
      })
  void D7_countsThatLieAreSaid(String hunk) {
    assertThat(omitted("--- a/x\n+++ b/x\n" + hunk)).contains("line");
  }

  @Test
  void D7_linesBeyondTheCountsAreReadAllTheSame() {
    Diff diff = read("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n+evil()\n").diff();

    assertThat(diff.added()).extracting(ChangedLine::text).containsExactly("b", "evil()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "diff --git a/x b/x\nindex 1..2 100644\n",
        "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n",
        "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n",
        "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..1234567\n",
        "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n",
        "diff --git a/x\n",
        "diff --git \"a/\\999\" \"b/\\999\"\nold mode 100644\nnew mode 100755\n",
        "diff --cc x\nindex 1,2..3\n",
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\nOnly in new: y\n",
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\nFiles old/y and new/y differ\n",
        "@@ -1 +1 @@\n-a\n+b\n"
      })
  void D1_whatIsMissingIsSaid(String patch) {
    assertThat(omitted(patch)).isNotBlank();
  }

  @Test
  void D1_exactlyAsManyFilesAsForgesShowMayBeCut() {
    StringBuilder patch = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      patch.append("diff --git a/%d b/%d\nold mode 100644\nnew mode 100755\n".formatted(i, i));
    }

    assertThat(omitted(patch.toString())).contains("300 files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a/../../x"})
  void D2_pathsThatLeadOutsideAreSaid(String path) {
    assertThat(omitted("--- " + path + "\n+++ " + path + "\n@@ -1 +1 @@\n-a\n+b\n"))
        .contains("outside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "no diff at all\n",
        "--- a/x\n",
        "\u001b[1mdiff --git a/x b/x\u001b[m\n"
      })
  void whatHoldsNoChangeIsUnreadable(String input) {
    assertThat(UnifiedDiff.parse(input.getBytes(UTF_8))).isInstanceOf(Outcome.Unreadable.class);
  }

  @Test
  void coloursAreNamed() {
    Outcome outcome = UnifiedDiff.parse("\u001b[1mdiff --git a/x b/x\u001b[m\n".getBytes(UTF_8));

    assertThat(((Outcome.Unreadable) outcome).reason()).contains("--no-color");
  }

  private static final String MAIL =
      """
      From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
      From: =?UTF-8?q?Ad=C3=A9le?= <ada@example.com>
      Date: Mon, 23 Nov 2026 10:00:00 +0000
      Subject: [PATCH 1/2] =?UTF-8?B?w6l0w6k=?= and
       a second line

      The body.
      - with a list
      ---
       x | 2 +-
       1 file changed, 1 insertion(+), 1 deletion(-)

      diff --git a/x b/x
      index 1234567..89abcde 100644
      --- a/x
      +++ b/x
      @@ -1 +1 @@
      -a
      +b
      --\s
      2.39.5

      From 1123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
      From: Ben <ben@example.com>
      Subject: [PATCH 2/2] Second

      ---
       y | 1 +
       1 file changed, 1 insertion(+)

      diff --git a/y b/y
      index 1234567..89abcde 100644
      --- a/y
      +++ b/y
      @@ -1 +1,2 @@
       a
      +b
      --\s
      2.39.5

      """;

  @Test
  void manyCommitsOfAMailbox() {
    Outcome.Read read = read(MAIL);

    assertThat(read.diff().completeness()).isEqualTo(new Diff.Completeness.Complete());
    assertThat(read.diff().added())
        .containsExactly(new ChangedLine("x", 1, "b"), new ChangedLine("y", 2, "b"));
    assertThat(read.messages())
        .containsExactly(
            new Message(
                "Adéle <ada@example.com>", "été and a second line", "The body.\n- with a list"),
            new Message("Ben <ben@example.com>", "Second", ""));
  }

  @Test
  void D1_aMailThatHoldsLessThanItsTotalsIsCut() {
    assertThat(
            omitted(
                MAIL.replace(
                    "1 file changed, 1 insertion(+)\n", "2 files changed, 9 insertions(+)\n")))
        .contains("9 insertions");
  }

  @Test
  void anEncodedMailSaysHowToDecodeIt() {
    String mail = MAIL.replaceFirst("Date: .*", "Content-Transfer-Encoding: quoted-printable");

    assertThat(omitted(mail)).contains("git mailinfo");
  }

  @Test
  void aLog() {
    Outcome.Read read =
        read(
            """
            commit 0123456789012345678901234567890123456789
            Author: Ada <ada@example.com>
            Date:   Mon Nov 23 10:00:00 2026 +0000

                The subject

                --- a/not a file
                +++ b/not a file
                Only in this message: nothing

            diff --git a/x b/x
            index 1234567..89abcde 100644
            --- a/x
            +++ b/x
            @@ -1 +1 @@
            -a
            +b
            """);

    assertThat(read.diff().completeness()).isEqualTo(new Diff.Completeness.Complete());
    assertThat(read.diff().files()).hasSize(1);
    assertThat(read.messages().getFirst().subject()).isEqualTo("The subject");
    assertThat(read.messages().getFirst().author()).isEqualTo("Ada <ada@example.com>");
  }

  @Test
  void aPatchSavedByAWindowsShell() {
    byte[] utf16 = ("\ufeff--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+é\r\n").getBytes(UTF_16LE);

    Diff diff = ((Outcome.Read) UnifiedDiff.parse(utf16)).diff();

    assertThat(diff.added()).containsExactly(new ChangedLine("x", 1, "é"));
  }

  @Test
  void aLineOfAMegabyteAndFileOfManyLines() {
    StringBuilder patch = new StringBuilder("--- a/x\n+++ b/x\n@@ -0,0 +1,200001 @@\n+");
    patch.append("x".repeat(1 << 20)).append('\n');
    patch.append("+some line of code;\n".repeat(200_000));

    Diff diff = complete(patch.toString());

    assertThat(diff.size()).isEqualTo(200_001);
  }

  @Test
  void D1_moreTextThanTheBoundIsSaid() {
    String patch =
        "--- a/x\n+++ b/x\n@@ -0,0 +1,25 @@\n" + ("+" + "x".repeat(1 << 20) + "\n").repeat(25);

    assertThat(omitted(patch)).contains("20971520 bytes of text");
  }

  @Test
  void aFileOnDisk(@org.junit.jupiter.api.io.TempDir Path directory) throws Exception {
    Path file = java.nio.file.Files.writeString(directory.resolve("x.diff"), MAIL);

    assertThat(UnifiedDiff.read(file)).isEqualTo(read(MAIL));
    assertThatCode(() -> UnifiedDiff.read(directory.resolve("none")))
        .isInstanceOf(java.io.IOException.class);
  }
}
