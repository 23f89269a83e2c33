package dev.slipway.app.detectors.syntax;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.treesitter.TSNode;

/**
 * What the nodes of a grammar are called: asked of the native side, a node's name costs more than
 * the node itself.
 */
final class Symbols {
  /**
   * What every node of a symbol has in common.
   *
   * @param isNamed whether the grammar has a rule for it, and it is not only a word or a sign
   */
  record Symbol(String name, boolean isNamed) {}

  private static final Map<Language, Symbols> ALL = new ConcurrentHashMap<>();

  private final Map<Integer, Symbol> known = new ConcurrentHashMap<>();

  private Symbols() {}

  static Symbols of(Language language) {
    return ALL.computeIfAbsent(language, ignored -> new Symbols());
  }

  Symbol of(TSNode node) {
    return known.computeIfAbsent(
        node.getSymbol(), ignored -> new Symbol(node.getType(), node.isNamed()));
  }
}
