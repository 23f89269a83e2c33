package dev.slipway.app.sandbox;

import dev.slipway.workspace.SandboxedCommand.Limits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a command writes in all. Asking the file system for its free space is cheap and done
 * each time; the directories are only added up when so much is gone that they could be the reason.
 */
final class Disk implements Supplier<Optional<String>> {
  /** Below this much free space the command is ended whoever took it: others need the disk too. */
  private static final long RESERVE_BYTES = 256L << 20;

  private final List<Path> directories;
  private final Limits limits;
  private final long usableAtStart;
  private final long sizeAtStart;
  private long usableAtLastSum;

  Disk(List<Path> directories, Limits limits) throws IOException {
    this.directories = directories;
    this.limits = limits;
    this.sizeAtStart = size();
    this.usableAtStart = usable();
    this.usableAtLastSum = usableAtStart;
  }

  @Override
  public Optional<String> get() {
    try {
      long usable = usable();
      if (usable < RESERVE_BYTES && usable < usableAtStart) {
        return Optional.of("disk almost full: " + usable + " bytes left");
      }
      boolean mayBeOver = usableAtStart - usable > limits.fileBytesMax();
      boolean grownSince = usableAtLastSum - usable > limits.fileBytesMax() / 8;
      if (mayBeOver && (grownSince || usableAtLastSum == usableAtStart)) {
        usableAtLastSum = usable;
        if (size() - sizeAtStart > limits.fileBytesMax()) {
          return Optional.of(Bounds.disk(limits));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("disk use unknown: " + e.getMessage());
    }
  }

  private long usable() throws IOException {
    return Files.getFileStore(directories.getFirst()).getUsableSpace();
  }

  private long size() throws IOException {
    Sum sum = new Sum();
    for (Path directory : directories) {
      Files.walkFileTree(directory, sum);
    }
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // deleted meanwhile, or closed to us
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
