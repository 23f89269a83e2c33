package dev.slipway.app.detectors.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of an Avro schema, and the channels of an AsyncAPI description. */
final class MessageFields {
  private static final Pattern FIELD =
      Pattern.compile(
          "\\{\\s*\"name\"\\s*:\\s*\"(\\w+)\"\\s*,(?:\\s*\"doc\"\\s*:\\s*\"[^\"]{0,500}\"\\s*,)?\\s*\"type\"\\s*:\\s*(\"[^\"]{1,100}\"|\\[[^\\]]{1,300}\\]|\\{[^}]{1,400}\\})([^}]{0,300})\\}");

  private static final Pattern SYMBOLS =
      Pattern.compile("\"symbols\"\\s*:\\s*\\[([^\\]]{1,2000})\\]");

  private static final Pattern CHANNELS = Pattern.compile("(?m)^channels\\s*:\\s*$");

  private static final Pattern CHANNEL =
      Pattern.compile("^ {1,8}[\"']?([\\w./{}-]{1,200})[\"']?\\s*:\\s*$");

  private MessageFields() {}

  static List<Break> avro(Version before, Version after) {
    Map<String, String> old = fields(before.text());
    Map<String, String> now = fields(after.text());
    List<Break> breaks = new ArrayList<>();
    old.forEach(
        (name, type) -> {
          if (!now.containsKey(name)) {
            breaks.add(
                new Break("avro.removed", after.path(), 0, "the field " + name + " is gone"));
          } else if (!type(now.get(name)).equals(type(type))
              && !isWider(type(type), type(now.get(name)))) {
            breaks.add(
                new Break(
                    "avro.type", after.path(), 0, "the field " + name + " gets another type"));
          }
        });
    now.forEach(
        (name, type) -> {
          if (!old.containsKey(name) && !old.isEmpty() && !type.contains("\"default\"")) {
            breaks.add(
                new Break(
                    "avro.no-default",
                    after.path(),
                    0,
                    "the new field " + name + " has no default"));
          }
        });
    return breaks;
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      fields.put(field.group(1), field.group(2) + field.group(3));
    }
    Matcher symbols = SYMBOLS.matcher(text);
    while (symbols.find()) {
      for (String symbol : symbols.group(1).split(",")) {
        fields.put("symbol " + symbol.strip(), "\"default\"");
      }
    }
    return fields;
  }

  private static String type(String field) {
    int rest = field.indexOf("\"default\"");
    return (rest < 0 ? field : field.substring(0, rest)).replaceAll("[\\s,]+", "");
  }

  /** A union with what it was. */
  private static boolean isWider(String before, String after) {
    return after.startsWith("[") && after.contains(before);
  }

  static List<Break> channels(Version before, Version after) {
    List<String> now = channels(after.text());
    return channels(before.text()).stream()
        .filter(name -> !now.contains(name))
        .map(
            name ->
                new Break("asyncapi.removed", after.path(), 0, "the channel " + name + " is gone"))
        .toList();
  }

  private static List<String> channels(String text) {
    Matcher channels = CHANNELS.matcher(text);
    if (!channels.find()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    int indent = -1;
    for (String line : text.substring(channels.end()).lines().skip(1).toList()) {
      int depth = line.length() - line.stripLeading().length();
      if (!line.isBlank() && depth == 0) {
        break;
      }
      Matcher channel = CHANNEL.matcher(line);
      if (channel.matches() && (indent < 0 || depth == indent)) {
        indent = depth;
        names.add(channel.group(1));
      }
    }
    return names;
  }
}
