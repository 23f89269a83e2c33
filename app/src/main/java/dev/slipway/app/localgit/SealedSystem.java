package dev.slipway.app.localgit;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit may see of this machine: the repository and nothing else. JGit would otherwise run the
 * git program to find the system's configuration, read the user's (which names filters and
 * credential programs), and write its own file into the user's home.
 */
final class SealedSystem extends SystemReader {
  private static final SystemReader PLATFORM = SystemReader.getInstance();

  private SealedSystem() {}

  /** Makes every use of JGit in this process see no more than that. */
  static void install() {
    if (!(SystemReader.getInstance() instanceof SealedSystem)) {
      SystemReader.setInstance(new SealedSystem());
    }
  }

  @Override
  public String getHostname() {
    return "localhost";
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public @Nullable String getProperty(String key) {
    return PLATFORM.getProperty(key);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    FileBasedConfig config = new InMemory(parent, fs);
    // A ref or object that was reported as written must survive a power cut.
    config.setBoolean("core", null, "fsyncObjectFiles", true);
    config.setBoolean("core", null, "fsyncRefFiles", true);
    return config;
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new InMemory(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new InMemory(parent, fs);
  }

  @Override
  @Deprecated
  public long getCurrentTime() {
    return System.currentTimeMillis();
  }

  @Override
  @Deprecated
  public int getTimezone(long when) {
    return 0;
  }

  /** A configuration without a file. */
  private static final class InMemory extends FileBasedConfig {
    @SuppressWarnings("NullAway") // JGit's own way to say that there is no file
    InMemory(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
