package dev.slipway.app.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is started, as an argument array. The shell text is constant; everything that varies is a
 * positional argument of it.
 *
 * @param options what the program reads from its standard input, which then ends
 * @param environment all of its environment
 */
record Launch(
    List<String> argv, List<String> options, Map<String, String> environment, Path directory) {
  /**
   * Joins the control groups named before the first {@code --}, then becomes what follows it. Where
   * memory runs out all the same, it is the first to be killed.
   */
  private static final String JOIN =
      """
      echo 1000 > /proc/self/oom_score_adj
      while [ "$1" != -- ]; do
        echo $$ > "$1" || { echo "slipway: cannot join $1"; exit 125; }
        shift
      done
      shift
      exec "$@"
      """;

  /**
   * In a mount namespace of its own: for each four arguments before the first {@code --}, lays a
   * writable layer over the first directory; where the kernel refuses, shows it read-only.
   */
  private static final String LAYER =
      """
      while [ "$1" != -- ]; do
        mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3,userxattr" "$4" 2>/dev/null ||
          mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3" "$4" 2>/dev/null ||
          mount --rbind "$1" "$4" || { echo "slipway: cannot mount $1"; exit 125; }
        shift 4
      done
      shift
      exec "$@"
      """;

  static List<String> joining(List<Path> groups, List<String> argv) {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", JOIN, "slipway"));
    groups.forEach(group -> words.add(group.toString()));
    words.add("--");
    words.addAll(argv);
    return words;
  }

  static List<String> layering(List<String> layers, List<String> argv) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("unshare", "--user", "--map-root-user", "--mount"));
    words.addAll(List.of("--propagation", "private", "/bin/sh", "-c", LAYER, "slipway"));
    words.addAll(layers);
    words.add("--");
    words.addAll(argv);
    return words;
  }

  static List<String> bounding(
      long fileBytesMax, OptionalLong userProcessesMax, List<String> argv) {
    List<String> words = new ArrayList<>(List.of("prlimit", "--core=0", "--fsize=" + fileBytesMax));
    userProcessesMax.ifPresent(max -> words.add("--nproc=" + max));
    words.add("--");
    words.addAll(argv);
    return words;
  }

  /** The options as bubblewrap reads them: each ended by a NUL, which none can contain. */
  byte[] stdin() {
    StringBuilder stdin = new StringBuilder();
    options.forEach(option -> stdin.append(option).append('\0'));
    return stdin.toString().getBytes(UTF_8);
  }
}
