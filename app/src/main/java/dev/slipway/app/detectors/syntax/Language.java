package dev.slipway.app.detectors.syntax;

import java.util.Locale;
import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/** The languages that are read as trees. */
public enum Language {
  JAVA,
  PYTHON,
  JAVASCRIPT,
  TYPESCRIPT,
  /** TypeScript with markup: it reads {@code <a>b} as an element, TypeScript as a conversion. */
  TSX;

  TSLanguage grammar() {
    return switch (this) {
      case JAVA -> new TreeSitterJava();
      case PYTHON -> new TreeSitterPython();
      case JAVASCRIPT -> new TreeSitterJavascript();
      case TYPESCRIPT -> new TreeSitterTypescript();
      case TSX -> new TreeSitterTsx();
    };
  }

  /** Whether it is written for browsers and Node. */
  public boolean isScript() {
    return switch (this) {
      case JAVASCRIPT, TYPESCRIPT, TSX -> true;
      case JAVA, PYTHON -> false;
    };
  }

  /** The language of the file at this path, by its ending. */
  public static Optional<Language> of(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "java" -> Optional.of(JAVA);
      case "py" -> Optional.of(PYTHON);
      case "js", "jsx", "mjs", "cjs" -> Optional.of(JAVASCRIPT);
      case "ts", "mts", "cts" -> Optional.of(TYPESCRIPT);
      case "tsx" -> Optional.of(TSX);
      default -> Optional.empty();
    };
  }
}
