package dev.slipway.app.detectors.api;

import dev.slipway.agents.review.FileRole;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Members that keep their name in the code and get another one in what is sent. */
final class WireNames {
  /** The name that is sent, and the member that bears it, on one line or on two. */
  private static final List<Pattern> NAMED =
      List.of(
          Pattern.compile(
              "@(?:JsonProperty|SerializedName|SerialName|JsonbProperty|Json)\\(\\s*(?:(?:value|name)\\s*=\\s*)?\"([^\"]{1,100})\"[^)]{0,80}\\)(.{0,200})"),
          Pattern.compile(
              "\\[Json(?:PropertyName|Property)\\(\\s*\"([^\"]{1,100})\"[^\\]]{0,60}\\](.{0,200})"),
          Pattern.compile("#\\[serde\\(\\s*rename\\s*=\\s*\"([^\"]{1,100})\"\\s*\\)\\](.{0,200})"));

  private static final Pattern TAGGED =
      Pattern.compile(
          "^\\s*([A-Z]\\w{0,60})\\s+\\S[^`]{0,80}`[^`]{0,120}\\bjson:\"([^\",`]{1,100})[\",]");

  private static final Pattern MEMBER = Pattern.compile("(\\w+)\\s*(?:[,;=({:)]|$)");

  private WireNames() {}

  static List<Break> between(List<FileChange> files) {
    List<Break> breaks = new ArrayList<>();
    for (FileChange file : files) {
      if (FileRole.of(file.path()) == FileRole.PRODUCTION) {
        file.hunks().forEach(hunk -> compare(file, hunk, breaks));
      }
    }
    return breaks;
  }

  private static void compare(FileChange file, Hunk hunk, List<Break> breaks) {
    Map<String, String> before = new HashMap<>();
    Map<String, String> after = new HashMap<>();
    List<Line> lines = hunk.lines();
    for (int at = 0; at < lines.size(); at++) {
      switch (lines.get(at)) {
        case Line.Deleted ignored -> read(lines, at, before);
        case Line.Added ignored -> read(lines, at, after);
        case Line.Context ignored -> {}
      }
    }
    before.forEach(
        (member, name) -> {
          String now = after.getOrDefault(member, name);
          if (!now.equals(name)) {
            breaks.add(
                new Break(
                    "name.changed", file.path(), 0, "\"" + name + "\" is sent as \"" + now + "\""));
          }
        });
  }

  private static void read(List<Line> lines, int at, Map<String, String> names) {
    String text = lines.get(at).text();
    if (text.length() > 600) {
      return;
    }
    Matcher tagged = TAGGED.matcher(text);
    if (tagged.find()) {
      names.put(tagged.group(1), tagged.group(2));
      return;
    }
    for (Pattern pattern : NAMED) {
      Matcher named = pattern.matcher(text);
      if (named.find()) {
        String rest = named.group(2).isBlank() ? below(lines, at) : named.group(2);
        Matcher member = MEMBER.matcher(rest);
        if (member.find()) {
          names.put(member.group(1), named.group(1));
        }
      }
    }
  }

  private static String below(List<Line> lines, int at) {
    for (int below = at + 1; below < lines.size(); below++) {
      Line line = lines.get(below);
      boolean same =
          line instanceof Line.Context || line.getClass().equals(lines.get(at).getClass());
      if (same && !line.text().isBlank() && !line.text().strip().startsWith("@")) {
        return line.text();
      }
    }
    return "";
  }
}
