package dev.slipway.app.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a confined command finds around it: the machine's programs read-only, a home and {@code
 * /tmp} of its own, its checkout, the caches it was shown. A list of what is there, so that what
 * nobody thought of is not.
 */
final class Room {
  static final Path HOME = Path.of("/home/slipway");

  private static final List<String> PROGRAMS = List.of("/usr", "/opt", "/nix/store", "/gnu/store");
  private static final List<String> ROOT_LINKS =
      List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

  /** The parts of /etc that programs need; passwords and keys are in others. */
  private static final List<String> ETC =
      List.of(
          "alternatives",
          "ca-certificates",
          "ca-certificates.conf",
          "crypto-policies",
          "pki",
          "fonts",
          "gai.conf",
          "host.conf",
          "hosts",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "localtime",
          "maven",
          "mime.types",
          "nsswitch.conf",
          "os-release",
          "debian_version",
          "protocols",
          "python3",
          "resolv.conf",
          "rpc",
          "services",
          "ssl",
          "terminfo",
          "timezone");

  private static final String SHM_BYTES = Long.toString(256L << 20);
  private static final String ID = "65534";

  private final Path own;
  private final Path checkout;
  private final List<Caches.Cache> caches;
  private final Map<String, String> substitutes;

  private Room(
      Path own, Path checkout, List<Caches.Cache> caches, Map<String, String> substitutes) {
    this.own = own;
    this.checkout = checkout;
    this.caches = caches;
    this.substitutes = substitutes;
  }

  /**
   * Makes the directories it needs in {@code own}.
   *
   * @param substitutes what to show instead of these files of the home
   */
  static Room make(
      Path own, Path checkout, List<Caches.Cache> caches, Map<String, String> substitutes)
      throws IOException {
    Room room = new Room(own, checkout, caches, substitutes);
    for (String name : List.of("home", "tmp", "etc", "substitutes")) {
      Files.createDirectory(own.resolve(name));
    }
    Files.writeString(
        own.resolve("etc/passwd"), "slipway:x:" + ID + ":" + ID + "::" + HOME + ":/bin/sh\n");
    Files.writeString(own.resolve("etc/group"), "slipway:x:" + ID + ":\n");
    for (int i = 0; i < caches.size(); i++) {
      for (String name : List.of("upper", "work", "merged")) {
        Files.createDirectories(room.cache(i).resolve(name));
      }
    }
    return room;
  }

  private Path cache(int index) {
    return own.resolve("caches").resolve(Integer.toString(index));
  }

  /** For each cache: what lies below, what takes the writes, work space, and where both show. */
  List<String> layers() {
    List<String> layers = new ArrayList<>();
    for (int i = 0; i < caches.size(); i++) {
      layers.add(caches.get(i).directory().toString());
      for (String name : List.of("upper", "work", "merged")) {
        layers.add(cache(i).resolve(name).toString());
      }
    }
    return layers;
  }

  /** Bubblewrap's options for it, in the order in which it obeys them. */
  List<String> options(Path javaHome) throws IOException {
    Options options = new Options();
    for (String programs : PROGRAMS) {
      options.add("--ro-bind-try", programs, programs);
    }
    for (String name : ROOT_LINKS) {
      rootLink(options, Path.of(name));
    }
    if (PROGRAMS.stream().noneMatch(javaHome::startsWith)) {
      options.add("--ro-bind", javaHome.toString(), javaHome.toString());
    }
    etc(options);
    options.add("--proc", "/proc").add("--dev", "/dev");
    options.add("--size", SHM_BYTES, "--tmpfs", "/dev/shm");
    options.add("--bind", own.resolve("tmp").toString(), "/tmp").add("--dir", "/run");
    options.add("--bind", own.resolve("tmp").toString(), "/var/tmp");
    options.add("--bind", own.resolve("home").toString(), HOME.toString());
    caches(options);
    options.add("--bind", checkout.toString(), Bubblewrap.WORKSPACE.toString());
    options.add("--remount-ro", "/");
    return options.words;
  }

  private static void rootLink(Options options, Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      options.add("--symlink", Files.readSymbolicLink(path).toString(), path.toString());
    } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      options.add("--ro-bind", path.toString(), path.toString());
    }
  }

  private void etc(Options options) throws IOException {
    for (String name : ETC) {
      options.add("--ro-bind-try", "/etc/" + name, "/etc/" + name);
    }
    try (var java = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
      for (Path configuration : java) {
        options.add("--ro-bind", configuration.toString(), configuration.toString());
      }
    }
    if (Files.isDirectory(Path.of("/etc/ssl/private"))) {
      options.add("--tmpfs", "/etc/ssl/private");
    }
    for (String name : List.of("passwd", "group")) {
      options.add("--ro-bind", own.resolve("etc").resolve(name).toString(), "/etc/" + name);
    }
  }

  private void caches(Options options) throws IOException {
    for (int i = 0; i < caches.size(); i++) {
      String inside = HOME.resolve(caches.get(i).name()).toString();
      options.add("--bind", cache(i).resolve("merged").toString(), inside);
    }
    int count = 0;
    for (Map.Entry<String, String> substitute : substitutes.entrySet()) {
      Path shown = own.resolve("substitutes").resolve(Integer.toString(count++));
      Files.writeString(shown, substitute.getValue());
      options.add("--ro-bind", shown.toString(), HOME.resolve(substitute.getKey()).toString());
    }
  }

  private static final class Options {
    private final List<String> words = new ArrayList<>();

    Options add(String... more) {
      words.addAll(List.of(more));
      return this;
    }
  }
}
