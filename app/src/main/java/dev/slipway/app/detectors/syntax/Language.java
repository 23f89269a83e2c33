package dev.slipway.app.detectors.syntax;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterTypescript;

/** The languages that are read as trees. */
public enum Language {
  JAVA(TreeSitterJava::new),
  PYTHON(TreeSitterPython::new),
  JAVASCRIPT(TreeSitterJavascript::new),
  TYPESCRIPT(TreeSitterTypescript::new);

  private final Supplier<TSLanguage> grammar;

  Language(Supplier<TSLanguage> grammar) {
    this.grammar = grammar;
  }

  TSLanguage grammar() {
    return grammar.get();
  }

  /** The language of the file at this path, by its ending. */
  public static Optional<Language> of(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "java" -> Optional.of(JAVA);
      case "py" -> Optional.of(PYTHON);
      case "js", "jsx", "mjs", "cjs", "tsx" -> Optional.of(JAVASCRIPT);
      case "ts", "mts", "cts" -> Optional.of(TYPESCRIPT);
      default -> Optional.empty();
    };
  }
}
