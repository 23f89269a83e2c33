package dev.slipway.agents.testing;

import dev.slipway.agents.testing.Generation.Kept;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Printable;
import dev.slipway.workspace.Workspace.Proposal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commit that brings generated tests into a change, and says where they come from. */
public final class TestCommit {
  private TestCommit() {}

  /**
   * A commit of these tests.
   *
   * @param origin trailers, besides change and attempt, that say where they come from
   */
  public static Proposal of(ChangeId change, List<Kept> tests, Map<String, String> origin) {
    Map<String, String> files = new TreeMap<>();
    tests.forEach(test -> files.put(test.path(), test.code()));
    Map<String, String> trailers = new LinkedHashMap<>();
    trailers.put("Slipway-Change", change.value());
    trailers.put(
        "Slipway-Attempt",
        Integer.toString(tests.stream().mapToInt(Kept::attempts).max().orElse(1)));
    trailers.putAll(origin);
    return new Proposal(change, files, message(tests, trailers));
  }

  private static String message(List<Kept> tests, Map<String, String> trailers) {
    StringBuilder message = new StringBuilder("Tests for lines that no test executed\n\n");
    tests.forEach(
        test ->
            message
                .append("- ")
                .append(Printable.of(test.path()))
                .append(": ")
                .append(Printable.of(test.edgeCase()))
                .append('\n'));
    message.append('\n');
    trailers.forEach(
        (key, value) -> message.append(key).append(": ").append(Printable.of(value)).append('\n'));
    return message.toString();
  }
}
