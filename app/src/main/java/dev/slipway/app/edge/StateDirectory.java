package dev.slipway.app.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The edge's directory: its lock, its token, where it can be reached, and a file per route.
 * Whatever {@link #keep} was given is on the disk when it returns: written aside, forced, renamed
 * into place, and the directory forced as well.
 */
final class StateDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int TOKEN_BYTES = 32;
  private static final String SUFFIX = ".json";

  private final Path dir;

  StateDirectory(Path dir) {
    this.dir = dir.toAbsolutePath();
  }

  /** Creates the directory, readable by its owner only. */
  void create() throws IOException {
    if (!Files.isDirectory(dir)) {
      Files.createDirectories(
          dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.createDirectories(routes());
  }

  /** Takes the lock for the life of this process; empty if another edge holds it. */
  Optional<FileLock> lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            dir.resolve("edge.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(lock);
      }
    } catch (OverlappingFileLockException e) {
      // Held within this very process: the same as held by another.
    }
    channel.close();
    return Optional.empty();
  }

  /** Makes the token at the first start. */
  void provideToken() throws IOException {
    if (!Files.exists(tokenFile(), LinkOption.NOFOLLOW_LINKS)) {
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      replace(tokenFile(), HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private Path tokenFile() {
    return dir.resolve("token");
  }

  /** The token that callers of the admin port must know. */
  String token() throws IOException {
    Path file = tokenFile();
    Set<PosixFilePermission> granted =
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (!OWNER_ONLY.containsAll(granted)) {
      throw new IOException(file + " can be read by others; run: chmod 600 " + file);
    }
    String token = Files.readString(file).strip();
    if (token.length() < TOKEN_BYTES) {
      throw new IOException(file + " holds no token; remove it and start the edge again");
    }
    return token;
  }

  void announce(EdgeAddress address) throws IOException {
    replace(addressFile(), EdgeJson.write(address));
  }

  void withdraw() throws IOException {
    Files.deleteIfExists(addressFile());
  }

  /** Where a running, or a killed, edge said it can be reached. */
  Optional<EdgeAddress> address() throws IOException {
    if (!Files.exists(addressFile())) {
      return Optional.empty();
    }
    try {
      byte[] json = Files.readAllBytes(addressFile());
      return Optional.of(EdgeJson.readAnswer(json, EdgeAddress.class));
    } catch (EdgeJson.Malformed e) {
      throw new IOException(addressFile() + " at " + e.place() + ": " + e.getMessage(), e);
    }
  }

  /** What the process says on its standard streams. */
  Path output() {
    return dir.resolve("edge.out");
  }

  /** What it logs, in two files of bounded size that take turns; {@code %g} is 0 or 1. */
  String logPattern() {
    return dir.resolve("edge.log").toString().replace("%", "%%") + ".%g";
  }

  private Path addressFile() {
    return dir.resolve("edge.json");
  }

  private Path routes() {
    return dir.resolve("routes");
  }

  /** What was found on the disk: routes, and files that cannot be read, with the reason. */
  record Found(TreeMap<RouteName, RouteRecord> routes, TreeMap<RouteName, String> unreadable) {}

  Found read() throws IOException {
    Found found = new Found(new TreeMap<>(), new TreeMap<>());
    for (Path environment : list(routes())) {
      for (Path file : list(environment)) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          String service = name.substring(0, name.length() - SUFFIX.length());
          readInto(found, new RouteName(environment.getFileName().toString(), service), file);
        }
      }
    }
    return found;
  }

  private static void readInto(Found found, RouteName name, Path file) throws IOException {
    try {
      found.routes().put(name, EdgeJson.readWish(Files.readAllBytes(file), RouteRecord.class));
    } catch (EdgeJson.Malformed e) {
      found.unreadable().put(name, file + " at " + e.place() + ": " + e.getMessage());
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  /** Makes the record durable. */
  void keep(RouteName name, RouteRecord kept) {
    try {
      Path environment = routes().resolve(name.environment());
      if (!Files.isDirectory(environment)) {
        Files.createDirectory(environment);
        force(routes());
      }
      replace(environment.resolve(name.service() + SUFFIX), EdgeJson.write(kept));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the route " + name + ": " + e, e);
    }
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    try {
      Files.createFile(aside, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another process writes " + aside, e);
    }
    try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    Path parent = file.getParent();
    if (parent != null) {
      force(parent);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
