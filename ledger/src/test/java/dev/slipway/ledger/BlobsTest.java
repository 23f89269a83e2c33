package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
  @TempDir Path directory;
  private Blobs blobs;

  @BeforeEach
  void open() {
    blobs = new Blobs(Disk.real(), directory);
  }

  @Test
  void aBlobIsKeptUnderItsDigest() {
    Hash digest = blobs.put("abc".getBytes(UTF_8));
    assertThat(digest.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(directory.resolve("blobs/ba/" + digest.hex())).exists();
    assertThat(blobs.get(digest).orElseThrow()).isEqualTo("abc".getBytes(UTF_8));
    assertThat(blobs.put("abc".getBytes(UTF_8))).isEqualTo(digest);
    assertThat(blobs.get(Hash.sha256("abd".getBytes(UTF_8)))).isEmpty();
  }

  @Test
  void anAlteredBlobIsDamageAndIsNotWrittenOver() throws IOException {
    Hash digest = blobs.put("abc".getBytes(UTF_8));
    Path file = directory.resolve(Blobs.path(digest));
    Files.writeString(file, "abd");
    assertThatThrownBy(() -> blobs.get(digest)).isInstanceOf(LogDamaged.class);
    assertThatThrownBy(() -> blobs.put("abc".getBytes(UTF_8))).isInstanceOf(LogDamaged.class);
    assertThat(file).hasContent("abd");
  }

  @Test
  void anErasedBlobIsGone() {
    Hash digest = blobs.put("abc".getBytes(UTF_8));
    blobs.erase(digest);
    blobs.erase(digest);
    assertThat(blobs.get(digest)).isEmpty();
  }

  @Test
  void aBlobOverTheBoundIsRefusedByName() {
    assertThatThrownBy(() -> blobs.put(new byte[Blobs.MAX_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("67108864 bytes");
  }

  @Test
  void e5AnFsyncErrorIsLoudAndLeavesNoBlob() {
    Blobs failing =
        new Blobs(
            (file, options) ->
                new DelegatingChannel(FileChannel.open(file, options)) {
                  @Override
                  public void force(boolean metadata) throws IOException {
                    throw new IOException("Input/output error");
                  }
                },
            directory);
    assertThatThrownBy(() -> failing.put("abc".getBytes(UTF_8)))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("Input/output error");
    assertThat(blobs.get(Hash.sha256("abc".getBytes(UTF_8)))).isEmpty();
  }
}
