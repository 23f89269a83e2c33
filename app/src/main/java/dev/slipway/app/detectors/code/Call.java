package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.Language;
import dev.slipway.app.detectors.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.treesitter.TSNode;

/**
 * A call or a construction, alike for all languages.
 *
 * @param callee all that stands before the arguments: {@code statement.executeQuery}
 * @param name its last part
 * @param arguments the argument nodes
 * @param text the arguments as they are written
 */
record Call(
    Language language,
    SyntaxTree tree,
    TSNode node,
    String callee,
    String name,
    List<TSNode> arguments,
    String text) {

  static final Set<String> TYPES =
      Set.of(
          "method_invocation",
          "object_creation_expression",
          "call",
          "call_expression",
          "new_expression");

  private static final Set<String> LOOPS =
      Set.of(
          "for_statement",
          "enhanced_for_statement",
          "while_statement",
          "do_statement",
          "for_in_statement");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "method_declaration",
          "constructor_declaration",
          "function_definition",
          "function_declaration",
          "function_expression",
          "arrow_function",
          "method_definition",
          "generator_function_declaration",
          "lambda_expression");

  /** Functions that are written where they are handed over. */
  private static final Set<String> GIVEN =
      Set.of("lambda_expression", "arrow_function", "function_expression");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final int ARGUMENTS_MAX = 20;

  private static final Set<String> EACH = Set.of("forEach", "map", "flatMap", "each");

  /** The call at this node; empty for a template that only looks like one. */
  static Optional<Call> of(Language language, SyntaxTree tree, TSNode node) {
    TSNode list = node.getChildByFieldName("arguments");
    if (list.isNull() || list.getType().equals("template_string")) {
      return Optional.empty();
    }
    String written =
        switch (node.getType()) {
          case "method_invocation" -> {
            String object = tree.tail(node.getChildByFieldName("object"));
            yield (object.isEmpty() ? "" : object + ".") + tree.part(node, "name");
          }
          case "object_creation_expression" -> "new " + tree.part(node, "type");
          case "new_expression" -> "new " + tree.part(node, "constructor");
          default -> tree.tail(node.getChildByFieldName("function"));
        };
    String callee = spelt(written);
    List<TSNode> arguments = new ArrayList<>();
    for (int i = 0; i < Math.min(ARGUMENTS_MAX, list.getNamedChildCount()); i++) {
      arguments.add(list.getNamedChild(i));
    }
    String name = callee.substring(Math.max(callee.lastIndexOf('.'), callee.lastIndexOf(' ')) + 1);
    return Optional.of(new Call(language, tree, node, callee, name, arguments, tree.text(list)));
  }

  /** Without blanks, which a call over lines holds. */
  private static String spelt(String written) {
    return written.startsWith("new ")
        ? "new " + BLANKS.matcher(written.substring(4)).replaceAll("")
        : BLANKS.matcher(written).replaceAll("");
  }

  int row() {
    return SyntaxTree.row(node);
  }

  int lastRow() {
    return node.getEndPoint().getRow();
  }

  /** One of these rows on which a name among the arguments is given its value. */
  Optional<Integer> givenOn(NavigableSet<Integer> rows) {
    return arguments.stream()
        .limit(4)
        .flatMap(argument -> Text.bindings(tree, argument).stream())
        .map(SyntaxTree::row)
        .filter(rows::contains)
        .findFirst();
  }

  /** Whether an argument is a text put together from parts that are not all constants. */
  boolean isFedByParts() {
    return arguments.stream().limit(6).anyMatch(argument -> Text.isComposed(tree, argument));
  }

  /** The composed texts among the arguments, with the values of names that stand for one. */
  String composed() {
    StringBuilder all = new StringBuilder();
    arguments.stream()
        .limit(6)
        .filter(argument -> Text.isComposed(tree, argument))
        .forEach(argument -> all.append(Text.spelt(tree, argument)).append(' '));
    return all.toString();
  }

  /** Whether the first argument is anything but a text that is written out. */
  boolean isFedByValue() {
    return !arguments.isEmpty() && !Text.isConstant(tree, arguments.getFirst());
  }

  /** Whether it runs once for each turn of a loop of the same function. */
  boolean isInLoop() {
    TSNode child = node;
    Optional<TSNode> around = tree.parent(node);
    for (int level = 0; level < SyntaxTree.LEVELS_MAX && around.isPresent(); level++) {
      TSNode at = around.get();
      String type = at.getType();
      if (LOOPS.contains(type) && !isHead(at, child)) {
        return true;
      }
      if (FUNCTIONS.contains(type)) {
        return GIVEN.contains(type) && isEach(at);
      }
      child = at;
      around = tree.parent(at);
    }
    return false;
  }

  /** What a loop goes over is made once. */
  private static boolean isHead(TSNode loop, TSNode child) {
    return TSNode.eq(loop.getChildByFieldName("value"), child)
        || TSNode.eq(loop.getChildByFieldName("right"), child)
        || TSNode.eq(loop.getChildByFieldName("init"), child);
  }

  /** Whether the function is handed to something that calls it for each element. */
  private boolean isEach(TSNode function) {
    Optional<TSNode> around = tree.parent(function).flatMap(tree::parent);
    if (around.isEmpty() || !TYPES.contains(around.get().getType())) {
      return false;
    }
    TSNode call = around.get();
    String name = tree.part(call, "name");
    String callee = tree.part(call, "function");
    return EACH.contains(name.isEmpty() ? callee.substring(callee.lastIndexOf('.') + 1) : name);
  }

  /** Whether the function around it is asynchronous. */
  boolean isInAsync() {
    return tree.around(node, FUNCTIONS)
        .map(
            function -> {
              String text = tree.text(function);
              String head = text.substring(0, Math.min(text.length(), 300));
              return switch (language) {
                case JAVA ->
                    head.matches(
                        "(?s)[^({]*\\b(?:Mono|Flux|CompletableFuture|CompletionStage|Uni|Multi)<.*");
                case PYTHON, JAVASCRIPT, TYPESCRIPT, TSX -> head.startsWith("async");
              };
            })
        .orElse(false);
  }
}
