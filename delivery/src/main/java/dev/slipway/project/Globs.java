package dev.slipway.project;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

/**
 * Path globs as {@code .slipway.yml} writes them: {@code *} within a folder, {@code **} across
 * folders.
 */
public final class Globs {
  private Globs() {}

  /**
   * Whether one of the globs matches the slash-separated path. A glob that begins with any folders
   * also matches in the root.
   */
  public static boolean anyMatches(List<String> globs, String path) {
    return globs.stream().anyMatch(glob -> matches(glob, path));
  }

  /** Whether the glob matches the slash-separated path. */
  public static boolean matches(String glob, String path) {
    Path candidate;
    try {
      candidate = Path.of(path);
    } catch (java.nio.file.InvalidPathException e) {
      // A path no file system can hold (a NUL byte) concerns every glob: rather too many than too
      // few.
      return true;
    }
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(candidate)
        || (glob.startsWith("**/") && matches(glob.substring(3), path));
  }
}
