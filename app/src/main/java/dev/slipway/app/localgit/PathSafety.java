package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.app.localgit.TreeLayout.Entry;
import dev.slipway.change.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/** Whether paths and links of a tree stay inside the directory they are laid out in. */
final class PathSafety {
  /** As many links as Linux follows before it gives up. */
  private static final int HOPS_MAX = 40;

  private PathSafety() {}

  /** Why this path alone is unsafe: absolute, upwards, into a {@code .git}, or not UTF-8. */
  static Optional<String> hazard(byte[] path) {
    String shown = "'" + Printable.of(new String(path, UTF_8)) + "'";
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(path));
      new ObjectChecker().setSafeForMacOS(true).checkPath(path, 0, path.length);
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of("the file name " + shown + " is not UTF-8; rename it");
    } catch (CorruptObjectException e) {
      return Optional.of("the path " + shown + " is unsafe (" + e.getMessage() + "); rename it");
    }
  }

  /** Why these entries together are unsafe: clashes and links that lead outside. */
  static Optional<String> hazard(List<Entry> entries) {
    return clash(entries).or(() -> escape(entries));
  }

  /**
   * A file or link where another entry needs a directory, compared without case for links: on a
   * file system that ignores case the directory would be the link.
   */
  private static Optional<String> clash(List<Entry> entries) {
    Set<String> taken = new HashSet<>();
    Set<String> links = new HashSet<>();
    for (Entry entry : entries) {
      if (!taken.add(entry.path())) {
        return Optional.of("the path " + quoted(entry.path()) + " is in the tree twice");
      }
      if (entry.isLink() && !links.add(folded(entry.path()))) {
        return Optional.of("links differ only in case: " + quoted(entry.path()) + "; rename one");
      }
    }
    Set<String> cleared = new HashSet<>();
    for (Entry entry : entries) {
      if (!entry.isLink() && links.contains(folded(entry.path()))) {
        return Optional.of(
            quoted(entry.path()) + " differs from a link only in case; rename one of them");
      }
      String path = entry.path();
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        String above = path.substring(0, slash);
        if (!cleared.add(above)) {
          break;
        }
        if (taken.contains(above) || links.contains(folded(above))) {
          return Optional.of(
              quoted(above) + " is both a directory and a file or link; rename one of them");
        }
      }
    }
    return Optional.empty();
  }

  private static String folded(String path) {
    return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static Optional<String> escape(List<Entry> entries) {
    Map<String, String> links = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.isLink()) {
        links.put(entry.path(), entry.target());
      }
    }
    return links.keySet().stream()
        .sorted()
        .filter(link -> leadsOutside(link, links))
        .findFirst()
        .map(
            link ->
                "the symbolic link "
                    + quoted(link)
                    + " → "
                    + quoted(links.getOrDefault(link, ""))
                    + " leads outside the repository; make it relative and keep it inside");
  }

  /** Walks the link as the kernel would, through the other links of the tree. */
  private static boolean leadsOutside(String link, Map<String, String> links) {
    Deque<String> todo = new ArrayDeque<>(List.of(link.split("/")));
    Deque<String> at = new ArrayDeque<>();
    int hops = 0;
    while (!todo.isEmpty()) {
      String step = todo.pop();
      if (step.isEmpty() || step.equals(".")) {
        continue;
      }
      if (step.equals("..")) {
        if (at.pollLast() == null) {
          return true;
        }
        continue;
      }
      at.addLast(step);
      String target = links.get(String.join("/", at));
      if (target != null) {
        at.removeLast();
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
          return true;
        }
        if (++hops > HOPS_MAX) {
          return false; // a loop: the kernel refuses to follow it
        }
        String[] steps = target.split("/");
        for (int i = steps.length - 1; i >= 0; i--) {
          todo.push(steps[i]);
        }
      }
    }
    return false;
  }

  private static String quoted(String path) {
    return "'" + Printable.of(path) + "'";
  }
}
