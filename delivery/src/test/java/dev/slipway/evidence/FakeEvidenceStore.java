package dev.slipway.evidence;

import dev.slipway.change.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evidence that is kept as long as this lives. */
public final class FakeEvidenceStore implements EvidenceStore {
  private final Map<Digest, byte[]> kept = Collections.synchronizedMap(new LinkedHashMap<>());

  @Override
  public Digest keep(byte[] content) {
    Digest digest = Digest.of(content);
    kept.putIfAbsent(digest, content.clone());
    return digest;
  }

  @Override
  public Optional<byte[]> find(Digest digest) {
    return Optional.ofNullable(kept.get(digest)).map(byte[]::clone);
  }

  /** As if it had been erased. */
  public void erase(Digest digest) {
    kept.remove(digest);
  }

  /** Everything that is kept, in the order in which it came. */
  public List<byte[]> all() {
    return new ArrayList<>(kept.values());
  }
}
