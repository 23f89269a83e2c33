package dev.slipway.app.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import dev.slipway.change.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Holds a document against a published JSON Schema. The schema says in {@code x-expected} what each
 * value is, in words; the errors are made of those.
 */
final class SchemaCheck {
  /** Our annotations are known to the validator, which would else warn of each. */
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keywords(
              Stream.of("x-expected", "x-key", "x-unit").map(NonValidationKeyword::new).toList())
          .build();

  private final Schema schema;

  SchemaCheck(String resource) {
    try (InputStream in = SchemaCheck.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the schema " + resource + " is missing from the build");
      }
      schema = SchemaRegistry.withDialect(DIALECT).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema itself. */
  JsonNode document() {
    return schema.getSchemaNode();
  }

  void check(YamlNode.Mapping root, Errors errors) {
    List<Error> found =
        schema.validate(YamlJson.of(root)).stream()
            .sorted(Comparator.comparingInt(SchemaCheck::rank))
            .toList();
    for (Error error : found) {
      add(error, Place.of(root, error.getInstanceLocation()), errors);
    }
  }

  /** Of several errors of one value the type's is told: the others follow from it. */
  private static int rank(Error error) {
    return error.getKeyword().equals("type") ? 0 : 1;
  }

  private void add(Error error, Place place, Errors errors) {
    Expected expected = new Expected(rule(error));
    switch (error.getKeyword()) {
      case "additionalProperties" -> {
        String name = error.getProperty();
        Place child = place.child(name);
        errors.add(child.line(), child.key(), expected.unknownKey(name));
      }
      case "required" -> {
        String name = error.getProperty();
        String key = YamlNode.key(place.key(), name);
        errors.add(place.line(), key, "is missing; expected " + property(error, name));
      }
      case "maxItems", "maxProperties", "maxLength" -> {
        String bound = "; at most " + error.getSchemaNode().asString();
        errors.add(place.line(), place.key(), expected.insteadOf(place.node()) + bound);
      }
      default -> errors.add(place.line(), place.key(), expected.insteadOf(place.node()));
    }
  }

  /** The part of the schema that holds the keyword that failed. */
  private JsonNode rule(Error error) {
    NodePath path = error.getSchemaLocation().getFragment();
    JsonNode node = schema.getSchemaNode();
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      Object element = path.getElement(i);
      node = element instanceof Integer index ? node.path(index) : node.path(element.toString());
    }
    return node;
  }

  private String property(Error error, String name) {
    JsonNode property = rule(error).path("properties").path(name);
    JsonNode target =
        property.has("$ref")
            ? schema.getSchemaNode().at(property.path("$ref").asString().substring(1))
            : property;
    return new Expected(target).words();
  }

  /** A place in the document. */
  private record Place(int line, String key, Optional<YamlNode> node) {
    static Place of(YamlNode.Mapping root, NodePath path) {
      Place place = new Place(root.line(), "", Optional.of(root));
      for (int i = 0; i < path.getNameCount(); i++) {
        place = place.child(path.getElement(i));
      }
      return place;
    }

    Place child(Object element) {
      if (node.isPresent() && node.get() instanceof YamlNode.Mapping(int ignored, var entries)) {
        YamlNode.Entry entry = entries.get(element.toString());
        String name = YamlNode.key(key, Printable.of(element.toString()));
        return entry == null
            ? new Place(line, name, Optional.empty())
            : new Place(entry.line(), name, Optional.of(entry.value()));
      }
      if (node.isPresent()
          && node.get() instanceof YamlNode.Sequence(int ignored, var items)
          && element instanceof Integer index
          && index < items.size()) {
        YamlNode item = items.get(index);
        return new Place(item.line(), YamlNode.key(key, index), Optional.of(item));
      }
      return new Place(line, key, Optional.empty());
    }
  }
}
