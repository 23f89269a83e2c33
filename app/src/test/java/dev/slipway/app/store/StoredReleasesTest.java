package dev.slipway.app.store;

import dev.slipway.target.Releases;
import dev.slipway.target.ReleasesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredReleasesTest extends ReleasesContract {
  @RegisterExtension
  static final TestDatabase DATABASE = new TestDatabase("releases, rollbacks, incidents");

  @Override
  protected Releases releases() {
    return new StoredReleases(DATABASE.dataSource());
  }
}
