package dev.slipway.app.detectors.api;

import dev.slipway.app.detectors.syntax.Language;
import dev.slipway.app.detectors.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.treesitter.TSNode;

/**
 * The public types of a library, read from their sources: there is nothing built yet that a
 * comparison of class files could be given. The rules are those of the Java Language Specification,
 * chapter 13, as far as declarations alone tell: what is gone or no longer public, another result,
 * a method that implementers of an interface now need.
 */
final class JavaBreaks {
  private record Part(String contract, String path, int line, boolean burdens) {}

  private static final Set<String> TYPES =
      Set.of(
          "class_declaration",
          "interface_declaration",
          "enum_declaration",
          "record_declaration",
          "annotation_type_declaration");

  private final SyntaxTree tree;
  private final Version version;
  private final Map<String, Part> parts;

  private JavaBreaks(SyntaxTree tree, Version version, Map<String, Part> parts) {
    this.tree = tree;
    this.version = version;
    this.parts = parts;
  }

  static List<Break> between(List<Version> before, List<Version> after) {
    Map<String, Part> old = new TreeMap<>();
    Map<String, Part> now = new TreeMap<>();
    before.forEach(version -> read(version, old));
    after.forEach(version -> read(version, now));
    List<Break> breaks = new ArrayList<>();
    old.forEach(
        (name, part) -> {
          Part other = now.get(name);
          if (other == null && isTop(name, now)) {
            breaks.add(
                new Break("java.removed", part.path(), 0, name + " is gone or no longer public"));
          } else if (other != null && !other.contract().equals(part.contract())) {
            breaks.add(
                new Break(
                    "java.changed",
                    other.path(),
                    other.line(),
                    name + " was «" + part.contract() + "» and is «" + other.contract() + "»"));
          }
        });
    now.forEach(
        (name, part) -> {
          if (part.burdens() && !old.containsKey(name) && old.containsKey(owner(name))) {
            breaks.add(
                new Break(
                    "java.abstract",
                    part.path(),
                    part.line(),
                    name + " is new, and every implementation of the interface needs it"));
          }
        });
    return breaks;
  }

  private static String owner(String name) {
    return name.substring(0, Math.max(0, name.indexOf('#')));
  }

  private static boolean isTop(String name, Map<String, Part> now) {
    return !name.contains("#") || now.containsKey(owner(name));
  }

  private static void read(Version version, Map<String, Part> parts) {
    SyntaxTree.of(Language.JAVA, version.text())
        .ifPresent(
            tree -> {
              try (tree) {
                new JavaBreaks(tree, version, parts).read();
              }
            });
  }

  private void read() {
    TSNode root = tree.root();
    String scope = "";
    for (int i = 0; i < root.getNamedChildCount(); i++) {
      TSNode child = root.getNamedChild(i);
      if (child.getType().equals("package_declaration")) {
        scope = tree.text(child).replaceAll("package|[;\\s]", "") + ".";
      } else if (TYPES.contains(child.getType())) {
        type(child, scope, Set.of());
      }
    }
  }

  private void type(TSNode node, String scope, Set<String> given) {
    Set<String> modifiers = modifiers(node, given);
    if (!modifiers.contains("public")) {
      return;
    }
    String name = scope + tree.part(node, "name");
    boolean isFace =
        node.getType().equals("interface_declaration")
            || node.getType().equals("annotation_type_declaration");
    boolean sealed = modifiers.contains("final") || modifiers.contains("sealed");
    put(name, kind(node) + (sealed ? " final" : ""), node, false);
    if (node.getType().equals("record_declaration")) {
      put(name + "#new" + types(node.getChildByFieldName("parameters")), "record", node, false);
    }
    for (TSNode member : members(node.getChildByFieldName("body"))) {
      member(member, name, isFace);
    }
  }

  private List<TSNode> members(TSNode body) {
    List<TSNode> members = new ArrayList<>();
    for (int i = 0; !body.isNull() && i < body.getNamedChildCount(); i++) {
      TSNode child = body.getNamedChild(i);
      if (child.getType().equals("enum_body_declarations")) {
        members.addAll(members(child));
      } else {
        members.add(child);
      }
    }
    return members;
  }

  private void member(TSNode member, String owner, boolean isFace) {
    Set<String> modifiers = modifiers(member, isFace ? Set.of("public") : Set.of());
    boolean open = modifiers.contains("public") || modifiers.contains("protected");
    String fixed = modifiers.contains("static") ? "static " : "";
    switch (member.getType()) {
      case "enum_constant" ->
          put(owner + "#" + tree.part(member, "name"), "constant", member, false);
      case "method_declaration", "annotation_type_element_declaration" -> {
        if (open) {
          boolean free = modifiers.contains("default") || modifiers.contains("static");
          boolean needed =
              isFace
                  && !free
                  && member.getType().equals("method_declaration")
                  && !modifiers.contains("private");
          put(
              owner
                  + "#"
                  + tree.part(member, "name")
                  + types(member.getChildByFieldName("parameters")),
              fixed + simple(tree.part(member, "type")),
              member,
              needed);
        }
      }
      case "constructor_declaration" -> {
        if (open) {
          put(owner + "#new" + types(member.getChildByFieldName("parameters")), "", member, false);
        }
      }
      case "field_declaration", "constant_declaration" -> {
        if (open) {
          fields(member, owner, fixed);
        }
      }
      default -> {
        if (TYPES.contains(member.getType())) {
          type(member, owner + ".", isFace ? Set.of("public") : Set.of());
        }
      }
    }
  }

  private void fields(TSNode member, String owner, String fixed) {
    for (TSNode declarator : tree.all(member, Set.of("variable_declarator"))) {
      put(
          owner + "#" + tree.part(declarator, "name"),
          fixed + simple(tree.part(member, "type")),
          member,
          false);
    }
  }

  private static String kind(TSNode node) {
    return node.getType().substring(0, node.getType().indexOf('_'));
  }

  private Set<String> modifiers(TSNode node, Set<String> given) {
    Set<String> all = new java.util.HashSet<>(given);
    for (int i = 0; i < node.getNamedChildCount(); i++) {
      TSNode child = node.getNamedChild(i);
      if (child.getType().equals("modifiers")) {
        for (int j = 0; j < child.getChildCount(); j++) {
          all.add(tree.text(child.getChild(j)));
        }
      }
    }
    return all;
  }

  private String types(TSNode parameters) {
    List<String> types = new ArrayList<>();
    for (int i = 0; !parameters.isNull() && i < parameters.getNamedChildCount(); i++) {
      TSNode parameter = parameters.getNamedChild(i);
      String type = tree.part(parameter, "type");
      types.add(type.isEmpty() ? tree.text(parameter).replaceAll("\\s.*", "") : simple(type));
    }
    return "(" + String.join(", ", types) + ")";
  }

  /** Without annotations, blanks and the packages of names. */
  private static String simple(String type) {
    return type.replaceAll("@\\w+\\s*", "")
        .replaceAll("\\s+", "")
        .replaceAll("\\b[a-z]\\w*\\.", "");
  }

  private void put(String name, String contract, TSNode node, boolean burdens) {
    parts.put(name, new Part(contract, version.path(), SyntaxTree.row(node) + 1, burdens));
  }
}
