package dev.slipway.target;

class FakeReleasesTest extends ReleasesContract {
  private final FakeReleases releases = new FakeReleases();

  @Override
  protected Releases releases() {
    return releases;
  }
}
