package dev.slipway.telemetry;

class FakeBaselinesTest extends BaselinesContract {
  private final FakeBaselines baselines = new FakeBaselines();

  @Override
  protected Baselines baselines() {
    return baselines;
  }
}
