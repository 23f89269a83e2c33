package dev.slipway.app.detectors.hidden;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.text.Lexed;
import dev.slipway.app.detectors.text.Lexed.Part;
import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds what is odd in the new lines of a hunk, at most one of each rule a line. */
final class Oddities {
  /** Blanks that push what follows out of every window. */
  private static final int BLANKS = 200;

  private static final Pattern MANIFEST =
      Pattern.compile(
          "(?i)(?:^|/)(?:package(?:-lock)?\\.json|pom\\.xml|requirements[^/]*\\.txt|pyproject\\.toml|pipfile|cargo\\.toml|go\\.mod|gemfile|composer\\.json|build\\.gradle(?:\\.kts)?|[^/]*\\.csproj|dockerfile[^/]*)$");

  private static final int RUN = 3;
  private static final int IN_LINE = 8;

  private final NewSide side;
  private final String text;
  private final boolean isCode;
  private final boolean isProse;

  /** Whether names in it are names of packages. */
  private final boolean isManifest;

  private final List<Oddity> found = new ArrayList<>();
  private final Lexed lexed;

  private Oddities(NewSide side) {
    this.side = side;
    this.text = side.text();
    Syntax syntax = Syntax.of(side.path());
    this.isProse = syntax.kind() == Syntax.Kind.PROSE || isTranslation(side.path());
    this.isCode = syntax.kind() == Syntax.Kind.CODE;
    this.isManifest = MANIFEST.matcher(side.path()).find();
    this.lexed = Lexed.of(isPlain(text, 0, text.length()) ? "" : text, syntax);
  }

  static List<Oddity> in(NewSide side) {
    Oddities oddities = new Oddities(side);
    int start = 0;
    while (start < oddities.text.length()) {
      int end = oddities.text.indexOf('\n', start);
      end = end < 0 ? oddities.text.length() : end;
      if (side.addsBetween(start, start + 1)) {
        if (!isPlain(oddities.text, start, end)) {
          oddities.line(start, end);
        }
        oddities.offScreen(start, end);
      }
      start = end + 1;
    }
    return oddities.found;
  }

