package dev.slipway.app.detectors;

import dev.slipway.agents.review.Subject;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import dev.slipway.change.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the changes that detectors' tests look at. */
public final class Changes {
  private Changes() {}

  /** A bare patch that adds one new file. */
  public static Subject adding(String path, String text) {
    return patch(List.of(added(path, text)));
  }

  /** A bare patch of these files. */
  public static Subject patch(List<FileChange> files) {
    return subject(Diff.complete(files), Optional.empty(), Optional.empty());
  }

  /** A change between two trees of path to text: every file that differs, with full context. */
  public static Subject between(Map<String, String> base, Map<String, String> candidate) {
    List<FileChange> files = new ArrayList<>();
    TreeMap<String, String> all = new TreeMap<>(base);
    all.putAll(candidate);
    for (String path : all.keySet()) {
      String before = base.get(path);
      String after = candidate.get(path);
      if (before == null && after != null) {
        files.add(added(path, after));
      } else if (after == null && before != null) {
        files.add(deleted(path, before));
      } else if (before != null && !before.equals(after)) {
        files.add(modified(path, before, after));
      }
    }
    return subject(
        Diff.complete(files), Optional.of(new Tree(base)), Optional.of(new Tree(candidate)));
  }

  public static FileChange added(String path, String text) {
    return new FileChange(
        Kind.ADDED,
        path,
        path,
        0,
        0100644,
        Content.TEXT,
        List.of(new Hunk(0, 1, lines(text).map(l -> (Line) new Line.Added(l)).toList())));
  }

  public static FileChange deleted(String path, String text) {
    return new FileChange(
        Kind.DELETED,
        path,
        path,
        0100644,
        0,
        Content.TEXT,
        List.of(new Hunk(1, 0, lines(text).map(l -> (Line) new Line.Deleted(l)).toList())));
  }

  /** One hunk: what both begin and end with is context, the rest deleted and added. */
  public static FileChange modified(String path, String before, String after) {
    List<String> old = lines(before).toList();
    List<String> now = lines(after).toList();
    int head = 0;
    while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(old.size(), now.size()) - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    List<Line> lines = new ArrayList<>();
    old.subList(0, head).forEach(l -> lines.add(new Line.Context(l)));
    old.subList(head, old.size() - tail).forEach(l -> lines.add(new Line.Deleted(l)));
    now.subList(head, now.size() - tail).forEach(l -> lines.add(new Line.Added(l)));
    now.subList(now.size() - tail, now.size()).forEach(l -> lines.add(new Line.Context(l)));
    return new FileChange(
        Kind.MODIFIED, path, path, 0100644, 0100644, Content.TEXT, List.of(new Hunk(1, 1, lines)));
  }

  /** The same with three lines of context at most, as patches have them. */
  public static FileChange nearby(String path, String before, String after) {
    FileChange whole = modified(path, before, after);
    List<Line> lines = whole.hunks().getFirst().lines();
    int first = 0;
    while (first < lines.size() && lines.get(first) instanceof Line.Context) {
      first++;
    }
    int last = lines.size();
    while (last > first && lines.get(last - 1) instanceof Line.Context) {
      last--;
    }
    int from = Math.max(0, first - 3);
    List<Line> near = lines.subList(from, Math.min(lines.size(), last + 3));
    return new FileChange(
        Kind.MODIFIED,
        path,
        path,
        0100644,
        0100644,
        Content.TEXT,
        List.of(new Hunk(from + 1, from + 1, near)));
  }

  private static java.util.stream.Stream<String> lines(String text) {
    List<String> parts = new ArrayList<>(List.of(text.split("\n", -1)));
    if (parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts.stream();
  }

  public static Subject subject(
      Diff diff, Optional<SourceTree> base, Optional<SourceTree> candidate) {
    return new Subject(
        "A title",
        "A body",
        "dev@example.com",
        diff,
        base,
        candidate,
        Optional.empty(),
        Optional.empty());
  }

  /** Files in memory. */
  public record Tree(Map<String, String> files) implements SourceTree {
    @Override
    public Optional<byte[]> read(String path) {
      return Optional.ofNullable(files.get(path)).map(t -> t.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> paths() {
      return files.keySet().stream().sorted().toList();
    }
  }
}
