package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.treesitter.TSNode;

/** How a text comes about: written out, or put together from what may come from outside. */
final class Text {
  private static final Set<String> STRINGS =
      Set.of("string_literal", "string", "template_string", "text_block", "concatenated_string");

  private static final Set<String> LISTS = Set.of("list", "array", "array_initializer");

  private static final int ELEMENTS_MAX = 20;

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

  private static final Set<String> DECLARATIONS =
      Set.of(
          "formal_parameter",
          "local_variable_declaration",
          "required_parameter",
          "typed_parameter");

  /** A number, a yes or no, a name that is written as a constant. */
  private static final Pattern FIXED =
      Pattern.compile(
          "-?\\d[\\w.]*|true|false|null|None|True|False|undefined|(?:[\\w.]+\\.)?_{0,2}[A-Z][A-Z0-9_]+");

  /** Placeholders, and what is a number by the time it is text. */
  private static final Pattern SAFE =
      Pattern.compile(
          "(?is)(?:\\w+\\.)?_{0,2}(?:place_?holders?|question_?marks|binds?|params_?sql)|(?:Integer|Long)\\.(?:parseInt|parseLong|valueOf|toString)\\(.*"
              + "|(?:int|float|len|Number|parseInt|parseFloat|uuid\\.UUID|quote|shlex\\.quote|escape|html\\.escape|encodeURIComponent|sql\\.Identifier|sql\\.SQL|"
              + "(?:mysql|db|conn|connection|pool|client|pg|knex|pgp\\.as)\\.(?:escape|escapeId|escapeIdentifier|escapeLiteral|format)|quote_ident)\\(.*"
              + "|['\"][,\\s]*['\"]\\.join\\(\\s*(?:\\[?\\s*['\"](?:\\?|%s)['\"].*)|.{0,80}\\.map\\(\\s*\\(?\\w*(?:,\\s*\\w+)?\\)?\\s*=>\\s*[`'\"](?:\\?|\\$\\$\\{).*|.{0,60}\\.(?:size|length)\\b(?:\\(\\))?|.{0,40}\\.ordinal\\(\\)");

  private static final Set<String> NUMBERS =
      Set.of(
          "int",
          "long",
          "short",
          "byte",
          "double",
          "float",
          "boolean",
          "Integer",
          "Long",
          "Short",
          "Double",
          "Float",
          "Boolean",
          "UUID",
          "BigDecimal",
          "Instant",
          "LocalDate",
          "number");

  private Text() {}

  static boolean isConstant(SyntaxTree tree, TSNode node) {
    boolean literal = STRINGS.contains(node.getType()) && !isInterpolated(tree, node);
    return literal || FIXED.matcher(tree.text(node)).matches();
  }

  /** The elements of a list, or the node itself where it is none. */
  static List<TSNode> elements(TSNode node) {
    TSNode list =
        node.getType().equals("array_creation_expression")
            ? node.getChildByFieldName("value")
            : node;
    if (list.isNull() || !LISTS.contains(list.getType())) {
      return List.of(node);
    }
    List<TSNode> elements = new ArrayList<>();
    for (int i = 0; i < Math.min(ELEMENTS_MAX, list.getNamedChildCount()); i++) {
      elements.add(list.getNamedChild(i));
    }
    return elements;
  }

  /** Whether the node is written out, or names what is. */
  static boolean isFixed(SyntaxTree tree, TSNode node) {
    return isConstant(tree, node) || isFixedName(tree, node);
  }

  /** Whether the node, or the value last given to the name it is, is put together from parts. */
  static boolean isComposed(SyntaxTree tree, TSNode node) {
    return isPutTogether(tree, node) || composition(tree, node).isPresent();
  }

  /** The composed text behind a name; the node's own text where it is none. */
  static String spelt(SyntaxTree tree, TSNode node) {
    List<TSNode> values = bindings(tree, node);
    if (values.size() > 1) {
      // A statement that grows: what matters may stand in any of its parts.
      return String.join(" ", values.stream().limit(ELEMENTS_MAX).map(tree::text).toList());
    }
    TSNode value = composition(tree, node).orElse(node);
    TSNode object = value.getChildByFieldName("object");
    if (object.isNull() || !isBuilt(tree, value)) {
      return tree.text(value);
    }
    StringBuilder all = new StringBuilder();
    bindings(tree, object).forEach(it -> all.append(tree.text(it)).append(' '));
    appended(tree, value, tree.text(object)).forEach(it -> all.append(tree.text(it)).append(' '));
    return all.toString();
  }

