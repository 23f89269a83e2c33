package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.ChangeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All records of one change, with their places in the log. */
public final class Dossier {
  private final ChangeId change;
  private final List<Line> lines = new ArrayList<>();

  /** A record and its index. */
  public record Line(long index, OfChange record) {}

  Dossier(ChangeId change) {
    this.change = change;
  }

  void add(long index, OfChange record) {
    lines.add(new Line(index, record));
  }

  /** The same as the log had it when it was so long. */
  Dossier asOf(long size) {
    Dossier then = new Dossier(change);
    lines.stream().filter(line -> line.index() < size).forEach(then.lines::add);
    return then;
  }

  public ChangeId change() {
    return change;
  }

  /** In the order of the log. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The records of one kind, in order. */
  public <T extends AuditRecord> Stream<T> all(Class<T> kind) {
    return lines.stream().map(Line::record).filter(kind::isInstance).map(kind::cast);
  }

  Optional<Opened> opened() {
    return all(Opened.class).findFirst();
  }

  /** The last record of the kind. */
  <T extends AuditRecord> Optional<T> last(Class<T> kind) {
    return all(kind).reduce((earlier, later) -> later);
  }

  boolean hasEnded() {
    return last(Rested.class).filter(it -> !it.state().equals("WAITING_FOR_PERSON")).isPresent();
  }

  /** The moves of production that were made, each with the decision that permitted it. */
  List<Move> moves() {
    Map<String, Line> decisions = new HashMap<>();
    List<Move> moves = new ArrayList<>();
    for (Line line : lines) {
      switch (line.record()) {
        case Decision decision -> decisions.put(decision.step(), line);
        case Done done -> {
          Line permit = decisions.get(done.step());
          if (permit != null
              && permit.record() instanceof Decision decision
              && decision.effect().movesProduction()) {
            moves.add(new Move(permit.index(), decision, done));
          }
        }
        default -> {}
      }
    }
    return moves;
  }

  /** A move of production. */
  record Move(long permitIndex, Decision permit, Done done) {}

  /** When production was first moved; empty if it never was. */
  Optional<Instant> deployedAt() {
    return moves().stream().map(move -> move.done().at()).min(Instant::compareTo);
  }

  List<Approved> approvals() {
    return all(Approved.class).toList();
  }

  List<RolledBack> rollbacks() {
    return all(RolledBack.class).toList();
  }
}
