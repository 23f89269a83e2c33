package dev.slipway.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Collects the errors of one file: one for each key, and at most a hundred. */
final class Errors {
  private static final int LISTED_MAX = 100;

  private final String file;
  private final List<ConfigError> errors = new ArrayList<>();
  private final Set<Place> places = new HashSet<>();

  private record Place(int line, String key) {}

  Errors(String file) {
    this.file = file;
  }

  /** Adds an error, unless the place has one already: what follows from an error is noise. */
  void add(int line, String key, String message) {
    if (places.add(new Place(line, key))) {
      errors.add(new ConfigError(file, line, key, message));
    }
  }

  boolean any() {
    return !errors.isEmpty();
  }

  List<ConfigError> sorted() {
    List<ConfigError> sorted =
        errors.stream()
            .sorted(Comparator.comparingInt(ConfigError::line).thenComparing(ConfigError::key))
            .toList();
    if (sorted.size() <= LISTED_MAX) {
      return sorted;
    }
    ConfigError last = sorted.get(LISTED_MAX);
    String more = "and " + (sorted.size() - LISTED_MAX) + " more errors from here on";
    return Stream.concat(
            sorted.stream().limit(LISTED_MAX),
            Stream.of(new ConfigError(file, last.line(), "", more)))
        .toList();
  }
}
