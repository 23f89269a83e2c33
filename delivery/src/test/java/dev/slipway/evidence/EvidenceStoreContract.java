package dev.slipway.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Digest;
import org.junit.jupiter.api.Test;

/** What every store of evidence holds. */
public abstract class EvidenceStoreContract {
  private static final byte[] CONTENT = "time,arm\n".getBytes(UTF_8);

  /** An empty store. */
  protected abstract EvidenceStore store();

  @Test
  void whatIsKeptIsFoundByTheDigestOfItsContent() {
    EvidenceStore store = store();

    Digest digest = store.keep(CONTENT);

    assertThat(digest).isEqualTo(Digest.of(CONTENT));
    assertThat(store.find(digest)).hasValueSatisfying(it -> assertThat(it).isEqualTo(CONTENT));
  }

  @Test
  void theSameContentAgainChangesNothing() {
    EvidenceStore store = store();

    assertThat(store.keep(CONTENT)).isEqualTo(store.keep(CONTENT.clone()));
  }

  @Test
  void whatWasNeverKeptIsNotFound() {
    assertThat(store().find(Digest.of(new byte[] {1}))).isEmpty();
  }
}