  private static Optional<TSNode> composition(SyntaxTree tree, TSNode node) {
    return bindings(tree, node).stream().filter(value -> isPutTogether(tree, value)).findFirst();
  }

  /** Every value that the name at this node is given in its function; none if it is no name. */
  static List<TSNode> bindings(SyntaxTree tree, TSNode node) {
    if (!node.getType().equals("identifier")) {
      return List.of();
    }
    return tree.around(node, SCOPES).stream()
        .flatMap(
            scope ->
                tree
                    .named(scope, BINDINGS, binding -> boundName(tree, binding))
                    .getOrDefault(tree.text(node), List.of())
                    .stream())
        .map(
            binding -> {
              TSNode value = binding.getChildByFieldName("value");
              return value.isNull() ? binding.getChildByFieldName("right") : value;
            })
        .filter(value -> !value.isNull())
        .toList();
  }

  /** The value that a name is given outside of all functions, as it is written. */
  static Optional<String> boundAtTop(SyntaxTree tree, String name) {
    return tree
        .named(tree.root(), BINDINGS, binding -> boundName(tree, binding))
        .getOrDefault(name, List.of())
        .stream()
        .map(binding -> tree.part(binding, "value"))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static String boundName(SyntaxTree tree, TSNode binding) {
    String name = tree.part(binding, "name");
    return name.isEmpty() ? tree.part(binding, "left") : name;
  }

  private static boolean isPutTogether(SyntaxTree tree, TSNode node) {
    return switch (node.getType()) {
      case "binary_expression", "binary_operator" -> isJoined(tree, node);
      case "string", "template_string", "concatenated_string" -> isInterpolated(tree, node);
      case "parenthesized_expression", "await_expression", "argument", "keyword_argument" ->
          node.getNamedChildCount() > 0
              && isPutTogether(tree, node.getNamedChild(node.getNamedChildCount() - 1));
      case "list", "array", "array_initializer", "array_creation_expression", "object" ->
          isListOfParts(tree, node);
      case "pair" -> isPutTogether(tree, node.getChildByFieldName("value"));
      case "method_invocation", "call", "call_expression" ->
          isFormatted(tree, node) || isBuilt(tree, node);
      default -> false;
    };
  }

  private static boolean isListOfParts(SyntaxTree tree, TSNode node) {
    List<TSNode> elements = elements(node);
    if (node.getType().equals("object")) {
      elements = new ArrayList<>();
      for (int i = 0; i < Math.min(ELEMENTS_MAX, node.getNamedChildCount()); i++) {
        elements.add(node.getNamedChild(i));
      }
    }
    return elements.stream()
        .filter(element -> !element.isNull())
        .anyMatch(element -> isPutTogether(tree, element));
  }

  private static boolean isJoined(SyntaxTree tree, TSNode node) {
    String sign = tree.part(node, "operator");
    if (!sign.equals("+") && !sign.equals("%")) {
      return false;
    }
    boolean string = !tree.all(node, STRINGS).isEmpty();
    return string
        && (isGiven(tree, node.getChildByFieldName("left"))
            || isGiven(tree, node.getChildByFieldName("right")));
  }

  /** Whether something in it is neither constant nor known to be harmless. */
  private static boolean isGiven(SyntaxTree tree, TSNode node) {
    return switch (node.getType()) {
      case "binary_expression", "binary_operator" ->
          isGiven(tree, node.getChildByFieldName("left"))
              || isGiven(tree, node.getChildByFieldName("right"));
      case "parenthesized_expression", "tuple" -> {
        boolean given = false;
        for (int i = 0; i < node.getNamedChildCount(); i++) {
          given |= isGiven(tree, node.getNamedChild(i));
        }
        yield given;
      }
      default ->
          !isConstant(tree, node)
              && !SAFE.matcher(tree.text(node)).matches()
              && !isNumber(tree, node)
              && !isFixedName(tree, node);
    };
  }

  /** Whether the name is declared as something that has no room for text. */
  private static boolean isNumber(SyntaxTree tree, TSNode node) {
    return node.getType().equals("identifier")
        && tree.around(node, SCOPES).stream()
            .flatMap(
                scope ->
                    tree
                        .named(scope, DECLARATIONS, it -> declaredName(tree, it))
                        .getOrDefault(tree.text(node), List.of())
                        .stream())
            .map(declaration -> tree.part(declaration, "type").replaceFirst("^:\\s*", ""))
            .anyMatch(NUMBERS::contains);
  }

  private static String declaredName(SyntaxTree tree, TSNode declaration) {
    return switch (declaration.getType()) {
      case "formal_parameter" -> tree.part(declaration, "name");
      case "local_variable_declaration" ->
          tree.part(declaration.getChildByFieldName("declarator"), "name");
      case "required_parameter" -> tree.part(declaration, "pattern");
      default ->
          declaration.getNamedChildCount() == 0 ? "" : tree.text(declaration.getNamedChild(0));
    };
  }

  /** Whether every value that the name is given in its function is written out. */
  private static boolean isFixedName(SyntaxTree tree, TSNode node) {
    List<TSNode> values = bindings(tree, node);
    return !values.isEmpty()
        && values.stream()
            .allMatch(value -> isConstant(tree, value) || SAFE.matcher(tree.text(value)).matches());
  }

  private static boolean isInterpolated(SyntaxTree tree, TSNode node) {
    return tree.all(node, Set.of("interpolation", "template_substitution")).stream()
        .anyMatch(part -> part.getNamedChildCount() > 0 && isGiven(tree, part.getNamedChild(0)));
  }

  private static boolean isFormatted(SyntaxTree tree, TSNode node) {
    String text = tree.text(node);
    String callee = callee(tree, node);
    TSNode arguments = node.getChildByFieldName("arguments");
    String last = callee.substring(callee.lastIndexOf('.') + 1);
    boolean joins =
        last.equals("join")
            && (text.startsWith("[") || tree.text(arguments).matches("(?s)\\(\\s*\\[.*[\"'].*"));
    boolean formats = joins || Set.of("format", "formatted", "concat", "format_map").contains(last);
    if (joins) {
      return tree.all(node, Set.of("identifier")).stream().anyMatch(it -> isGiven(tree, it));
    }
    return formats
        && text.matches("(?s).*[\"'`].*")
        && tree.all(arguments, Set.of("identifier")).stream().anyMatch(name -> isGiven(tree, name));
  }

  /** {@code builder.toString()} where something that is no constant was appended. */
  private static boolean isBuilt(SyntaxTree tree, TSNode node) {
    String callee = callee(tree, node);
    TSNode object = node.getChildByFieldName("object");
    if (!callee.equals("toString") || object.isNull() || !object.getType().equals("identifier")) {
      return false;
    }
    String name = tree.text(object);
    return appended(tree, node, name).stream().anyMatch(argument -> isGiven(tree, argument));
  }

  private static List<TSNode> appended(SyntaxTree tree, TSNode node, String builder) {
    return tree.around(node, SCOPES).stream()
        .flatMap(scope -> tree.all(scope, Set.of("method_invocation")).stream())
        .filter(call -> tree.part(call, "name").equals("append"))
        .filter(call -> tree.text(call).startsWith(builder + "."))
        .map(call -> call.getChildByFieldName("arguments"))
        .filter(list -> list.getNamedChildCount() == 1)
        .map(list -> list.getNamedChild(0))
        .toList();
  }

  private static String callee(SyntaxTree tree, TSNode node) {
    return node.getType().equals("method_invocation")
        ? tree.part(node, "name")
        : tree.part(node, "function");
  }

  /** The text of the function around a node, as far as it is near. */
  static String around(SyntaxTree tree, TSNode node) {
    return tree.around(node, SCOPES).map(scope -> tree.near(scope, node)).orElse("");
  }
}
