package dev.slipway.workspace;

import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import java.util.ArrayList;
import java.util.List;

/** The difference of two small texts as one hunk over all of their lines. */
final class TextDiff {
  private TextDiff() {}

  static Hunk hunk(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        lines.add(new Line.Context(old.get(i)));
        i++;
        j++;
      } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line.Deleted(old.get(i++)));
      } else {
        lines.add(new Line.Added(now.get(j++)));
      }
    }
    return new Hunk(old.isEmpty() ? 0 : 1, now.isEmpty() ? 0 : 1, lines);
  }
}
