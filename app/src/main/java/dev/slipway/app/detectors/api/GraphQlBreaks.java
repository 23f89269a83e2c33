package dev.slipway.app.detectors.api;

import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * GraphQL, parsed by graphql-java. The rules are those of graphql-js' {@code findBreakingChanges}:
 * what is gone, a result that may now be null or of another type, an argument that is now needed.
 */
final class GraphQlBreaks {
  /** What a part promises. */
  private sealed interface Promise {
    record Exists() implements Promise {}

    record Gives(String type) implements Promise {}

    record Takes(String type, boolean needed) implements Promise {}
  }

  private record Part(Promise promise, String path, int line) {}

  private GraphQlBreaks() {}

  /** Throws {@link graphql.parser.InvalidSyntaxException} for text that is no GraphQL. */
  static List<Break> between(List<Version> before, List<Version> after) {
    Map<String, Part> old = new TreeMap<>();
    Map<String, Part> now = new TreeMap<>();
    before.forEach(version -> read(version, old));
    after.forEach(version -> read(version, now));
    List<Break> breaks = new ArrayList<>();
    old.forEach((name, part) -> compare(name, part, now, breaks));
    now.forEach(
        (name, part) -> {
          boolean newlyNeeded =
              part.promise() instanceof Promise.Takes takes
                  && takes.needed()
                  && !old.containsKey(name)
                  && old.containsKey(name.substring(0, name.lastIndexOf('.')));
          if (newlyNeeded) {
            breaks.add(
                new Break("graphql.required", part.path(), part.line(), name + " is now needed"));
          }
        });
    return breaks;
  }

  private static void compare(String name, Part part, Map<String, Part> now, List<Break> breaks) {
    Part other = now.get(name);
    if (other == null) {
      int dot = name.lastIndexOf('.');
      if (dot < 0 || now.containsKey(name.substring(0, dot))) {
        breaks.add(new Break("graphql.removed", part.path(), 0, name + " is gone"));
      }
      return;
    }
    boolean broken =
        switch (part.promise()) {
          case Promise.Exists ignored -> false;
          case Promise.Gives gave ->
              !(other.promise() instanceof Promise.Gives gives
                  && gives.type().replace("!", "").equals(gave.type().replace("!", ""))
                  && isAtLeast(gives.type(), gave.type()));
          case Promise.Takes took ->
              !(other.promise() instanceof Promise.Takes takes
                  && takes.type().replace("!", "").equals(took.type().replace("!", ""))
                  && isAtLeast(took.type(), takes.type()));
        };
    if (broken) {
      breaks.add(
          new Break("graphql.changed", other.path(), other.line(), name + " has another type"));
    }
  }

  /** Whether every place that is never null in the one type is so in the other. */
  private static boolean isAtLeast(String strict, String type) {
    int at = 0;
    for (int i = 0; i < type.length(); i++, at++) {
      boolean has = at < strict.length() && strict.charAt(at) == '!';
      if (type.charAt(i) == '!' && !has) {
        return false;
      }
      if (type.charAt(i) != '!' && has) {
        at++;
      }
    }
    return true;
  }

  private static void read(Version version, Map<String, Part> into) {
    if (version.text().isBlank()) {
      return;
    }
    for (Definition<?> definition : Parser.parse(version.text()).getDefinitions()) {
      if (definition instanceof TypeDefinition<?> type) {
        put(version, type.getName(), type, new Promise.Exists(), into);
        parts(version, type, into);
      }
    }
  }

  private static void parts(Version version, TypeDefinition<?> type, Map<String, Part> into) {
    String name = type.getName() + ".";
    switch (type) {
      case ImplementingTypeDefinition<?> object ->
          object.getFieldDefinitions().forEach(field -> field(version, name, field, into));
      case InputObjectTypeDefinition input ->
          input.getInputValueDefinitions().forEach(value -> value(version, name, value, into));
      case EnumTypeDefinition numbers ->
          numbers
              .getEnumValueDefinitions()
              .forEach(it -> put(version, name + it.getName(), it, new Promise.Exists(), into));
      case UnionTypeDefinition union ->
          union
              .getMemberTypes()
              .forEach(it -> put(version, name + printed(it), it, new Promise.Exists(), into));
      default -> {}
    }
  }

  private static void field(
      Version version, String scope, FieldDefinition field, Map<String, Part> into) {
    String name = scope + field.getName();
    put(version, name, field, new Promise.Gives(printed(field.getType())), into);
    field.getInputValueDefinitions().forEach(it -> value(version, name + ".", it, into));
  }

  private static void value(
      Version version, String scope, InputValueDefinition value, Map<String, Part> into) {
    Type<?> type = value.getType();
    boolean needed = type instanceof NonNullType && value.getDefaultValue() == null;
    put(version, scope + value.getName(), value, new Promise.Takes(printed(type), needed), into);
  }

  private static String printed(Node<?> node) {
    return node instanceof NamedNode<?> named ? named.getName() : AstPrinter.printAst(node);
  }

  private static void put(
      Version version, String name, Node<?> node, Promise promise, Map<String, Part> into) {
    int line = node.getSourceLocation() == null ? 0 : node.getSourceLocation().getLine();
    into.putIfAbsent(name, new Part(promise, version.path(), line));
  }
}
