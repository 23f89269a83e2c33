package dev.slipway.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.telemetry.FlagChanges;
import dev.slipway.telemetry.FlagChangesContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredFlagChangesTest extends FlagChangesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase("flag_changes");

  @Override
  protected FlagChanges flags() {
    return new StoredFlagChanges(DATABASE.dataSource());
  }

  private static FlagChange change(String id, Instant at) {
    return new FlagChange(
        id, "checkout", List.of(), List.of(), Person.human("ada@example.com"), at);
  }

  @Test
  void whatIsOlderThanItIsKeptIsForgotten() {
    Instant now = Instant.now();
    flags().changed(change("old", now.minus(FlagChanges.KEPT).minusSeconds(60)));
    FlagChange recent = change("recent", now.minus(FlagChanges.KEPT).plusSeconds(60));
    flags().changed(recent);

    assertThat(flags().latest()).containsExactly(recent);
    assertThat(flags().known("old")).isEmpty();
  }
}
