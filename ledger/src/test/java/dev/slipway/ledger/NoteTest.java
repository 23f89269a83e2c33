package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known answers of C2SP signed-note, tlog-checkpoint, tlog-cosignature and of Go's sumdb/note. */
class NoteTest {
  private static final String NEUMANN_TEXT =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n";
  private static final String NEUMANN_VERIFIER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String NEUMANN_LINE =
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
  private static final String SOFA =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
      """;

  @Test
  void theExampleNoteOfGoVerifiesAndIsSignedAlike() {
    Verifier verifier = Verifier.parse(NEUMANN_VERIFIER);
    SignedNote note = SignedNote.parse((NEUMANN_TEXT + "\n" + NEUMANN_LINE + "\n").getBytes(UTF_8));
    assertThat(note.text()).isEqualTo(NEUMANN_TEXT);
    assertThat(note.signedBy(List.of(verifier))).isTrue();
    LogKey key =
        LogKey.parse(
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz "
                + NEUMANN_VERIFIER);
    assertThat(key.sign(NEUMANN_TEXT).line()).isEqualTo(NEUMANN_LINE);
  }

  @Test
  void theExampleCheckpointOfTheSpecificationIsRead() {
    SignedCheckpoint signed = SignedCheckpoint.parse(SOFA.getBytes(UTF_8));
    assertThat(signed.checkpoint().origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(signed.checkpoint().size()).isEqualTo(20_852_163);
    assertThat(signed.checkpoint().text()).isEqualTo(signed.note().text());
    assertThat(signed.note().signatures().getFirst().keyId()).isEqualTo(0x033de0ae);
    assertThat(signed.note().signatures().get(1).name()).isEqualTo("witness.example.com/w1");
    assertThat(new String(signed.note().format(), UTF_8)).isEqualTo(SOFA);
  }

  @Test
  void theExampleNoteWithAnEmptyLineInItsTextIsRead() {
    String quasimodo =
        """
        Ognuno sta solo sul cuor della terra
        trafitto da un raggio di sole:

        ed è subito sera.

        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
        """;
    SignedNote note = SignedNote.parse(quasimodo.getBytes(UTF_8));
    assertThat(note.text()).endsWith("\n\ned è subito sera.\n");
    assertThat(new String(note.format(), UTF_8)).isEqualTo(quasimodo);
  }

  @Test
  void aWitnessCosignsWithATimestamp() {
    LogKey log = LogKey.create("example.com/log");
    WitnessKey witness = new WitnessKey("witness.example.com/w1");
    Checkpoint checkpoint = new Checkpoint("example.com/log", 3, Hash.sha256(new byte[] {1}));
    SignedNote signed = SignedCheckpoint.sign(checkpoint, List.of(log)).note();
    NoteSignature cosignature = witness.cosign(signed.text(), 1_679_315_147);
    SignedNote note =
        new SignedNote(signed.text(), List.of(signed.signatures().getFirst(), cosignature));
    Verifier verifier = witness.verifier();
    assertThat(Verifier.parse(verifier.text())).isEqualTo(verifier);
    assertThat(note.signedBy(List.of(log.verifier(), verifier))).isTrue();
    byte[] later = cosignature.bytes();
    later[7]++;
    NoteSignature redated = new NoteSignature(cosignature.name(), cosignature.keyId(), later);
    assertThat(verifier.verifies(note.text(), redated)).isFalse();
    SignedCheckpoint both = SignedCheckpoint.parse(note.format());
    TrustedKeys trusted = TrustedKeys.of(List.of(log.verifier(), verifier));
    assertThat(trusted.objection(both)).isEmpty();
    SignedCheckpoint alone = SignedCheckpoint.parse(signed.format());
    assertThat(trusted.objection(alone)).get().asString().contains("0 trusted witnesses");
  }

  @Test
  void aWrongSignatureByATrustedKeyCondemnsTheNoteAndOneByAStrangerDoesNot() {
    LogKey mine = LogKey.create("example.com/log");
    LogKey next = LogKey.create("example.com/log");
    String text = "example.com/log\n0\n" + Hash.emptyRoot().base64() + "\n";
    NoteSignature wrong = next.sign(text + "more\n");
    SignedNote note = new SignedNote(text, List.of(mine.sign(text), wrong));
    assertThat(note.signedBy(List.of(mine.verifier()))).isTrue();
    assertThat(note.signedBy(List.of(mine.verifier(), next.verifier()))).isFalse();
    assertThat(note.signedBy(List.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n\n— a\n",
        "text\n\n— a AAAA\n",
        "text\n\n- a AAAAAAAA\n",
        "text\n\n— a AAAAAAAA",
        "text\n\n— a+b AAAAAAAA\n",
        "text\n\n— a b AAAAAAAA\n",
        "text\n\n—  AAAAAAAA\n",
        "text\n\n— a AAAAAAA\n",
        "text\n\n— a AAAAAAB=\n",
        "text\n\n— a AAAAAA==\n",
        "text\n\n— a AAAAAAAA\n\n",
        "te\rxt\n\n— a AAAAAAAA\n",
        "te\u0000xt\n\n— a AAAAAAAA\n",
      })
  void malformedNotesAreRefused(String note) {
    assertThatThrownBy(() -> SignedNote.parse(note.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNoteOutsideItsBoundsIsRefusedByName() {
    assertThatThrownBy(() -> SignedNote.parse(new byte[SignedNote.MAX_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576 bytes");
    String many = "text\n\n" + "— a AAAAAAAA\n".repeat(101);
    assertThatThrownBy(() -> SignedNote.parse(many.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100 signatures");
    assertThat(
            SignedNote.parse(
                    many.substring(0, many.length() - "— a AAAAAAAA\n".length()).getBytes(UTF_8))
                .signatures())
        .hasSize(100);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] note = "te?xt\n\n— a AAAAAAAA\n".getBytes(UTF_8);
    note[2] = (byte) 0xff;
    assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\n0\n",
        "a\n-1\nROOT\n",
        "a\n+1\nROOT\n",
        "a\n01\nROOT\n",
        "a\n1 \nROOT\n",
        "a\n9223372036854775808\nROOT\n",
        "\n0\nROOT\n",
        "a\n0\nROOT",
        "a\n0\nROOT\n\n",
        "a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "a\n0\nCsUY\n",
      })
  void malformedCheckpointsAreRefused(String text) {
    String filled = text.replace("ROOT", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    assertThatThrownBy(() -> Checkpoint.parse(filled)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void extensionLinesAreKept() {
    String text = "a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nmore\n";
    assertThat(Checkpoint.parse(text).extensions()).containsExactly("more");
    assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
  }

  @Test
  void noTwoTextsAreOneVerifier() {
    for (int bit = 0; bit < NEUMANN_VERIFIER.length() * 8; bit++) {
      byte[] flipped = NEUMANN_VERIFIER.getBytes(UTF_8);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String text = new String(flipped, UTF_8);
      assertThatThrownBy(() -> Verifier.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void randomBytesNeverBreakTheParsers() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = SOFA.getBytes(UTF_8);
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(SignedCheckpoint.parse(bytes).note().format()).isEqualTo(bytes);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).doesNotContain("\u001b");
      }
    }
  }
}
