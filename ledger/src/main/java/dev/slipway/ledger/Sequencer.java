package dev.slipway.ledger;

import dev.slipway.ledger.Intake.Outcome;
import dev.slipway.ledger.Intake.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Gives entries their places and makes them durable, a batch at a time. Used by the writer thread.
 */
final class Sequencer {
  private final KeyIndex keys;
  private final Journal journal;
  private final Tail tail;
  private final TileSource files;

  Sequencer(KeyIndex keys, Journal journal, Tail tail, TileSource files) {
    this.keys = keys;
    this.journal = journal;
    this.tail = tail;
    this.files = files;
  }

  /** Answers every request of the batch, once what it added is durable. */
  void accept(List<Request> batch) throws IOException {
    List<Sequenced> fresh = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>(batch.size());
    long first = tail.size();
    for (Request request : batch) {
      OptionalLong known = keys.find(request.key);
      outcomes.add(
          known.isPresent()
              ? compare(known.getAsLong(), request, leaf(known.getAsLong(), first, fresh))
              : add(request, first, fresh));
    }
    if (!fresh.isEmpty()) {
      journal.append(fresh);
      keys.write();
      tail.add(fresh);
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).outcome.complete(outcomes.get(i));
    }
  }

  private Outcome add(Request request, long first, List<Sequenced> fresh) {
    long index = first + fresh.size();
    keys.add(request.key);
    fresh.add(new Sequenced(index, request.key, request.leaf, request.bytes));
    return new Outcome.Stands(new Appended(index, request.leaf));
  }

  private static Outcome compare(long index, Request request, Hash leaf) {
    return leaf.equals(request.leaf)
        ? new Outcome.Stands(new Appended(index, leaf))
        : new Outcome.Conflicts(index);
  }

  private Hash leaf(long index, long first, List<Sequenced> fresh) {
    if (index >= first) {
      return fresh.get((int) (index - first)).leaf;
    }
    return tail.find(index)
        .map(entry -> entry.leaf)
        .orElseGet(() -> new TileReader(files, tail.published().checkpoint().size()).leaf(index));
  }
}
