package dev.slipway.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Permits;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DeployTarget} keeps: each move may be made twice, late, and by a target that
 * was opened anew in between.
 */
public abstract class DeployTargetContract {
  /** The slot that is moved. */
  protected static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("greeter"));

  private static final Slot OTHER = new Slot(Environment.PRODUCTION, new ServiceName("other"));
  private static final Recorded<Decision> PERMIT = Permits.of(SLOT);
  private static final Share HALF = Share.percent(50);

  private int moves;

  /**
   * The target under test: opened anew at every call, on the same state, as after a crash of the
   * control plane.
   */
  protected abstract DeployTarget target();

  /** A version that becomes healthy and answers {@code GET /} with its name. */
  protected abstract Rollout version(String name);

  /** A version that never becomes healthy. */
  protected abstract Rollout broken();

  /** What the endpoint answers to {@code GET /}. */
  protected abstract String answer(URI endpoint);

  private Epoch next() {
    return new Epoch(7, ++moves);
  }

  private Serving serving() {
    return target().serving(SLOT).orElseThrow();
  }

  private Serving installed(String name) {
    return target().install(PERMIT, version(name), next());
  }

  private Serving shifted(String name, Share share) {
    return target().shift(PERMIT, version(name), share, next());
  }

  @Test
  void nothingIsServedBeforeAnythingIsDeployed() {
    assertThat(target().serving(SLOT)).isEmpty();
  }

  @Test
  void whatIsInstalledServesEveryone() {
    Serving serving = installed("one");

    assertThat(serving.stable()).contains(version("one").artifact());
    assertThat(serving.canary()).isEmpty();
    assertThat(serving.share()).isEqualTo(Share.NONE);
    assertThat(answer(serving.endpoint())).isEqualTo("one");
    assertThat(serving()).isEqualTo(serving);
  }

  @Test
  void installingReplacesWhatWasThere() {
    URI endpoint = installed("one").endpoint();
    Serving serving = installed("two");

    assertThat(serving.stable()).contains(version("two").artifact());
    assertThat(serving.endpoint()).isEqualTo(endpoint);
    assertThat(answer(endpoint)).isEqualTo("two");
  }

  @Test
  void aCanaryGetsItsShare() {
    installed("one");
    Serving serving = shifted("two", HALF);

    assertThat(serving.stable()).contains(version("one").artifact());
    assertThat(serving.canary()).contains(version("two").artifact());
    assertThat(serving.share()).isEqualTo(HALF);
    assertThat(answer(serving.canaryEndpoint().orElseThrow())).isEqualTo("two");
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(answer(serving.endpoint()));
    }
    assertThat(answers).filteredOn("two"::equals).hasSizeBetween(10, 30);
  }

  @Test
  void aCanaryMayBeGivenEverythingAndStillBeTakenBack() {
    installed("one");
    Serving all = shifted("two", Share.ALL);
    assertThat(answer(all.endpoint())).isEqualTo("two");

    Serving back = target().rollBack(SLOT, next());

    assertThat(back.stable()).contains(version("one").artifact());
    assertThat(back.canary()).isEmpty();
    assertThat(back.share()).isEqualTo(Share.NONE);
    assertThat(answer(back.endpoint())).isEqualTo("one");
    assertThat(serving()).isEqualTo(back);
  }

  @Test
  void whatIsPromotedIsTheStableVersion() {
    installed("one");
    shifted("two", HALF);

    Serving serving = target().promote(PERMIT, SLOT, version("two").artifact(), next());

    assertThat(serving.stable()).contains(version("two").artifact());
    assertThat(serving.canary()).isEmpty();
    assertThat(answer(serving.endpoint())).isEqualTo("two");
  }

  @Test
  void everyMoveMayBeMadeTwice() {
    twice(at -> target().install(PERMIT, version("one"), at));
    twice(at -> target().shift(PERMIT, version("two"), HALF, at));
    twice(at -> target().rollBack(SLOT, at));
    twice(at -> target().shift(PERMIT, version("two"), HALF, at));
    twice(at -> target().promote(PERMIT, SLOT, version("two").artifact(), at));
    twice(at -> target().rollBack(SLOT, at));

    assertThat(serving().stable()).contains(version("two").artifact());
    assertThat(answer(serving().endpoint())).isEqualTo("two");
  }

  private void twice(Function<Epoch, Serving> move) {
    Epoch at = next();
    Serving first = move.apply(at);
    Serving second = move.apply(at);
    assertThat(second).isEqualTo(first);
    assertThat(second.epoch()).isEqualTo(at);
  }

  @Test
  void aMoveThatComesTooLateIsRefusedAndChangesNothing() {
    installed("one");
    shifted("two", HALF);
    Serving before = serving();
    Epoch late = new Epoch(6, 99);
    List<Runnable> moves =
        List.of(
            () -> target().install(PERMIT, version("three"), late),
            () -> target().shift(PERMIT, version("three"), Share.ALL, late),
            () -> target().promote(PERMIT, SLOT, version("two").artifact(), late),
            () -> target().rollBack(SLOT, late));

    for (Runnable move : moves) {
      assertThatThrownBy(move::run).isInstanceOf(TargetFault.StaleEpoch.class);
    }

    assertThat(serving()).isEqualTo(before);
  }

  @Test
  void whatDoesNotBecomeHealthyIsSaidSoAndGetsNoTraffic() {
    installed("one");
    Epoch at = next();

    assertThatThrownBy(() -> target().shift(PERMIT, broken(), HALF, at))
        .isInstanceOf(TargetFault.Unhealthy.class);

    assertThat(serving().stable()).contains(version("one").artifact());
    assertThat(serving().share()).isEqualTo(Share.NONE);
    assertThat(answer(serving().endpoint())).isEqualTo("one");
  }

  @Test
  void nothingIsPromotedThatIsNotThere() {
    installed("one");
    Epoch at = next();

    assertThatThrownBy(() -> target().promote(PERMIT, SLOT, version("two").artifact(), at))
        .isInstanceOf(TargetFault.class);

    assertThat(serving().stable()).contains(version("one").artifact());
  }

  @Test
  void aPermitForAnotherSlotMovesNothing() {
    Recorded<Decision> other = Permits.of(OTHER);
    Epoch at = next();

    assertThatThrownBy(() -> target().install(other, version("one"), at))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> target().shift(other, version("one"), HALF, at))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> target().promote(other, SLOT, version("one").artifact(), at))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(target().serving(SLOT)).isEmpty();
  }
}
