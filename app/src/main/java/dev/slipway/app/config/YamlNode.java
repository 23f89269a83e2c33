package dev.slipway.app.config;

import java.util.List;
import java.util.Map;

/** A YAML document as a tree whose every node knows its line. */
sealed interface YamlNode {
  /** Line number from 1. */
  int line();

  /** Keys in the order they were written. */
  record Mapping(int line, Map<String, Entry> entries) implements YamlNode {}

  /** A key's line with its value. */
  record Entry(int line, YamlNode value) {}

  record Sequence(int line, List<YamlNode> items) implements YamlNode {}

  /**
   * A value, as it was written.
   *
   * @param text for numbers the very characters of the file, so that {@code 1.10} stays so
   */
  record Scalar(int line, Type type, String text) implements YamlNode {}

  /** What a scalar is by YAML 1.2's JSON schema. */
  enum Type {
    TEXT,
    INTEGER,
    DECIMAL,
    TRUTH,
    NOTHING
  }

  /** The key of something in a mapping, as people write it: {@code a.b}. */
  static String key(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  /** The key of an item of a sequence: {@code a[0]}. */
  static String key(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
