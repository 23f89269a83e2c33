package dev.slipway.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.ChangeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseQueueTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ChangeId A = new ChangeId("a");
  private static final ChangeId B = new ChangeId("b");
  private static final ChangeId C = new ChangeId("c");

  private LeaseQueue queue = LeaseQueue.EMPTY;

  @Test
  void whoComesFirstIsGrantedAtOnceAndTokensRise() {
    request(A, 0);
    assertThat(queue.isHeldBy(A)).isTrue();
    assertThat(queue.lastToken()).isEqualTo(1);
    leave(A);
    assertThat(queue.holder()).isEmpty();
    request(A, 0);
    assertThat(queue.lastToken()).as("a grant anew is a new token").isEqualTo(2);
  }

  @Test
  void askedAgainNothingHappens() {
    request(A, 0);
    request(B, 0);
    assertThat(queue.request(A, 0, NOW)).isEmpty();
    assertThat(queue.request(A, 7, NOW)).as("the holder is not moved").isEmpty();
    assertThat(queue.request(B, 0, NOW)).isEmpty();
    assertThat(queue.leave(C, NOW)).isEmpty();
  }

  @Test
  void theQueueGoesByPriorityThenByArrivalAndNeverPreempts() {
    request(A, 0);
    request(B, 0);
    request(C, 5);
    assertThat(queue.isHeldBy(A)).isTrue();
    assertThat(waiting()).containsExactly(C, B);
    leave(A);
    assertThat(queue.isHeldBy(C)).isTrue();
    leave(C);
    assertThat(queue.isHeldBy(B)).isTrue();
  }

  @Test
  void aRaisedPriorityKeepsTheTicket() {
    request(A, 0);
    request(B, 0);
    request(C, 1);
    request(B, 1);
    assertThat(waiting()).as("same priority, earlier ticket").containsExactly(B, C);
  }

  @Test
  void whoLeavesTheQueueIsNotGranted() {
    request(A, 0);
    request(B, 0);
    leave(B);
    leave(A);
    assertThat(queue.holder()).isEmpty();
    assertThat(queue.waiting()).isEmpty();
  }

  // C11: two canaries of one service at once cannot be, since a canary needs the slot's lease.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void atMostOneHoldsItTokensOnlyRiseAndItIsNeverLeftFreeWhileSomebodyWaits(long seed) {
    Random random = new Random(seed);
    List<ChangeId> changes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      changes.add(new ChangeId("c" + i));
    }
    Set<Long> tokens = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      ChangeId change = changes.get(random.nextInt(changes.size()));
      List<LeaseEvent> events =
          random.nextBoolean()
              ? queue.request(change, random.nextInt(3), NOW)
              : queue.leave(change, NOW);
      for (LeaseEvent event : events) {
        long before = queue.lastToken();
        boolean held = queue.holder().isPresent();
        queue = queue.after(event);
        if (event instanceof LeaseEvent.Granted granted) {
          assertThat(held).as("granted while held").isFalse();
          assertThat(granted.token()).isGreaterThan(before);
          assertThat(tokens.add(granted.token())).isTrue();
        }
      }
      assertThat(queue.holder().isPresent() || queue.waiting().isEmpty()).isTrue();
      assertThat(waiting()).doesNotHaveDuplicates();
      queue.holder().ifPresent(it -> assertThat(waiting()).doesNotContain(it.change()));
    }
    assertThat(tokens).isNotEmpty();
  }

  private List<ChangeId> waiting() {
    return queue.waiting().stream().map(LeaseQueue.Waiting::change).toList();
  }

  private void request(ChangeId change, int priority) {
    queue.request(change, priority, NOW).forEach(event -> queue = queue.after(event));
  }

  private void leave(ChangeId change) {
    queue.leave(change, NOW).forEach(event -> queue = queue.after(event));
  }
}
