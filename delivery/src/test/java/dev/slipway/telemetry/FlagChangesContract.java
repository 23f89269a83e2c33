package dev.slipway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Environment;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What everything that remembers flags' changes must do. */
public abstract class FlagChangesContract {
  private static final ServiceName ORDERS = new ServiceName("orders");
  private static final ServiceName BILLING = new ServiceName("billing");
  private static final Environment EU = new Environment("production-eu");
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /** An empty one, to be used throughout one test. */
  protected abstract FlagChanges flags();

  private static FlagChange change(
      String id, List<ServiceName> services, List<Environment> environments, Instant at) {
    return new FlagChange(
        id, "checkout-v2", services, environments, Person.human("ada@example.com"), at);
  }

  private List<String> during(Environment environment, ServiceName service, long from, long to) {
    return flags()
        .during(new Slot(environment, service), NOW.plusMillis(from), NOW.plusMillis(to))
        .stream()
        .map(FlagChange::id)
        .toList();
  }

  @Test
  void aChangeConcernsTheServicesAndPlacesItNames() {
    flags().changed(change("all", List.of(), List.of(), NOW));
    flags().changed(change("orders", List.of(ORDERS), List.of(), NOW));
    flags().changed(change("eu", List.of(), List.of(EU), NOW));
    flags().changed(change("both", List.of(ORDERS, BILLING), List.of(EU), NOW));

    assertThat(during(Environment.PRODUCTION, ORDERS, 0, 1)).containsExactly("all", "orders");
    assertThat(during(EU, ORDERS, 0, 1)).containsExactly("all", "both", "eu", "orders");
    assertThat(during(Environment.PRODUCTION, BILLING, 0, 1)).containsExactly("all");
    assertThat(during(EU, new ServiceName("web"), 0, 1)).containsExactly("all", "eu");
  }

  @Test
  void theIntervalHasItsBeginningAndNotItsEnd() {
    flags().changed(change("a", List.of(), List.of(), NOW.plusMillis(1)));

    assertThat(during(EU, ORDERS, 0, 1)).isEmpty();
    assertThat(during(EU, ORDERS, 1, 2)).containsExactly("a");
    assertThat(during(EU, ORDERS, 2, 9)).isEmpty();
  }

  @Test
  void whatHasTheIdAlreadyStaysAsItIs() {
    FlagChange first = change("a", List.of(ORDERS), List.of(), NOW);
    flags().changed(first);
    flags().changed(change("a", List.of(BILLING), List.of(EU), NOW.plusMillis(5)));

    assertThat(flags().known("a")).contains(first);
    assertThat(flags().known("b")).isEmpty();
    assertThat(flags().latest()).containsExactly(first);
  }

  @Test
  void theEarliestAreToldFirstAndTheLatestAreListedFirst() {
    flags().changed(change("b", List.of(), List.of(), NOW.plusMillis(2)));
    flags().changed(change("a", List.of(), List.of(), NOW.plusMillis(1)));

    assertThat(during(EU, ORDERS, 0, 9)).containsExactly("a", "b");
    assertThat(flags().latest()).extracting(FlagChange::id).containsExactly("b", "a");
  }

  @Test
  void noMoreAreToldThanTheBound() {
    for (int i = 0; i <= FlagChanges.TOLD_MAX; i++) {
      flags().changed(change("c" + i, List.of(), List.of(), NOW.plusMillis(i)));
    }

    assertThat(during(EU, ORDERS, 0, 5_000)).hasSize(FlagChanges.TOLD_MAX).first().isEqualTo("c0");
    assertThat(flags().latest()).hasSize(100);
  }
}
