package dev.slipway.app.detectors.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;

/**
 * The tree of one text. A text with errors, or a piece of a file, has a tree too. Positions count
 * characters of the text as it is here: characters beyond the basic plane are two question marks.
 */
public final class SyntaxTree implements AutoCloseable {
  /** Larger texts are not parsed: trees take about fifty times the text's memory. */
  public static final int LENGTH_MAX = 1_500_000;

  private static final int NODES_MAX = 400_000;

  /** Made once and never given back: trees go on using them. */
  private static final Map<Language, TSLanguage> GRAMMARS = new ConcurrentHashMap<>();

  private final TSParser parser;
  private final TSTree tree;
  private final byte[] bytes;

  private SyntaxTree(TSParser parser, TSTree tree, byte[] bytes) {
    this.parser = parser;
    this.tree = tree;
    this.bytes = bytes;
  }

  /** Parses the text; empty if it is too long. Close it: its memory is not the JVM's. */
  public static Optional<SyntaxTree> of(Language language, String text) {
    if (text.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    // What the native side would encode otherwise than Java does must not shift positions.
    String plain = plain(text);
    TSParser parser = new TSParser();
    parser.setLanguage(GRAMMARS.computeIfAbsent(language, Language::grammar));
    TSTree tree = parser.parseString(null, plain);
    return Optional.of(new SyntaxTree(parser, tree, plain.getBytes(StandardCharsets.UTF_8)));
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        plain.setCharAt(i, '?');
      }
    }
    return plain.toString();
  }

  public TSNode root() {
    return tree.getRootNode();
  }

  /** The source text of a node; empty for no node. */
  public String text(TSNode node) {
    return node.isNull()
        ? ""
        : new String(
            bytes,
            node.getStartByte(),
            Math.max(0, node.getEndByte() - node.getStartByte()),
            StandardCharsets.UTF_8);
  }

  /** The text of a node's named part; empty if it has none. */
  public String part(TSNode node, String field) {
    return text(node.getChildByFieldName(field));
  }

  /** The line of a node's begin, from 0 in this text. */
  public static int row(TSNode node) {
    return node.getStartPoint().getRow();
  }

  /** All nodes of these types below and including a node, in order, at most 400,000 looked at. */
  public static List<TSNode> all(TSNode from, Set<String> types) {
    List<TSNode> found = new ArrayList<>();
    Deque<TSNode> open = new ArrayDeque<>();
    open.push(from);
    int seen = 0;
    while (!open.isEmpty() && seen++ < NODES_MAX) {
      TSNode node = open.pop();
      if (types.contains(node.getType())) {
        found.add(node);
      }
      for (int i = node.getNamedChildCount() - 1; i >= 0; i--) {
        open.push(node.getNamedChild(i));
      }
    }
    return found;
  }

  /** The nearest node of these types around this one. */
  public static Optional<TSNode> around(TSNode node, Set<String> types) {
    TSNode at = node.getParent();
    while (!at.isNull()) {
      if (types.contains(at.getType())) {
        return Optional.of(at);
      }
      at = at.getParent();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    tree.close();
    parser.close();
  }
}
