package dev.slipway.telemetry;

class FakeFlagChangesTest extends FlagChangesContract {
  private final FakeFlagChanges flags = new FakeFlagChanges();

  @Override
  protected FlagChanges flags() {
    return flags;
  }
}
