package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.Language;
import dev.slipway.app.detectors.text.AnyOf;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words on one line that mean a danger by themselves.
 *
 * @param signs one of these is in every line that bears it: looked for first
 * @param near what must stand on the lines around, for the words to mean it
 * @param apart what must not stand on the lines around
 */
record Mark(
    Where where,
    String rule,
    Severity severity,
    String what,
    AnyOf signs,
    Pattern pattern,
    Optional<Pattern> near,
    Optional<Pattern> apart) {

  /** How many lines before and after belong to a line. */
  private static final int AROUND = 10;

  /** Files in which a mark means something. */
  enum Where {
    /** Languages that are read as trees, and pages. */
    READ,
    /** Languages of which no tree is made. */
    SCRIPT,
    /** Any programming language. */
    CODE,
    /** Settings, and scripts that make some. */
    SETTINGS,
    /** Settings, and code: where machines are described by programs. */
    ANY,
    /** What maps methods to statements. */
    MAPPERS;

    private static final Set<String> SCRIPTS = Set.of("sh", "bash", "zsh", "ps1", "mk");

    /** Templates: no tree is made of them, but values in them become markup. */
    private static final Set<String> PAGES =
        Set.of(
            "vue", "svelte", "html", "jinja", "j2", "jsp", "jspx", "ejs", "hbs", "erb", "php",
            "phtml", "cshtml", "twig");

    boolean holds(ChangedFile file) {
      String name = file.name().toLowerCase(Locale.ROOT);
      String ending = name.substring(name.lastIndexOf('.') + 1);
      boolean script = SCRIPTS.contains(ending) || name.startsWith("dockerfile");
      boolean settings = file.syntax().kind() == Syntax.Kind.CONFIGURATION || script;
      return switch (this) {
        case READ -> Language.of(file.path()).isPresent() || PAGES.contains(ending);
        case SCRIPT -> Dialect.of(file.path()).isPresent();
        case CODE -> file.syntax().kind() == Syntax.Kind.CODE && !script;
        case SETTINGS -> settings;
        case ANY -> settings || file.syntax().kind() == Syntax.Kind.CODE;
        case MAPPERS -> name.matches(".*mapper.*\\.(?:xml|java|kt)|.*dao.*\\.(?:xml|java|kt)");
      };
    }
  }

  static Mark of(
      Where where, String rule, Severity severity, String what, String signs, String pattern) {
    return new Mark(
        where,
        rule,
        severity,
        what,
        AnyOf.words(signs),
        Pattern.compile(pattern),
        Optional.empty(),
        Optional.empty());
  }

  Mark near(String words) {
    return new Mark(
        where, rule, severity, what, signs, pattern, Optional.of(Pattern.compile(words)), apart);
  }

  Mark apart(String words) {
    return new Mark(
        where, rule, severity, what, signs, pattern, near, Optional.of(Pattern.compile(words)));
  }

  /** Whether the row bears the mark. */
  boolean isOn(List<Row> rows, int at) {
    if (!signs.isIn(rows.get(at).code()) || !pattern.matcher(rows.get(at).code()).find()) {
      return false;
    }
    if (near.isEmpty() && apart.isEmpty()) {
      return true;
    }
    StringBuilder around = new StringBuilder();
    rows.subList(Math.max(0, at - AROUND), Math.min(rows.size(), at + AROUND + 1))
        .forEach(row -> around.append(row.code()).append('\n'));
    return near.map(words -> words.matcher(around).find()).orElse(true)
        && apart.map(words -> !words.matcher(around).find()).orElse(true);
  }
}
