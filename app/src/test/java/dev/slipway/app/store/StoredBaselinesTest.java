package dev.slipway.app.store;

import dev.slipway.telemetry.Baselines;
import dev.slipway.telemetry.BaselinesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredBaselinesTest extends BaselinesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase("measurements");

  @Override
  protected Baselines baselines() {
    return new StoredBaselines(DATABASE.dataSource());
  }
}
