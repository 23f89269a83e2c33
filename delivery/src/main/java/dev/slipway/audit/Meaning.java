package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.Administrative;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.change.ChangeId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks what the records of a log say, one after another: every production move has before it a
 * decision in which each gate that applies passed or was let pass by a person who may, for that
 * commit and those reasons; every rollback has its trigger. Nothing recorded is believed that can
 * be worked out: the gates judge the recorded reports again, by the recorded limits.
 *
 * <p>Keeps the story of changes that have not ended, and the names of those that have. Used by one
 * thread.
 */
public final class Meaning {
  /** The most changes that are followed at once; more are named as not checked. */
  static final int CHANGES_MAX = 100_000;

  /** How many changes that ended are known by name, the latest. */
  private static final int ENDED_MAX = 1_000_000;

  /** Is told what is wrong. */
  @FunctionalInterface
  public interface Objections {
    /** Something about the entry at the index is not as it must be. */
    void object(long index, String message);
  }

  private final Objections objections;
  private final Map<ChangeId, Story> stories = new HashMap<>();
  private final Withdrawals withdrawals;
  private final Set<ChangeId> ended = new LinkedHashSet<>();

  public Meaning(Objections objections) {
    this.objections = objections;
    this.withdrawals = new Withdrawals(objections);
  }

  /** Takes in the next record of the log. */
  public void take(long index, AuditRecord record) {
    switch (record) {
      case OfChange ofChange -> take(index, ofChange);
      case Administrative ignored -> {}
    }
  }

  private void take(long index, OfChange record) {
    boolean takenBack = withdrawals.concern(record.change());
    Story story = stories.get(record.change());
    if (withdrawals.take(index, record)) {
      if (story == null && !ended.contains(record.change())) {
        objections.object(
            index, record.change() + " is taken back, and was never opened before this");
      }
      return;
    }
    if (story != null) {
      story.take(index, record);
      if (story.ended()) {
        stories.remove(record.change());
        end(record.change());
      }
    } else if (record instanceof Opened opened) {
      open(index, opened);
    } else if (takenBack || Story.mayComeLate(record)) {
      return;
    } else {
      objections.object(
          index, "no change " + record.change() + " was opened before this, or it has ended");
    }
  }

  private void end(ChangeId change) {
    ended.add(change);
    if (ended.size() > ENDED_MAX) {
      ended.remove(ended.iterator().next());
    }
  }

  private void open(long index, Opened opened) {
    if (ended.contains(opened.change())) {
      objections.object(index, opened.change() + " is opened a second time, after it has ended");
    }
    if (!opened.pull().id().equals(opened.change())) {
      objections.object(index, opened.change() + " was opened for another pull request");
    }
    if (stories.size() == CHANGES_MAX) {
      objections.object(
          index,
          opened.change()
              + " is not checked: "
              + CHANGES_MAX
              + " changes before it have not ended, and no more are followed");
      return;
    }
    stories.put(opened.change(), new Story(opened, objections));
  }
}
