package dev.slipway.ledger;

import java.util.List;

/**
 * Shows that an entry stands at an index of a tree (RFC 6962, section 2.1.1).
 *
 * @param index of the entry
 * @param size of the tree
 * @param path the sibling hashes, from the leaf's upwards
 */
public record InclusionProof(long index, long size, List<Hash> path) {
  /**
   * @throws IllegalArgumentException if the tree has no such index
   */
  public InclusionProof {
    path = List.copyOf(path);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "a tree of %d entries has no entry %d".formatted(size, index));
    }
  }

  /**
   * Whether the proof leads from the leaf to the root (the algorithm of RFC 9162, section 2.1.3.2).
   *
   * @param leaf {@link Hash#leaf} of the entry
   * @param root of a checkpoint of the proof's size, whose signature the caller has verified
   */
  public boolean verifies(Hash leaf, Hash root) {
    long place = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        hash = Hash.node(sibling, hash);
        while ((place & 1) == 0) {
          place >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = Hash.node(hash, sibling);
      }
      place >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
