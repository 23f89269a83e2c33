package dev.slipway.ledger;

/** An entry that has its place in the log. The bytes are never changed after construction. */
final class Sequenced {
  final long index;
  final Hash key;
  final Hash leaf;
  final byte[] bytes;

  Sequenced(long index, Hash key, Hash leaf, byte[] bytes) {
    this.index = index;
    this.key = key;
    this.leaf = leaf;
    this.bytes = bytes;
  }
}
