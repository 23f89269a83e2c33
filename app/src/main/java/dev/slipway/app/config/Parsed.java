package dev.slipway.app.config;

import java.util.List;

/** What came of reading a configuration: a value, or everything that is wrong with the file. */
public sealed interface Parsed<T> {
  /** The file is valid. */
  record Valid<T>(T value) implements Parsed<T> {}

  /** The file is not valid; the errors, at least one, are in the order of their lines. */
  record Invalid<T>(List<ConfigError> errors) implements Parsed<T> {
    public Invalid {
      errors = List.copyOf(errors);
      if (errors.isEmpty()) {
        throw new IllegalArgumentException("what is invalid has at least one error");
      }
    }
  }
}
