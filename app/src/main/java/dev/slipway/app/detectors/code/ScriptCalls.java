package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.NewSide;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the calls of a script by their names and brackets, and asks {@link ScriptSinks} about each.
 */
final class ScriptCalls {
  private static final Pattern BEFORE_BRACKET =
      Pattern.compile(
          "(?<!\\w)([A-Za-z_]\\w{0,60}+[!?]?)(?:(?:::)?<[\\w<>,.?\\[\\] ]{1,80}>)?\\s?\\(");

  /** Names that take what follows them, brackets or not. */
  private static final Pattern BARE =
      Pattern.compile(
          "(?m)(?:^|[\\s;({=@.|&])((?:include|require)(?:_once)?|echo|print|system|exec|spawn|eval|instance_eval|class_eval|send|public_send|send_file"
              + "|redirect_to|where|order|joins|having|group|find_by_sql|execute|raw|render|sh)[ \\t]+(?=[\"'$%#\\w@:\\[])(?!=)");

  private static final Pattern BACKTICK =
      Pattern.compile("(?:`([^`\\n]{1,300})`|%x[\\[{(]([^\\]})\\n]{1,300}))");

  private static final int LINE_MAX = 2_000;

  private static final int CHAIN_MAX = 300;

  private static final int ARGUMENTS_MAX = 8;

  private ScriptCalls() {}

  /** A call: all that stands before its arguments, and these. */
  record At(Script script, int start, int end, String callee, List<Composed> arguments) {
    String name() {
      int dot =
          Math.max(
              callee.lastIndexOf('.'), Math.max(callee.lastIndexOf('>'), callee.lastIndexOf(':')));
      return callee.substring(dot + 1);
    }

    /** The arguments as they are written. */
    String text() {
      return script.text(start, end);
    }
  }

  static void inspect(Dialect dialect, NewSide side, boolean isTool, Findings findings) {
    Script script = new Script(dialect, side);
    Set<String> told = new HashSet<>();
    Consumer<At> ask =
        call ->
            ScriptSinks.of(call, isTool)
                .filter(danger -> told.add(danger.rule() + side.lineAt(call.start())))
                .ifPresent(
                    danger ->
                        findings.add(
                            danger.rule(), danger.severity(), side, call.start(), danger.what()));
    for (Pattern pattern :
        dialect.callsBare() ? List.of(BEFORE_BRACKET, BARE) : List.of(BEFORE_BRACKET)) {
      Matcher name = pattern.matcher(script.text());
      while (name.find()) {
        int start = name.start(1);
        if (isCall(script, start, name.end())) {
          At call = call(script, start, name.end(1), name.end());
          if (isNew(script, side, start, name.end()) || isGivenNew(call, side)) {
            ask.accept(call);
          }
        }
      }
    }
    if (dialect.callsBare()) {
      backticks(script, side, ask);
    }
  }

  private static boolean isCall(Script script, int start, int open) {
    int begin = script.text().lastIndexOf('\n', start) + 1;
    int end = script.text().indexOf('\n', open);
    int length = (end < 0 ? script.text().length() : end) - begin;
    return length <= LINE_MAX && !script.isComment(start) && !script.isString(start);
  }

  /** Whether one of the call's first lines is new. */
  private static boolean isNew(Script script, NewSide side, int start, int open) {
    int stop = open;
    for (int line = 0; line < 4 && stop < script.text().length(); line++) {
      int next = script.text().indexOf('\n', stop + 1);
      stop = next < 0 ? script.text().length() : next;
    }
    return side.addsBetween(start, Math.max(open, argumentsEnd(script, open, stop)));
  }

  /** Whether a name among the arguments is given its value on a new line. */
  private static boolean isGivenNew(At call, NewSide side) {
    return call.arguments().stream()
        .flatMap(argument -> argument.values().stream())
        .anyMatch(value -> side.addsBetween(value, value + 1));
  }

  private static int argumentsEnd(Script script, int open, int limit) {
    int at = open;
    while (at < limit) {
      int end = script.endOfArgument(at, limit);
      if (end >= limit || script.text().charAt(end) != ',') {
        return end;
      }
      at = end + 1;
    }
    return at;
  }

  private static At call(Script script, int nameStart, int nameEnd, int open) {
    List<Composed> arguments = new ArrayList<>();
    int limit = Math.min(script.text().length(), open + 2_000);
    int at = open;
    int end = open;
    while (at < limit && arguments.size() < ARGUMENTS_MAX) {
      end = script.endOfArgument(at, limit);
      if (end > at) {
        arguments.add(Composed.of(script, at, end));
      }
      if (end >= limit || script.text().charAt(end) != ',') {
        break;
      }
      at = end + 1;
    }
    String callee = script.text(chainStart(script, nameStart), nameEnd).replaceAll("\\s+", "");
    boolean made =
        script
            .text(Math.max(0, nameStart - 40), nameStart)
            .matches("(?s).*\\bnew\\s+[\\w.\\\\]{0,40}");
    return new At(script, open, end, (made ? "new " : "") + callee, List.copyOf(arguments));
  }

  /** Where the chain of names and calls begins that leads to this name. */
  private static int chainStart(Script script, int nameStart) {
    int at = nameStart;
    int depth = 0;
    while (at > 0 && nameStart - at < CHAIN_MAX) {
      char c = script.text().charAt(at - 1);
      boolean link =
          Character.isLetterOrDigit(c)
              || "_.$:>?!@\\&".indexOf(c) >= 0
              || (c == '-' && script.text().charAt(at) == '>');
      if (c == ')' || c == ']') {
        depth++;
      } else if ((c == '(' || c == '[') && depth > 0) {
        depth--;
      } else if (depth == 0 && Character.isWhitespace(c) && isLinked(script, at)) {
        at--;
        continue;
      } else if (depth == 0 && !link) {
        break;
      }
      at--;
    }
    return at;
  }

  /** A chain over lines goes on with its dot. */
  private static boolean isLinked(Script script, int at) {
    int next = at;
    while (next < script.text().length() && Character.isWhitespace(script.text().charAt(next))) {
      next++;
    }
    return next < script.text().length()
        && (script.text().charAt(next) == '.' || script.text().startsWith("->", next));
  }

  private static void backticks(Script script, NewSide side, Consumer<At> ask) {
    Matcher command = BACKTICK.matcher(script.text());
    while (command.find()) {
      if (!script.isComment(command.start())
          && !script.isString(command.start())
          && side.addsBetween(command.start(), command.end())) {
        String text = command.group(1) == null ? command.group(2) : command.group(1);
        Matcher hole = script.dialect().hole.matcher(text);
        List<Composed.Part> parts = new ArrayList<>(List.of(new Composed.Part.Written(text)));
        while (hole.find()) {
          parts.add(new Composed.Part.Filled(hole.group(1)));
        }
        Composed composed = new Composed(script, command.start(), List.copyOf(parts), List.of());
        ask.accept(new At(script, command.start(), command.end(), "`", List.of(composed)));
      }
    }
  }
}
