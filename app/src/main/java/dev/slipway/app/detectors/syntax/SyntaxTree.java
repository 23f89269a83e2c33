package dev.slipway.app.detectors.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  private static final int NEAR = 8_192;

  /** A text of nested calls would otherwise be read once for each of them. */
  private static final int TEXT = 4_000;

  /** Code that people write is not nested deeper. */
  public static final int LEVELS_MAX = 200;

  /** Made once and never given back: trees go on using them. */
  private static final Map<Language, TSLanguage> GRAMMARS = new ConcurrentHashMap<>();

  private final TSParser parser;
  private final TSTree tree;
  private final byte[] bytes;
  private final Nodes nodes;
  private final Map<String, Map<String, List<TSNode>>> named = new HashMap<>();

  private SyntaxTree(TSParser parser, TSTree tree, byte[] bytes) {
    this.parser = parser;
    this.tree = tree;
    this.bytes = bytes;
    this.nodes = Nodes.of(tree.getRootNode());
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

  /** The source text of a node, at most its first 4,000 bytes; empty for no node. */
  public String text(TSNode node) {
    return node.isNull()
        ? ""
        : between(node.getStartByte(), Math.min(node.getEndByte(), node.getStartByte() + TEXT));
  }

  /** The source text of a node, at most its last 4,000 bytes; empty for no node. */
  public String tail(TSNode node) {
    return node.isNull()
        ? ""
        : between(Math.max(node.getStartByte(), node.getEndByte() - TEXT), node.getEndByte());
  }

  private String between(int from, int to) {
    return new String(bytes, from, Math.max(0, to - from), StandardCharsets.UTF_8);
  }

  /** The text of a node around another one, at most 8,192 bytes before and after that. */
  public String near(TSNode around, TSNode node) {
    int from = Math.max(around.getStartByte(), node.getStartByte() - NEAR);
    int to = Math.min(around.getEndByte(), node.getEndByte() + NEAR);
    return between(from, to);
  }

  /** The text of a node's named part; empty if it has none. */
  public String part(TSNode node, String field) {
    return text(node.getChildByFieldName(field));
  }

  /** The line of a node's begin, from 0 in this text. */
  public static int row(TSNode node) {
    return node.getStartPoint().getRow();
  }

  /** All nodes of these types below and including a node, in order. */
  public List<TSNode> all(TSNode from, Set<String> types) {
    List<TSNode> found = new ArrayList<>();
    int first = nodes.placeOf(from);
    for (int at = first; at >= 0 && at < nodes.end(first); at++) {
      if (types.contains(nodes.type(at))) {
        found.add(nodes.node(at));
      }
    }
    return found;
  }

  /** The node around this one; empty at the root, or for a node that is not looked at. */
  public Optional<TSNode> parent(TSNode node) {
    int place = nodes.placeOf(node);
    return place <= 0 ? Optional.empty() : Optional.of(nodes.node(nodes.parent(place)));
  }

  /** The nearest node of these types around this one, at most 200 levels up. */
  public Optional<TSNode> around(TSNode node, Set<String> types) {
    int at = nodes.placeOf(node);
    for (int level = 0; level < LEVELS_MAX && at > 0; level++) {
      at = nodes.parent(at);
      if (types.contains(nodes.type(at))) {
        return Optional.of(nodes.node(at));
      }
    }
    return Optional.empty();
  }

  /** Whether every node is looked at: of a tree with more than 400,000 only the first are. */
  public boolean isWhole() {
    return nodes.isWhole();
  }

  /** The nodes of these types below a node by their names, looked for once a node. */
  public Map<String, List<TSNode>> named(
      TSNode from, Set<String> types, Function<TSNode, String> name) {
    String key = from.getStartByte() + "-" + from.getEndByte() + types;
    return named.computeIfAbsent(
        key, k -> all(from, types).stream().collect(Collectors.groupingBy(name)));
  }

  @Override
  public void close() {
    tree.close();
    parser.close();
  }
}
