package dev.slipway.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Shows that a tree only added to an older one (RFC 6962, section 2.1.2).
 *
 * @param oldSize of the older tree
 * @param newSize of the newer tree
 * @param path hashes as the RFC orders them; empty if the older tree is empty or the same
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
  /**
   * @throws IllegalArgumentException if the sizes are not in order
   */
  public ConsistencyProof {
    path = List.copyOf(path);
    if (oldSize < 0 || oldSize > newSize) {
      throw new IllegalArgumentException(
          "a tree of %d entries does not extend one of %d".formatted(newSize, oldSize));
    }
  }

  /**
   * Whether the proof leads to both roots (the algorithm of RFC 9162, section 2.1.4.2). Every tree
   * extends the empty one.
   */
  public boolean verifies(Hash oldRoot, Hash newRoot) {
    if (oldSize == 0) {
      return path.isEmpty() && oldRoot.equals(Hash.emptyRoot());
    }
    if (oldSize == newSize) {
      return path.isEmpty() && oldRoot.equals(newRoot);
    }
    return !path.isEmpty() && leadsTo(oldRoot, newRoot);
  }

  private boolean leadsTo(Hash oldRoot, Hash newRoot) {
    List<Hash> hashes = new ArrayList<>(path);
    if (Long.bitCount(oldSize) == 1) {
      hashes.addFirst(oldRoot);
    }
    int skipped = Long.numberOfTrailingZeros(~(oldSize - 1));
    long place = (oldSize - 1) >>> skipped;
    long last = (newSize - 1) >>> skipped;
    Hash older = hashes.getFirst();
    Hash newer = older;
    for (Hash sibling : hashes.subList(1, hashes.size())) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        older = Hash.node(sibling, older);
        newer = Hash.node(sibling, newer);
        while ((place & 1) == 0 && place != 0) {
          place >>>= 1;
          last >>>= 1;
        }
      } else {
        newer = Hash.node(newer, sibling);
      }
      place >>>= 1;
      last >>>= 1;
    }
    return last == 0 && older.equals(oldRoot) && newer.equals(newRoot);
  }
}
