package dev.slipway.app.cli;

import dev.slipway.app.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How the running control plane of a home is reached: the file {@code control-plane.json}, for its
 * owner's eyes only.
 */
record ControlPlaneFile(long pid, int port, String token) {
  private static final String NAME = "control-plane.json";
  private static final int TOKEN_BYTES = 32;

  static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What the home's file says, if its process is alive. */
  static Optional<ControlPlaneFile> read(Path home) {
    Path file = home.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      ControlPlaneFile found =
          Json.mapper().readValue(Files.readAllBytes(file), ControlPlaneFile.class);
      return Optional.of(found)
          .filter(it -> ProcessHandle.of(it.pid()).filter(ProcessHandle::isAlive).isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  void write(Path home) {
    Path file = home.resolve(NAME);
    Path beside = home.resolve(NAME + ".new");
    try {
      Files.deleteIfExists(beside);
      Files.createFile(
          beside,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(beside, Json.mapper().writeValueAsBytes(this));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static void delete(Path home) {
    try {
      Files.deleteIfExists(home.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + home.resolve(NAME), e);
    }
  }
}
