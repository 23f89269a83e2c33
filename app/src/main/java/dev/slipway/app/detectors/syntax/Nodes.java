package dev.slipway.app.detectors.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private Nodes() {}

  static Nodes of(TSNode root) {
    Nodes nodes = new Nodes();
    try (TSTreeCursor cursor = new TSTreeCursor(root)) {
      nodes.walk(cursor);
    }
    return nodes;
  }

  private void walk(TSTreeCursor cursor) {
    List<Integer> open = new ArrayList<>();
    boolean more = true;
    while (more) {
      open.add(add(cursor.currentNode(), open));
      if (nodes.size() >= NODES_MAX) {
        whole = false;
        break;
      }
      if (cursor.gotoFirstChild()) {
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

  /** The place of the node; that of its parent for one without a name, which is not kept. */
  private int add(TSNode node, List<Integer> open) {
    int parent = open.isEmpty() ? 0 : open.getLast();
    if (!open.isEmpty() && !node.isNamed()) {
      return parent;
    }
    int place = nodes.size();
    if (place == parents.length) {
      parents = Arrays.copyOf(parents, 2 * place);
      ends = Arrays.copyOf(ends, 2 * place);
    }
    nodes.add(node);
    types.add(node.getType());
    places.put(node, place);
    parents[place] = parent;
    return place;
  }

  private void close(List<Integer> open) {
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
