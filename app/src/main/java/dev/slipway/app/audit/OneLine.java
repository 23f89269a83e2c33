package dev.slipway.app.audit;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Text from outside, made harmless for whoever looks at the log with plain tools: line breaks,
 * terminal escapes and invisible characters become visible escapes such as {@code u{1b}} after a
 * backslash.
 */
final class OneLine {
  private OneLine() {}

  /** The same text without anything that moves a cursor or hides. */
  static String of(String text) {
    if (text.codePoints().noneMatch(OneLine::isHarmful)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (isHarmful(point)) {
                out.append("\\u{").append(Integer.toHexString(point)).append('}');
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }

  private static boolean isHarmful(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Puts every name and every text of the document on one line. */
  static void texts(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
          String name = of(member.getKey());
          if (!name.equals(member.getKey())) {
            object.remove(member.getKey());
            object.set(name, member.getValue());
          }
          if (member.getValue().isString()) {
            object.put(name, of(member.getValue().asString()));
          } else {
            texts(member.getValue());
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i).isString()) {
            array.set(i, array.stringNode(of(array.get(i).asString())));
          } else {
            texts(array.get(i));
          }
        }
      }
      default -> {}
    }
  }
}
