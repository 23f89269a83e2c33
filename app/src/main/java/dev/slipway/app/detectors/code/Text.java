package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.treesitter.TSNode;

/** How a text comes about: written out, or put together from what may come from outside. */
final class Text {
  private static final Set<String> STRINGS =
      Set.of("string_literal", "string", "template_string", "text_block", "concatenated_string");

  private static final Set<String> NAMES = Set.of("identifier");

  private static final Set<String> SCOPES =
      Set.of(
          "method_declaration",
          "constructor_declaration",
          "function_definition",
          "function_declaration",
          "function_expression",
          "arrow_function",
          "method_definition",
          "program",
          "module");

  private static final Set<String> BINDINGS =
      Set.of(
          "variable_declarator",
          "assignment",
          "assignment_expression",
          "augmented_assignment",
          "augmented_assignment_expression");

  private Text() {}

  static boolean isConstant(SyntaxTree tree, TSNode node) {
    String text = tree.text(node);
    boolean literal = STRINGS.contains(node.getType()) && !isInterpolated(tree, node);
    boolean number = text.matches("-?\\d[\\w.]*|true|false|null|None|True|False|undefined");
    boolean named = text.matches("(?:\\w+\\.){0,4}[A-Z][A-Z0-9_]+");
    return literal || number || named;
  }

  /** Whether the node, or the value last given to the name it is, is put together from parts. */
  static boolean isComposed(SyntaxTree tree, TSNode node) {
    return isPutTogether(tree, node)
        || value(tree, node).filter(value -> isPutTogether(tree, value)).isPresent();
  }

  static String spelt(SyntaxTree tree, TSNode node) {
    return value(tree, node).map(tree::text).orElseGet(() -> tree.text(node));
  }

  private static boolean isPutTogether(SyntaxTree tree, TSNode node) {
    return switch (node.getType()) {
      case "binary_expression", "binary_operator" -> isJoined(tree, node);
      case "string", "template_string", "concatenated_string" -> isInterpolated(tree, node);
      case "parenthesized_expression", "await_expression", "argument", "keyword_argument" ->
          node.getNamedChildCount() > 0
              && isPutTogether(tree, node.getNamedChild(node.getNamedChildCount() - 1));
      case "method_invocation", "call", "call_expression" -> isFormatted(tree, node);
      default -> false;
    };
  }

  private static boolean isJoined(SyntaxTree tree, TSNode node) {
    String sign = tree.part(node, "operator");
    if (!sign.equals("+") && !sign.equals("%")) {
      return false;
    }
    boolean string = !SyntaxTree.all(node, STRINGS).isEmpty();
    TSNode left = node.getChildByFieldName("left");
    TSNode right = node.getChildByFieldName("right");
    boolean given = isGiven(tree, left) || isGiven(tree, right);
    return string && given;
  }

  /** Whether something in it is no constant. */
  private static boolean isGiven(SyntaxTree tree, TSNode node) {
    String type = node.getType();
    return type.equals("binary_expression") || type.equals("binary_operator")
        ? isGiven(tree, node.getChildByFieldName("left"))
            || isGiven(tree, node.getChildByFieldName("right"))
        : !isConstant(tree, node);
  }

  private static boolean isInterpolated(SyntaxTree tree, TSNode node) {
    return SyntaxTree.all(node, Set.of("interpolation", "template_substitution")).stream()
        .anyMatch(
            part -> part.getNamedChildCount() > 0 && !isConstant(tree, part.getNamedChild(0)));
  }

  private static boolean isFormatted(SyntaxTree tree, TSNode node) {
    String text = tree.text(node);
    String callee =
        node.getType().equals("method_invocation")
            ? tree.part(node, "name")
            : tree.part(node, "function");
    boolean formats =
        callee.equals("format")
            || callee.equals("formatted")
            || callee.endsWith(".format")
            || callee.equals("concat")
            || callee.endsWith(".concat");
    return formats
        && text.matches("(?s).*[\"'`].*")
        && SyntaxTree.all(node.getChildByFieldName("arguments"), NAMES).stream()
            .anyMatch(name -> !isConstant(tree, name));
  }

  /** The value that a name was given in the same function, if it is put together. */
  static Optional<TSNode> value(SyntaxTree tree, TSNode node) {
    if (!NAMES.contains(node.getType())) {
      return Optional.empty();
    }
    String name = tree.text(node);
    Optional<TSNode> scope = SyntaxTree.around(node, SCOPES);
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    List<TSNode> bindings = SyntaxTree.all(scope.get(), BINDINGS);
    return bindings.stream()
        .filter(
            binding ->
                tree.part(binding, "name").equals(name) || tree.part(binding, "left").equals(name))
        .map(
            binding -> {
              TSNode value = binding.getChildByFieldName("value");
              return value.isNull() ? binding.getChildByFieldName("right") : value;
            })
        .filter(value -> !value.isNull() && isPutTogether(tree, value))
        .findFirst();
  }
}
