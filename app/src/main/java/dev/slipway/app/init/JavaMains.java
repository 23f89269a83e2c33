package dev.slipway.app.init;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Classes that can be started. */
final class JavaMains {
  private static final Pattern MAIN = Pattern.compile("(?m)^\\s*(public )?static void main\\(");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([a-zA-Z0-9_.]{1,300});");
  private static final String SOURCES = "src/main/java/";

  private JavaMains() {}

  /** Their qualified names. */
  static List<String> of(Folder folder) {
    return folder.files().stream()
        .filter(file -> file.startsWith(SOURCES) && file.endsWith(".java"))
        .filter(file -> folder.text(file).filter(text -> MAIN.matcher(text).find()).isPresent())
        .map(file -> name(file, folder.text(file).orElse("")))
        .toList();
  }

  private static String name(String file, String text) {
    String simple = file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length());
    Matcher matcher = PACKAGE.matcher(text);
    return matcher.find() ? matcher.group(1) + "." + simple : simple;
  }
}
