package dev.slipway.app;

/** The version of this program. */
public final class Version {
  private Version() {}

  /** As the build wrote it into the jar; {@code development} outside one. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
