package dev.slipway.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Artifact;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everything that remembers releases must do. */
public abstract class ReleasesContract {
  private static final Environment EU = new Environment("production-eu");
  private static final Slot ORDERS = new Slot(Environment.PRODUCTION, new ServiceName("orders"));
  private static final Slot BILLING = new Slot(Environment.PRODUCTION, new ServiceName("billing"));
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  /** An empty one, to be used throughout one test. */
  protected abstract Releases releases();

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Release release(String change) {
    return new Release(
        new ChangeId(change),
        "/shop",
        new CommitId(digest(change).hex().substring(0, 40)),
        new Artifact.File(digest(change), "orders.jar"),
        Optional.empty());
  }

  private static Setback setback(Slot slot, String change, Instant at) {
    return new Setback(slot, new ChangeId(change), Setback.Cause.STABLE_WAS_BAD, "it fails", at);
  }

  @Test
  void whatRanBeforeAChangeIsKnown() {
    releases().released(ORDERS, release("one"));
    releases().released(ORDERS, release("two"));
    releases().released(ORDERS, release("two"));

    assertThat(releases().latest(ORDERS)).contains(release("two"));
    assertThat(releases().before(ORDERS, new ChangeId("two"))).contains(release("one"));
    assertThat(releases().before(ORDERS, new ChangeId("one"))).isEmpty();
    assertThat(releases().latest(BILLING)).isEmpty();
  }

  @Test
  void aVersionThatWasPutBackHoldsItsSlotUntilTheNext() {
    releases().released(ORDERS, release("one"));
    releases().released(ORDERS, release("two"));
    Release back =
        release("one")
            .because(
                new Release.Withdrawal(
                    new ChangeId("two"), release("two").commit(), "ada@example.com", "it fails"));
    releases().released(ORDERS, back);

    assertThat(releases().withdrawn()).containsOnlyKeys(ORDERS).containsValue(back);

    releases().released(ORDERS, release("three"));

    assertThat(releases().withdrawn()).isEmpty();
  }

  @Test
  void whatFailedInASlotIsKnownThere() {
    releases().rolledBack(ORDERS, digest("bad"));
    releases().rolledBack(ORDERS, digest("bad"));

    assertThat(releases().wasRolledBack(ORDERS, digest("bad"))).isTrue();
    assertThat(releases().wasRolledBack(BILLING, digest("bad"))).isFalse();
    assertThat(releases().wasRolledBack(ORDERS, digest("good"))).isFalse();
  }

  @Test
  void incidentsAreKnownInTheirEnvironmentSinceATime() {
    Slot elsewhere = new Slot(EU, ORDERS.service());
    releases().setback(setback(ORDERS, "one", NOW));
    releases().setback(setback(ORDERS, "one", NOW));
    releases().setback(setback(BILLING, "two", NOW.plusSeconds(9)));
    releases().setback(setback(elsewhere, "three", NOW));

    assertThat(releases().setbacks(Environment.PRODUCTION, NOW))
        .containsExactly(setback(BILLING, "two", NOW.plusSeconds(9)), setback(ORDERS, "one", NOW));
    assertThat(releases().setbacks(Environment.PRODUCTION, NOW.plusSeconds(1))).hasSize(1);
    assertThat(releases().setbacks(EU, NOW)).containsExactly(setback(elsewhere, "three", NOW));
  }
}
