package dev.slipway.app.artifacts;

import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.workspace.ArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps each content once, as {@code sha256/<first two digits>/<digest>} under a directory. A file
 * appears there by an atomic rename after its bytes, and then its name, were forced to the disk; so
 * a crash leaves either the whole content or none. Safe for many threads and processes.
 */
public final class FileArtifactStore implements ArtifactStore {
  private final Path contents;
  private final Path incoming;

  /**
   * @param directory where it keeps them; made if it does not exist
   */
  public FileArtifactStore(Path directory) {
    this.contents = directory.resolve("sha256");
    this.incoming = directory.resolve("incoming");
    try {
      Files.createDirectories(contents);
      Files.createDirectories(incoming);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the artifact store " + directory, e);
    }
  }

  @Override
  public Artifact.File keep(Path file) {
    String name = String.valueOf(file.getFileName());
    try (InputStream content =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return new Artifact.File(keep(content), name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the artifact " + file, e);
    }
  }

  @Override
  public Digest keep(byte[] evidence) {
    try {
      return keep(new ByteArrayInputStream(evidence));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + evidence.length + " bytes of evidence", e);
    }
  }

  private Digest keep(InputStream content) throws IOException {
    Path arriving = Files.createTempFile(incoming, "", "");
    try {
      Digest digest = copy(content, arriving);
      Files.setPosixFilePermissions(arriving, PosixFilePermissions.fromString("r--r--r--"));
      Path shelf = contents.resolve(digest.hex().substring(0, 2));
      boolean newShelf = Files.notExists(shelf);
      Files.createDirectories(shelf);
      // Renaming over content that is there already mends it, should it have been damaged.
      Files.move(arriving, shelf.resolve(digest.hex()), StandardCopyOption.ATOMIC_MOVE);
      force(shelf);
      if (newShelf) {
        force(contents);
      }
      return digest;
    } finally {
      Files.deleteIfExists(arriving);
    }
  }

  private static Digest copy(InputStream content, Path to) throws IOException {
    MessageDigest sha256 = sha256();
    try (DigestInputStream in = new DigestInputStream(content, sha256);
        FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      in.transferTo(out);
      channel.force(true);
    }
    return new Digest(HexFormat.of().formatHex(sha256.digest()));
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Path open(Artifact.File artifact) {
    Path file = path(artifact.digest());
    verify(file, artifact.digest());
    return file;
  }

  @Override
  public byte[] evidence(Digest digest) {
    Path file = path(digest);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalStateException("the artifact store does not hold " + digest);
      }
      byte[] content = Files.readAllBytes(file);
      if (!Digest.of(content).equals(digest)) {
        throw damaged(file, digest, Digest.of(content));
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Whether there is content of this digest. */
  public boolean isThere(Digest digest) {
    return Files.isRegularFile(path(digest), LinkOption.NOFOLLOW_LINKS);
  }

  /** Erases evidence for good; does nothing if there is none. */
  public void erase(Digest digest) {
    try {
      Files.deleteIfExists(path(digest));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot erase " + digest, e);
    }
  }

  private Path path(Digest digest) {
    return contents.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private static void verify(Path file, Digest expected) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalStateException("the artifact store does not hold " + expected);
    }
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    Digest actual = new Digest(HexFormat.of().formatHex(sha256.digest()));
    if (!actual.equals(expected)) {
      throw damaged(file, expected, actual);
    }
  }

  private static IllegalStateException damaged(Path file, Digest expected, Digest actual) {
    return new IllegalStateException(
        file + " should hold " + expected + " but holds " + actual + "; it was altered or damaged");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
