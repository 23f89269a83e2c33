package dev.slipway.app.detectors.integrations;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Pages with markup: they link to much and load little. */
final class Pages {
  private static final List<String> ENDINGS =
      List.of(
          ".html",
          ".htm",
          ".jsp",
          ".jte",
          ".erb",
          ".ejs",
          ".hbs",
          ".cshtml",
          ".twig",
          ".blade.php");

  private static final Pattern LOADED =
      Pattern.compile(
          "(?i)(?:\\bsrc|\\baction|\\bdata-url|\\bformaction)\\s{0,2}=\\s{0,2}[\"']?$"
              + "|<link\\b[^>]{0,150}\\bhref\\s{0,2}=\\s{0,2}[\"']?$"
              + "|(?:fetch|ajax|open|WebSocket|EventSource|import|url)\\s{0,2}\\(?[^)\"']{0,20}[\"']?$");

  private Pages() {}

  static boolean isPage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /** Whether what stands before a URL makes the browser load it. */
  static boolean isLoaded(String before) {
    return LOADED.matcher(before).find();
  }
}
