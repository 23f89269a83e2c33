package dev.slipway.app.detectors.schema;

import dev.slipway.app.detectors.text.Lexed;
import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.app.detectors.text.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements that a program runs by itself to change the schema: a string that begins as one and
 * names what it changes. What gets its name from elsewhere is a tool for schemas, not a change of
 * one.
 */
final class RuntimeSchema {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?i)\\b(?:create|alter|drop|truncate|rename)\\s+(?:or\\s+replace\\s+)?(?:(?:global|unique|external|materialized|unlogged|if)\\s+)?"
              + "(?:table|index|view|schema|database|sequence|type|keyspace|function|trigger|procedure|extension|user|role)\\s+[\"`\\[]?\\w");

  /** Something near that runs statements. */
  private static final Pattern RUNS =
      Pattern.compile(
          "(?i)\\b\\w*(?:exec\\w*|query\\w*|update|statement|prepare|raw|batch|unsafe|migrat\\w*|jdbc|conn\\w*|cursor|database|sqlite\\w*|run)\\w*!?(?:\\.\\w+|->\\w+)*\\s?[(<]");

  private static final int NEAR = 300;

  private static final int STATEMENT_MAX = 4_000;

  private RuntimeSchema() {}

  /** What the strings of the code do, those of new lines and of others. */
  static List<CallScript.At> read(NewSide side) {
    String text = side.text();
    if (!STATEMENT.matcher(text).find()) {
      return List.of();
    }
    Lexed lexed = Lexed.of(text, Syntax.of(side.path()));
    SqlEffects effects = new SqlEffects();
    List<CallScript.At> found = new ArrayList<>();
    Matcher statement = STATEMENT.matcher(text);
    while (statement.find()) {
      int start = statement.start();
      if (side.addsBetween(start, statement.end())
          && beginsString(text, lexed, start)
          && RUNS.matcher(text)
              .region(Math.max(0, start - NEAR), Math.min(text.length(), start + NEAR))
              .find()) {
        String sql = statement(text, lexed, start);
        Effect effect =
            effects.of(sql.replaceAll("\\$\\{[^}]*\\}|#\\{[^}]*\\}|\\{\\w*\\}|%s", "x"));
        found.add(new CallScript.At(start, statement.end(), known(effect, sql)));
      }
    }
    return found;
  }

  /** It is known to change something, even where the words leave open what. */
  private static Effect known(Effect effect, String sql) {
    return switch (effect.sort()) {
      case NOTHING, ROWS -> Effect.additive("changes the schema while the program runs");
      case UNKNOWN ->
          sql.matches("(?is)(?:drop|truncate|rename)\\b.*")
              ? Effect.destructive("takes something away while the program runs")
              : Effect.additive("changes the schema while the program runs");
      case ADDITIVE -> Effect.additive(effect.what() + " while the program runs");
      case LOCKING -> Effect.locking(effect.what() + " while the program runs");
      case DESTRUCTIVE -> Effect.destructive(effect.what() + " while the program runs");
    };
  }

  /** Whether nothing but blanks stands between the string's begin and this place. */
  private static boolean beginsString(String text, Lexed lexed, int start) {
    int at = start;
    while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    boolean inside = lexed.at(start) == Lexed.Part.STRING;
    return inside && at > 0 && "\"'`".indexOf(text.charAt(at - 1)) >= 0;
  }

  private static String statement(String text, Lexed lexed, int start) {
    int end = start;
    int limit = Math.min(text.length(), start + STATEMENT_MAX);
    while (end < limit && lexed.at(end) == Lexed.Part.STRING) {
      end++;
    }
    return text.substring(start, end).replaceAll("[\"'`;]+$", "");
  }
}