  private static boolean isPlain(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x7F || (c < 0x20 && c != '\t' && c != '\n')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTranslation(String path) {
    String lower = "/" + path.toLowerCase(Locale.ROOT);
    return List.of(
            "/locale", "/locales/", "/i18n/", "/lang/", "/translations/", "/l10n/", "messages_")
        .stream()
        .anyMatch(lower::contains);
  }

  private void line(int start, int end) {
    int[] points = text.substring(start, end).codePoints().toArray();
    boolean rightToLeft = Arrays.stream(points).anyMatch(Oddities::isRightToLeftLetter);
    int position = start;
    int zeroWidths = 0;
    int run = 0;
    int longest = 0;
    int first = -1;
    for (int i = 0; i < points.length; i++) {
      int flag = Invisible.regionFlag(points, i);
      if (flag > 0) {
        for (int j = 0; j < flag; j++) {
          position += Character.charCount(points[i + j]);
        }
        i += flag - 1;
        continue;
      }
      int before = i > 0 ? points[i - 1] : -1;
      int after = i + 1 < points.length ? points[i + 1] : -1;
      if (Invisible.isZeroWidth(points[i]) && !isExcused(points[i], before, after, position)) {
        zeroWidths++;
        first = first < 0 ? position : first;
        longest = Math.max(longest, ++run);
      } else {
        run = 0;
        other(points[i], before, rightToLeft, position);
      }
      position += Character.charCount(points[i]);
    }
    if (zeroWidths > 0) {
      zeroWidth(first, zeroWidths, longest);
    }
    words(start, end);
  }

  private boolean isExcused(int point, int before, int after, int position) {
    boolean byteOrderMark = point == 0xFEFF && position == 0 && side.lineAt(0) == 1;
    return byteOrderMark || Invisible.isNeeded(point, before, after);
  }

  private void zeroWidth(int position, int count, int longest) {
    boolean message = longest >= RUN || count >= IN_LINE;
    Severity severity = message || !isProse ? Severity.HIGH : Severity.LOW;
    add(
        "hidden.zero-width",
        severity,
        position,
        count + (count == 1 ? " zero-width character" : " zero-width characters") + " in the line");
  }

  private void other(int point, int before, boolean rightToLeft, int position) {
    if (Invisible.isBidiControl(point)) {
      boolean override = point == 0x202D || point == 0x202E;
      if (override || !(rightToLeft && isProse)) {
        add(
            "hidden.bidi",
            Severity.HIGH,
            position,
            name(point) + " changes the order in which the line is shown");
      }
    } else if (Invisible.isBidiMark(point) && !rightToLeft) {
      add("hidden.bidi-mark", Severity.MEDIUM, position, name(point) + " in a left-to-right line");
    } else if (Invisible.isTag(point)) {
      add("hidden.tag", Severity.HIGH, position, "invisible tag characters, which spell text");
    } else if (Invisible.isVariationSelector(point) && !Invisible.varies(point, before)) {
      add(
          "hidden.variation-selector",
          Severity.HIGH,
          position,
          "a variation selector with nothing to vary, which can carry data");
    } else if (isCode
        && point > 0x7F
        && !Invisible.isZeroWidth(point)
        && Character.isIdentifierIgnorable(point)
        && lexed.at(position) == Part.CODE) {
      add(
          "hidden.zero-width",
          Severity.HIGH,
          position,
          name(point) + " in code, which compilers leave out of names");
    } else if (point == 0x1B && isConcealing(position)) {
      add(
          "hidden.control",
          Severity.HIGH,
          position,
          "a terminal that shows this moves its cursor or hides what follows");
    } else if (Invisible.isControl(point) && FileRole.of(side.path()) == FileRole.PRODUCTION) {
      add("hidden.control", Severity.MEDIUM, position, name(point) + " in a text file");
    }
  }

  private void words(int start, int end) {
    int at = start;
    while (at < end) {
      int from = at;
      int point = text.codePointAt(at);
      if (!Character.isLetter(point)) {
        at += Character.charCount(point);
        continue;
      }
      while (at < end && Character.isLetterOrDigit(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      word(text.substring(from, Math.min(at, end)), from);
    }
  }

  private void word(String word, int position) {
    Part part = isProse ? Part.COMMENT : lexed.at(position);
    switch (Homoglyphs.of(word)) {
      case MIXED -> {
        if (part != Part.COMMENT) {
          add(
              "hidden.homoglyph",
              part == Part.CODE
                      || isManifest
                      || isInAddress(position)
                      || (isCode && Homoglyphs.isInterleaved(word))
                  ? Severity.HIGH
                  : Severity.MEDIUM,
              position,
              "letters of two scripts that look alike in the word " + escaped(word));
        }
      }
      case WHOLE, STYLED -> {
        if (part == Part.CODE && isCode) {
          add(
              "hidden.homoglyph",
              Homoglyphs.of(word) == Homoglyphs.Verdict.STYLED ? Severity.HIGH : Severity.MEDIUM,
              position,
              "a name that reads as Latin and is not: " + escaped(word));
        }
      }
      case NONE -> {}
    }
  }

  /** Sequences of ECMA-48 that move the cursor, erase, or conceal; colours are none of them. */
  private boolean isConcealing(int position) {
    int at = position + 1;
    if (at >= text.length() || text.charAt(at) != '[') {
      return false;
    }
    int end = at + 1;
    while (end < text.length() && end - at < 20 && "0123456789;?".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end < text.length()
        && ("ABCDEFGHJKSTfsu".indexOf(text.charAt(end)) >= 0 || text.startsWith("[8m", at));
  }

  /** Whether the word belongs to a URL or a mail address, where a look-alike leads elsewhere. */
  private boolean isInAddress(int position) {
    int start = position;
    while (start > 0
        && position - start < 100
        && " \t\n\"'`<(".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    String before = text.substring(start, position);
    return before.contains("://") || before.endsWith("@");
  }

  private void offScreen(int start, int end) {
    if (isProse || FileRole.of(side.path()) != FileRole.PRODUCTION) {
      return;
    }
    int blanks = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\t') {
        blanks++;
      } else {
        if (blanks >= BLANKS) {
          add(
              "hidden.off-screen",
              Severity.HIGH,
              i,
              "text behind " + blanks + " blanks, where no window shows it");
          return;
        }
        blanks = 0;
      }
    }
  }

  private void add(String rule, Severity severity, int position, String what) {
    int line = side.lineAt(position);
    boolean told =
        !found.isEmpty()
            && found.reversed().stream()
                .limit(6)
                .anyMatch(o -> o.rule().equals(rule) && side.lineAt(o.position()) == line);
    if (!told) {
      found.add(new Oddity(rule, severity, position, what));
    }
  }

  private static boolean isRightToLeftLetter(int point) {
    byte direction = Character.getDirectionality(point);
    return (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT && Character.isLetter(point))
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  private static String name(int point) {
    return String.format(Locale.ROOT, "U+%04X", point);
  }

  private static String escaped(String word) {
    StringBuilder shown = new StringBuilder();
    word.codePoints()
        .limit(40)
        .forEach(c -> shown.append(c < 128 ? Character.toString(c) : "<" + name(c) + ">"));
    return shown.toString();
  }
}
