package dev.slipway.app.store;

import java.nio.file.Path;

/** Databases for tests: each in a home of its own, with the server's programs unpacked once. */
public final class TestStore {
  private static final Path BINARIES =
      Path.of(System.getProperty("slipway.test.binaries", "target/postgres")).toAbsolutePath();

  private TestStore() {}

  /** Where the server's programs are unpacked, for a child that is to use the same. */
  public static Path binaries() {
    return BINARIES;
  }

  /** Settings of an embedded server under this home. */
  public static StoreSettings settings(Path home) {
    return new StoreSettings(home, new StoreSettings.Server.Embedded(BINARIES), 12);
  }
}
