package dev.slipway.app.detectors.api;

import dev.slipway.change.ChangedLine;
import dev.slipway.change.FileChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks that a bare patch shows: a declaration that is deleted and not added again. Coarser than a
 * comparison of whole files, so it is used only where there is no base.
 */
final class LineBreaks {
  private static final Pattern PROTO =
      Pattern.compile(
          "^\\s*+((?:(?:optional|repeated|required)\\s++)?[\\w.<>]++(?:,\\s*+[\\w.]++>)?\\s++\\w++\\s*+=\\s*+\\d++"
              + "|(?:message|service|enum|oneof)\\s++\\w++|rpc\\s[^;{]{1,300}|package\\s++[\\w.]++|[A-Z][A-Z0-9_]*+\\s*+=\\s*+\\d++)");
  private static final Pattern GRAPHQL =
      Pattern.compile(
          "^\\s*+(\\w++(?:\\s*+\\([^)]{0,500}\\))?\\s*+:\\s*+[\\w\\[\\]!]++"
              + "|(?:type|input|interface|enum|union|scalar)\\s++\\w++[^{]{0,200}|[A-Z][A-Z0-9_]*+)\\s*+(?:[@{#=].*+)?$");
  private static final Pattern OPENAPI =
      Pattern.compile(
          "^\\s*+(?:-\\s++)?[\"']?(/[^\"':]{0,200}|get|put|post|delete|patch|[1-5]\\d\\d|[\\w.-]{1,80}/[\\w.+-]{1,80}|\\$ref|type|name|[a-z]\\w{0,60})[\"']?\\s*+:.*+$");
  private static final Set<String> PROSE =
      Set.of(
          "description",
          "summary",
          "example",
          "examples",
          "title",
          "tags",
          "operationId",
          "url",
          "version",
          "contact",
          "license",
          "email",
          "deprecated",
          "externalDocs",
          "servers",
          "info",
          "default",
          "format",
          "additionalProperties",
          "nullable",
          "minLength",
          "minimum",
          "required",
          "in",
          "schema",
          "content",
          "responses",
          "parameters",
          "properties",
          "items",
          "allOf");

  private LineBreaks() {}

  static List<Break> in(FileChange file, String form) {
    Set<String> kept = new HashSet<>();
    file.added().forEach(line -> part(line, form).ifPresent(kept::add));
    List<Break> breaks = new ArrayList<>();
    for (ChangedLine line : file.deleted()) {
      part(line, form)
          .filter(part -> !kept.contains(part))
          .ifPresent(
              part ->
                  breaks.add(
                      new Break(form + ".removed", file.path(), 0, part + " is gone or changed")));
    }
    return breaks;
  }

  private static Optional<String> part(ChangedLine line, String form) {
    Pattern pattern =
        switch (form) {
          case "proto" -> PROTO;
          case "graphql" -> GRAPHQL;
          default -> OPENAPI;
        };
    Matcher matcher = pattern.matcher(line.text());
    if (!matcher.find() || line.text().length() > 2_000) {
      return Optional.empty();
    }
    String part = matcher.group(1).replaceAll("\\s+", " ").strip();
    if (form.equals("openapi")) {
      return PROSE.contains(part)
          ? Optional.empty()
          : Optional.of(Set.of("type", "$ref", "name").contains(part) ? line.text().strip() : part);
    }
    return Optional.of(part);
  }
}
