package dev.slipway.app.config;

import dev.slipway.change.Printable;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of the document with its place, for those who make records of it. What is absent or not
 * of the asked type is empty: the schema has reported it already. What only code can check is
 * reported here.
 */
record View(YamlNode.Mapping node, String key, Errors errors) {
  private static final Duration DURATION_MAX = Duration.ofDays(30);

  /** A value of a list or a mapping, with its place. */
  record Item<T>(int line, String key, T value) {}

  boolean has(String name) {
    return node.entries().containsKey(name);
  }

  /** Reports something about one of the mapping's keys. */
  void error(String name, String message) {
    YamlNode.Entry entry = node.entries().get(name);
    int line = entry == null ? node.line() : entry.line();
    errors.add(line, YamlNode.key(key, Printable.of(name)), message);
  }

  /** Reports something about the mapping as a whole. */
  void error(String message) {
    errors.add(node.line(), key, message);
  }

  Optional<YamlNode> value(String name) {
    return Optional.ofNullable(node.entries().get(name)).map(YamlNode.Entry::value);
  }

  Optional<View> mapping(String name) {
    return value(name)
        .filter(YamlNode.Mapping.class::isInstance)
        .map(child -> new View((YamlNode.Mapping) child, childKey(name), errors));
  }

  /** The mappings of a list. */
  List<View> mappings(String name) {
    return items(name).stream()
        .filter(item -> item.value() instanceof YamlNode.Mapping)
        .map(item -> new View((YamlNode.Mapping) item.value(), item.key(), errors))
        .toList();
  }

  /** The texts of a list; numbers and truth values as they were written. */
  List<Item<String>> texts(String name) {
    List<Item<String>> texts = new ArrayList<>();
    for (Item<YamlNode> item : items(name)) {
      scalar(item.value()).ifPresent(t -> texts.add(new Item<>(item.line(), item.key(), t)));
    }
    return texts;
  }

  /** Like {@link #texts}, without their places. */
  List<String> words(String name) {
    return texts(name).stream().map(Item::value).toList();
  }

  private List<Item<YamlNode>> items(String name) {
    List<Item<YamlNode>> items = new ArrayList<>();
    if (value(name).orElse(null) instanceof YamlNode.Sequence(int ignored, List<YamlNode> nodes)) {
      for (int i = 0; i < nodes.size(); i++) {
        YamlNode item = nodes.get(i);
        items.add(new Item<>(item.line(), YamlNode.key(childKey(name), i), item));
      }
    }
    return items;
  }

  /** A mapping of names to texts, in the order of the file. */
  Map<String, String> textsByName(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping(name)
        .ifPresent(
            map ->
                map.node()
                    .entries()
                    .keySet()
                    .forEach(each -> map.text(each).ifPresent(text -> texts.put(each, text))));
    return texts;
  }

  Optional<String> text(String name) {
    return value(name).flatMap(View::scalar);
  }

  private static Optional<String> scalar(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.type() != YamlNode.Type.NOTHING
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  Optional<Boolean> truth(String name) {
    return typed(name, YamlNode.Type.TRUTH).map(Boolean::parseBoolean);
  }

  /** A whole number; also where it is written as 4.0, which the schema calls an integer. */
  Optional<Long> number(String name) {
    return decimal(name)
        .filter(number -> number.stripTrailingZeros().scale() <= 0 && number.precision() < 18)
        .map(BigDecimal::longValue);
  }

  Optional<BigDecimal> decimal(String name) {
    return typed(name, YamlNode.Type.INTEGER)
        .or(() -> typed(name, YamlNode.Type.DECIMAL))
        .map(BigDecimal::new);
  }

  private Optional<String> typed(String name, YamlNode.Type type) {
    return value(name)
        .filter(value -> value instanceof YamlNode.Scalar scalar && scalar.type() == type)
        .flatMap(View::scalar);
  }

  Optional<Duration> duration(String name) {
    Optional<Duration> duration = text(name).flatMap(Units::duration);
    if (duration.isPresent() && duration.get().compareTo(DURATION_MAX) > 0) {
      error(name, "at most " + DURATION_MAX.toHours() + "h");
      return Optional.empty();
    }
    return duration;
  }

  /** A percentage as a ratio: {@code 5%} is 0.05. */
  Optional<Double> ratio(String name) {
    return text(name).flatMap(Units::ratio);
  }

  /** A path below where it is used: relative, with slashes, without {@code ..}. */
  Optional<String> path(String name) {
    return text(name)
        .flatMap(
            path -> {
              Optional<String> normal = RelativePath.of(path);
              if (normal.isEmpty()) {
                error(
                    name,
                    "expected a relative path with slashes that stays inside, not '"
                        + Printable.of(path)
                        + "'");
              }
              return normal;
            });
  }

  /** Globs, each of which the file system's matcher understands. */
  List<String> globs(String name) {
    List<String> globs = new ArrayList<>();
    for (Item<String> item : texts(name)) {
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + item.value());
        globs.add(item.value());
      } catch (IllegalArgumentException e) {
        String why = Printable.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        errors.add(item.line(), item.key(), "is not a glob: " + why);
      }
    }
    return globs;
  }

  private String childKey(String name) {
    return YamlNode.key(key, Printable.of(name));
  }
}
