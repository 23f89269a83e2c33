package dev.slipway.app.config;

import dev.slipway.change.Printable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a part of the schema expects, in words; and what to write where something else stands. */
record Expected(JsonNode rule) {
  private static final int SHOWN_MAX = 60;

  String words() {
    return rule.path("x-expected").asString("another value");
  }

  /** The message for a value that the rule does not accept. */
  String insteadOf(Optional<YamlNode> value) {
    if (rule.path("writeOnly").asBoolean(false)) {
      return "expected " + words(); // a secret is never shown
    }
    String found = value.map(node -> ", not " + shown(node)).orElse("");
    Optional<String> spelling =
        value.flatMap(node -> Spelling.of(rule.path("x-unit").asString(""), node));
    return "expected " + words() + found + spelling.map(s -> "; write " + s).orElse("");
  }

  /** The message for a key that the rule does not know. */
  String unknownKey(String name) {
    if (rule.has("x-key")) {
      return "is not " + rule.path("x-key").asString();
    }
    List<String> known = rule.path("properties").propertyNames().stream().sorted().toList();
    return Nearest.to(name, known)
        .map(nearest -> "unknown key; did you mean " + nearest + "?")
        .orElse("unknown key; known here: " + String.join(", ", known));
  }

  private static String shown(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping mapping ->
          mapping.entries().isEmpty() ? "an empty mapping" : "a mapping";
      case YamlNode.Sequence sequence ->
          switch (sequence.items().size()) {
            case 0 -> "an empty list";
            case 1 -> "a list of one";
            default -> "a list of " + sequence.items().size();
          };
      case YamlNode.Scalar scalar -> shown(scalar);
    };
  }

  private static String shown(YamlNode.Scalar scalar) {
    return switch (scalar.type()) {
      case NOTHING -> "nothing";
      case TEXT -> "the text '" + cut(scalar.text()) + "'";
      case INTEGER, DECIMAL -> "the number " + cut(scalar.text());
      case TRUTH -> scalar.text();
    };
  }

  private static String cut(String text) {
    String cut =
        text.codePoints()
            .limit(SHOWN_MAX)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return Printable.of(cut) + (cut.length() < text.length() ? "…" : "");
  }
}
