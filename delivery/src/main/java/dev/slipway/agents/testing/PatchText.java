package dev.slipway.agents.testing;

import dev.slipway.agents.testing.Generation.Kept;
import java.util.List;

/** New files as a patch that {@code git apply} takes. */
public final class PatchText {
  private PatchText() {}

  /** The patch that adds these tests. */
  public static String of(List<Kept> tests) {
    StringBuilder out = new StringBuilder();
    for (Kept test : tests) {
      List<String> lines = test.code().lines().toList();
      out.append("diff --git a/%s b/%s%n".formatted(test.path(), test.path()));
      out.append("new file mode 100644\n--- /dev/null\n+++ b/").append(test.path()).append('\n');
      out.append("@@ -0,0 +1").append(lines.size() == 1 ? "" : "," + lines.size()).append(" @@\n");
      lines.forEach(line -> out.append('+').append(line).append('\n'));
      if (!test.code().endsWith("\n")) {
        out.append("\\ No newline at end of file\n");
      }
    }
    return out.toString();
  }
}
