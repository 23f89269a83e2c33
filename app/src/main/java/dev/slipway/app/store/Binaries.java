package dev.slipway.app.store;

import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of the embedded server, unpacked once from the archive on the class path. */
final class Binaries {
  private Binaries() {}

  /**
   * The directory that holds {@code bin} and {@code lib}. It is named after the archive's checksum
   * and appears whole or not at all, so that several processes may share {@code parent}.
   */
  static Path unpackInto(Path parent) {
    String name = "postgres-" + system() + "-" + ArchUtils.normalize(System.getProperty("os.arch"));
    URL archive =
        Optional.ofNullable(Binaries.class.getResource("/" + name + ".txz"))
            .orElseThrow(
                () ->
                    new StoreException(
                        "no PostgreSQL is packed for this machine ("
                            + name
                            + "): give your own server's JDBC URL"));
    try {
      Path home = parent.resolve("server-" + checksum(archive));
      if (!Files.isDirectory(home)) {
        unpack(archive, parent, home);
      }
      return home;
    } catch (IOException e) {
      throw new StoreException(
          "cannot unpack PostgreSQL into " + parent + ": " + e.getMessage(), e);
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.split(" ", 2)[0];
  }

  private static String checksum(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      jar.setUseCaches(false);
      try (var file = jar.getJarFile()) {
        return Long.toHexString(file.getEntry(jar.getEntryName()).getCrc());
      }
    }
    throw new IOException("the archive is not in a jar: " + archive);
  }

  private static void unpack(URL archive, Path parent, Path home) throws IOException {
    Files.createDirectories(parent);
    Path fresh = Files.createTempDirectory(parent, "unpacking-");
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, fresh);
      }
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      Trees.delete(fresh); // Another process was first.
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path home)
      throws IOException {
    Path target = home.resolve(entry.getName()).normalize();
    if (!target.startsWith(home)) {
      throw new IOException("the archive leaves its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    boolean program = (entry.getMode() & 0100) != 0 || entry.getName().contains("bin/");
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
