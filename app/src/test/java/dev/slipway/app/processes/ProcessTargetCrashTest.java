package dev.slipway.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.Greeters;
import dev.slipway.audit.Permits;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.TargetFault;
import dev.slipway.target.TrafficRouter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control plane dies at any call of the router; the next one brings about what was meant. */
class ProcessTargetCrashTest {
  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("greeter"));

  @TempDir Path directory;
  private final FailingRouter router = new FailingRouter();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void endGreeters() {
    http.close();
    Greeters.end(directory);
  }

  /** When a router's call fails. */
  enum Moment {
    BEFORE_IT_IS_SO,
    AFTER_IT_IS_SO
  }

  /** Keeps the last split; one of its calls fails. */
  private static final class FailingRouter implements TrafficRouter {
    int failingCall;
    Moment moment = Moment.BEFORE_IT_IS_SO;
    Optional<Split> last = Optional.empty();
    private int calls;

    @Override
    public URI split(Slot slot, Epoch epoch, Split split) {
      calls++;
      if (calls == failingCall && moment == Moment.BEFORE_IT_IS_SO) {
        throw new TargetFault("crash");
      }
      last = Optional.of(split);
      if (calls == failingCall) {
        throw new TargetFault("crash");
      }
      return URI.create("http://greeter");
    }

    @Override
    public Optional<URI> endpoint(Slot slot) {
      return last.map(any -> URI.create("http://greeter"));
    }

    @Override
    public long inFlight(Slot slot, Backend backend) {
      return 0;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, BEFORE_IT_IS_SO", "1, AFTER_IT_IS_SO",
    "2, BEFORE_IT_IS_SO", "2, AFTER_IT_IS_SO",
    "3, BEFORE_IT_IS_SO", "3, AFTER_IT_IS_SO",
    "4, BEFORE_IT_IS_SO", "4, AFTER_IT_IS_SO",
    "5, BEFORE_IT_IS_SO", "5, AFTER_IT_IS_SO"
  })
  void E1_whatWasBegunIsBroughtAbout(int call, Moment moment) {
    router.failingCall = call;
    router.moment = moment;
    Greeters greeters = new Greeters(SLOT, directory);
    Rollout one = greeters.version("one");
    Rollout two = greeters.version("two");

    made(greeters, target -> target.install(Permits.of(SLOT), one, new Epoch(1, 1)));
    made(
        greeters, target -> target.shift(Permits.of(SLOT), two, Share.percent(5), new Epoch(1, 2)));
    Serving back = made(greeters, target -> target.rollBack(SLOT, new Epoch(1, 3)));
    assertThat(back.stable()).contains(one.artifact());
    assertServes("one");
    made(greeters, target -> target.shift(Permits.of(SLOT), two, Share.ALL, new Epoch(1, 4)));
    Serving shipped =
        made(
            greeters,
            target -> target.promote(Permits.of(SLOT), SLOT, two.artifact(), new Epoch(1, 5)));

    assertThat(shipped.stable()).contains(two.artifact());
    assertThat(shipped.canary()).isEmpty();
    assertServes("two");
  }

  private void assertServes(String name) {
    TrafficRouter.Split split = router.last.orElseThrow();
    assertThat(split.canary()).isEmpty();
    for (TrafficRouter.Backend instance : split.stable()) {
      URI uri = URI.create("http://127.0.0.1:" + instance.port() + "/");
      assertThat(Greeters.get(http, uri).body()).isEqualTo(name);
    }
    assertThat(split.stable()).hasSize(1);
  }

  /** Made by a fresh target; after a crash once more, by another. */
  private Serving made(Greeters greeters, Function<DeployTarget, Serving> move) {
    Path state = directory.resolve("target");
    try {
      return move.apply(new ProcessTarget(state, router, greeters.artifacts()));
    } catch (TargetFault crash) {
      assertThat(crash).hasMessage("crash");
      return move.apply(new ProcessTarget(state, router, greeters.artifacts()));
    }
  }
}
