package dev.slipway.app.detectors.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks in text that no parser reads: a declaration that is there before and not after. Coarser
 * than a comparison of whole files, so it is used only for pieces of them.
 */
final class LineBreaks {
  private static final int LINE_MAX = 2_000;

  private static final Pattern PROTO =
      Pattern.compile(
          "(?:(?:optional|repeated|required)\\s++)?[\\w.]++(?:<[^<>]{1,80}>)?\\s++\\w++\\s*+=\\s*+\\d++"
              + "|\\b(?:message|service|enum|oneof)\\s++\\w++|\\brpc\\s[^;{]{1,300}|\\bpackage\\s++[\\w.]++"
              + "|\\b[A-Z][A-Z0-9_]*+\\s*+=\\s*+\\d++");

  private static final Pattern GRAPHQL =
      Pattern.compile(
          "^\\s*+\\w++(?:\\s*+\\([^)]{0,500}\\))?\\s*+:\\s*+[\\w\\[\\]!]++"
              + "|\\b(?:type|input|interface|enum|union|scalar)\\s++\\w++|^\\s*+[A-Z][A-Z0-9_]*+\\s*+$");

  /** A public or protected member or type, up to its body. */
  private static final Pattern JAVA =
      Pattern.compile(
          "^\\s*+(?:@\\w++\\s++)*+(?:public|protected)\\s[^={;]{1,400}"
              + "|^\\s*+(?:public|protected)\\s++static\\s++final\\s[^=;]{1,200}");

  private LineBreaks() {}

  static List<Break> between(Form form, Version before, Version after) {
    Set<String> now = declarations(form, after);
    List<Break> breaks = new ArrayList<>();
    for (String part : declarations(form, before)) {
      if (!now.contains(part)) {
        breaks.add(
            new Break(form.label() + ".removed", after.path(), 0, part + " is gone or changed"));
      }
    }
    return breaks;
  }

  private static Set<String> declarations(Form form, Version version) {
    Pattern pattern =
        switch (form) {
          case PROTO -> PROTO;
          case GRAPHQL -> GRAPHQL;
          case JAVA, OPENAPI, GO, SCRIPT, AVRO, ASYNCAPI -> JAVA;
        };
    Set<String> all = new LinkedHashSet<>();
    version
        .text()
        .lines()
        .filter(line -> line.length() <= LINE_MAX)
        .map(line -> line.replaceFirst("(?://|\\s#).*+$", ""))
        .forEach(
            line -> {
              Matcher matcher = pattern.matcher(line);
              while (matcher.find()) {
                all.add(spelt(form, matcher.group()));
              }
            });
    return all;
  }

  /** Without what means nothing: blanks, and for Java what a caller does not see. */
  private static String spelt(Form form, String part) {
    String plain = part.replaceAll("\\s+", " ").replaceAll(" ?([=<>(),:\\[\\]]) ?", "$1").strip();
    return switch (form) {
      case JAVA ->
          plain
              .replaceAll("@\\w+(?:\\([^)]*\\))? ?", "")
              .replaceAll("\\b(?:synchronized|strictfp|native) |(?<=[(,])final ", "")
              .replaceAll(" ?throws .*", "");
      case PROTO, GRAPHQL, OPENAPI, GO, SCRIPT, AVRO, ASYNCAPI -> plain;
    };
  }
}
