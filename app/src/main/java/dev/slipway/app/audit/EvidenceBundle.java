package dev.slipway.app.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The files of a bundle of evidence, in a directory or a zip file. Reading is bounded, and follows
 * neither links nor names that lead elsewhere: bundles come from strangers.
 *
 * @param files content by path, such as {@code entries/17.json}
 */
public record EvidenceBundle(SortedMap<String, byte[]> files) {
  static final int FILES_MAX = 20_000;
  static final long BYTES_MAX = 256L << 20;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";
  private static final String PATH = NAME + "(/" + NAME + "){0,3}";

  /** A bundle that cannot be read, and why. */
  public static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  public EvidenceBundle {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  Optional<byte[]> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The paths in one folder of the bundle, in order. */
  List<String> in(String folder) {
    return files.keySet().stream().filter(path -> path.startsWith(folder + "/")).toList();
  }

  /**
   * Writes it where nothing is yet: as a zip file if the name ends so, else as a directory.
   *
   * @throws IOException if it cannot be written, or something is there
   */
  public void write(Path place) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new Unreadable(place + " is there already");
    }
    if (place.toString().endsWith(".zip")) {
      try (OutputStream out = Files.newOutputStream(place)) {
        zip(out);
      }
      return;
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = place.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** The same content gives the same bytes. */
  private void zip(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      ZipEntry entry = new ZipEntry(file.getKey());
      entry.setLastModifiedTime(FileTime.from(Instant.parse("1980-01-02T00:00:00Z")));
      zip.putNextEntry(entry);
      zip.write(file.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  /**
   * Reads a directory or a zip file.
   *
   * @throws Unreadable if it is larger than a bundle may be, or leads outside of itself
   * @throws IOException if it cannot be read
   */
  public static EvidenceBundle read(Path place) throws IOException {
    Reading reading = new Reading();
    if (Files.isDirectory(place)) {
      readDirectory(place, reading);
    } else {
      readZip(place, reading);
    }
    if (reading.files.isEmpty()) {
      throw new Unreadable(place + " is no bundle: there is nothing in it");
    }
    return new EvidenceBundle(reading.files);
  }

  /**
   * By the zip file's directory, as other tools read it: what only its middle says is not there.
   */
  private static void readZip(Path place, Reading reading) throws IOException {
    try (ZipFile zip = new ZipFile(place.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            reading.take(entry.getName(), in);
          }
        }
      }
    }
  }

  private static void readDirectory(Path place, Reading reading) throws IOException {
    try (Stream<Path> paths = Files.walk(place)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isSymbolicLink(path)) {
          throw new Unreadable(OneLine.of(path.toString()) + " is a link");
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            reading.take(place.relativize(path).toString().replace('\\', '/'), in);
          }
        }
      }
    }
  }

  private static final class Reading {
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private long left = BYTES_MAX;

    void take(String path, InputStream in) throws IOException {
      if (!path.matches(PATH) || Arrays.asList(path.split("/", -1)).contains("..")) {
        throw new Unreadable(
            "the name '"
                + OneLine.of(path.substring(0, Math.min(200, path.length())))
                + "' has no place in a bundle");
      }
      if (files.size() == FILES_MAX) {
        throw new Unreadable("a bundle has at most " + FILES_MAX + " files");
      }
      byte[] content = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
      left -= content.length;
      if (left < 0) {
        throw new Unreadable("a bundle has at most " + BYTES_MAX + " bytes, unpacked");
      }
      if (files.put(path, content) != null) {
        throw new Unreadable(path + " is in it twice");
      }
    }
  }
}
