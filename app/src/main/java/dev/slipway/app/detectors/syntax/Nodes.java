package dev.slipway.app.detectors.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.treesitter.TSNode;
import org.treesitter.TSTreeCursor;

/**
 * The named nodes of a tree in the order of the text, walked once: asked of the native side, a
 * node's parent or its n-th child costs as much as the tree is deep or wide.
 */
final class Nodes {
  private static final int NODES_MAX = 400_000;

  private final List<TSNode> nodes = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final Map<TSNode, Integer> places = new HashMap<>();
  private int[] parents = new int[1_024];
  private int[] ends = new int[1_024];
  private boolean whole = true;

  /** Declarations that are looked into only where a row of interest is in them. */
  private static final Set<String> DECLARED =
      Set.of(
          "method_declaration",
          "constructor_declaration",
          "function_definition",
          "function_declaration",
          "generator_function_declaration",
          "method_definition");

  private final Symbols symbols;
  private final Predicate<TSNode> wanted;

  /** The end of the declaration around, as a number of open nodes; -1 outside of all. */
  private int within = -1;

  private Nodes(Language language, Predicate<TSNode> wanted) {
    this.symbols = Symbols.of(language);
    this.wanted = wanted;
  }

  /**
   * @param wanted whether an outermost declaration is looked into; of others there is only the node
   */
  static Nodes of(TSNode root, Language language, Predicate<TSNode> wanted) {
    Nodes nodes = new Nodes(language, wanted);
    try (TSTreeCursor cursor = new TSTreeCursor(root)) {
      nodes.walk(cursor);
    }
    return nodes;
  }

  private void walk(TSTreeCursor cursor) {
    List<Integer> open = new ArrayList<>();
    boolean more = true;
    while (more) {
      boolean inside = enter(cursor.currentNode(), open);
      if (nodes.size() >= NODES_MAX) {
        whole = false;
        break;
      }
      if (inside && cursor.gotoFirstChild()) {
        continue;
      }
      close(open);
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          more = false;
          break;
        }
        close(open);
      }
    }
    while (!open.isEmpty()) {
      close(open);
    }
  }

  /** Opens the node; answers whether to look into it. */
  private boolean enter(TSNode node, List<Integer> open) {
    Symbols.Symbol symbol = symbols.of(node);
    int parent = open.isEmpty() ? 0 : open.getLast();
    if (!open.isEmpty() && !symbol.isNamed()) {
      // It is not kept, and stands for its parent.
      open.add(parent);
      return true;
    }
    open.add(add(node, symbol.name(), parent));
    if (within >= 0 || !DECLARED.contains(symbol.name())) {
      return true;
    }
    if (!wanted.test(node)) {
      return false;
    }
    within = open.size();
    return true;
  }

  private int add(TSNode node, String type, int parent) {
    int place = nodes.size();
    if (place == parents.length) {
      parents = Arrays.copyOf(parents, 2 * place);
      ends = Arrays.copyOf(ends, 2 * place);
    }
    nodes.add(node);
    types.add(type);
    places.put(node, place);
    parents[place] = parent;
    return place;
  }

  private void close(List<Integer> open) {
    within = open.size() == within ? -1 : within;
    ends[open.removeLast()] = nodes.size();
  }

  /** The node's place in the order of the text; -1 for one that is not kept. */
  int placeOf(TSNode node) {
    return node.isNull() ? -1 : places.getOrDefault(node, -1);
  }

  TSNode node(int place) {
    return nodes.get(place);
  }

  String type(int place) {
    return types.get(place);
  }

  /** The place of the node around; 0 for the root itself. */
  int parent(int place) {
    return parents[place];
  }

  /** The place after the last node within. */
  int end(int place) {
    return ends[place];
  }

  boolean isWhole() {
    return whole;
  }
}
