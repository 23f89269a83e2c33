package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Slot;
import dev.slipway.pipeline.Act;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One change's side of its leases. Messages to a lease that fails can be lost, so what is not
 * answered is said again; the lease's side takes everything twice without harm.
 */
final class LeaseRequests {
  private final ChangeId change;
  private final Surroundings around;
  private final TimerScheduler<ChangeMessage> timers;
  private final Map<Slot, Integer> wanted = new HashMap<>();
  private final Set<Slot> yielding = new HashSet<>();

  LeaseRequests(ChangeId change, Surroundings around, TimerScheduler<ChangeMessage> timers) {
    this.change = change;
    this.around = around;
    this.timers = timers;
  }

  Undertaking hold(Act.HoldLease hold) {
    Slot slot = hold.slot();
    wanted.put(slot, hold.priority());
    yielding.remove(slot);
    remind(slot);
    return new Undertaking() {
      @Override
      public void callOff() {
        wanted.remove(slot);
        yielding.add(slot);
        remind(slot);
      }

      // A change that stops or fails keeps its leases and its places in the queues.
      @Override
      public void interrupt() {}
    };
  }

  /** Says again what was not answered. */
  void remind(Slot slot) {
    confirm(slot);
    timers.startSingleTimer(
        timer(slot), new ChangeMessage.Remind(slot), around.settings().leaseReminder());
  }

  /** Says how things are with the slot. */
  void confirm(Slot slot) {
    Integer priority = wanted.get(slot);
    around
        .addresses()
        .tell(
            slot,
            priority == null
                ? new LeaseMessage.Yield(change)
                : new LeaseMessage.Request(change, priority));
  }

  void granted(Slot slot) {
    timers.cancel(timer(slot));
  }

  void letGo(Slot slot) {
    if (yielding.remove(slot)) {
      timers.cancel(timer(slot));
    }
  }

  /** Whether no lease still has this change on its list. */
  boolean isEmpty() {
    return wanted.isEmpty() && yielding.isEmpty();
  }

  private static String timer(Slot slot) {
    return "remind " + slot;
  }
}
