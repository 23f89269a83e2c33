package dev.slipway.app.detectors.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a library of Go gives to others, or the entry of a package of JavaScript or TypeScript: the
 * exported declarations of all its changed files together, so that what moves between them is no
 * break.
 */
final class Declarations {
  private static final Pattern GO =
      Pattern.compile(
          "(?m)^func\\s+(?:\\(\\w*\\s*\\*?([A-Z]\\w*)(?:\\[[^\\]]{1,60}\\])?\\)\\s+)?([A-Z]\\w*)\\s*(?:\\[[^\\]]{1,120}\\])?(\\([^{\\n]{0,400})"
              + "|^type\\s+([A-Z]\\w*)\\b|^(?:var|const)\\s+([A-Z]\\w*)\\b|^\\t([A-Z]\\w*)[ \\t]+([\\w.*\\[\\]{}]{1,80})[ \\t]*(?:`[^`\\n]{0,200}`)?[ \\t]*(?://.*)?$");

  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?m)^\\s*export\\s+(?:declare\\s+|default\\s+|abstract\\s+|async\\s+)*(?:function\\*?|class|const|let|var|interface|type|enum|namespace)\\s+([\\w$]+)"
              + "|^\\s*export\\s+(?:type\\s+)?\\{([^}]{1,2000})\\}|^\\s*(export\\s+\\*\\s+from\\s+[\"'][^\"']{1,200}[\"'])"
              + "|^\\s*(?:module\\.)?exports\\.([\\w$]+)\\s*=");

  private static final Pattern NAME = Pattern.compile("\\w++");

  private Declarations() {}

  static List<Break> between(Form form, List<Version> before, List<Version> after) {
    Map<String, String> old = new LinkedHashMap<>();
    for (Version version : before) {
      all(form, version.text()).forEach(name -> old.putIfAbsent(name, version.path()));
    }
    Set<String> now = new TreeSet<>();
    after.forEach(version -> now.addAll(all(form, version.text())));
    List<Break> breaks = new ArrayList<>();
    old.forEach(
        (name, path) -> {
          if (!now.contains(name)) {
            breaks.add(new Break(form.label() + ".removed", path, 0, name + " is gone or changed"));
          }
        });
    return breaks;
  }

  private static Set<String> all(Form form, String text) {
    Set<String> all = new TreeSet<>();
    Matcher declaration = (form == Form.GO ? GO : SCRIPT).matcher(text);
    while (declaration.find()) {
      all.addAll(form == Form.GO ? List.of(go(declaration)) : script(declaration));
    }
    return all;
  }

  private static String go(Matcher it) {
    if (it.group(2) != null) {
      String owner = it.group(1) == null ? "" : it.group(1) + ".";
      return "func " + owner + it.group(2) + types(it.group(3));
    }
    if (it.group(4) != null) {
      return "type " + it.group(4);
    }
    return it.group(5) != null
        ? "value " + it.group(5)
        : "field " + it.group(6) + " " + it.group(7);
  }

  /** Without the parameters' names, which no caller sees, where each has a type of its own. */
  private static String types(String signature) {
    return signature
        .replaceAll("([(,]\\s*)[a-z]\\w*\\s+(?=[\\w.*\\[\\]])", "$1")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static List<String> script(Matcher it) {
    if (it.group(2) == null) {
      return List.of(
          it.group(1) != null ? it.group(1) : it.group(3) != null ? it.group(3) : it.group(4));
    }
    List<String> names = new ArrayList<>();
    for (String part : it.group(2).split(",")) {
      String[] words = part.strip().split("\\s+as\\s+");
      Matcher name = NAME.matcher(words[words.length - 1].replaceFirst("^type\\s+", ""));
      if (name.find()) {
        names.add(name.group());
      }
    }
    return names;
  }
}
