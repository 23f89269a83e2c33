package dev.slipway.app.detectors.api;

import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Protobuf, parsed by Wire. The rules are those of Buf's categories FILE and WIRE_JSON: what is
 * gone, a number that means something else, a type, label or stream that changed.
 */
final class ProtoBreaks {
  /** A part of an interface: what it is, spelt so that equal text is an equal contract. */
  private record Part(String contract, String path, int line) {}

  private static final Set<String> INTEGERS = Set.of("int32", "uint32", "int64", "uint64", "bool");

  private ProtoBreaks() {}

  /** Throws {@link IllegalStateException} for text that is no protobuf. */
  static List<Break> between(List<Version> before, List<Version> after) {
    Map<String, Part> old = new TreeMap<>();
    Map<String, Part> now = new TreeMap<>();
    before.forEach(version -> read(version, old));
    after.forEach(version -> read(version, now));
    List<Break> breaks = new ArrayList<>();
    old.forEach(
        (name, part) -> {
          Part other = now.get(name);
          if (other == null) {
            boolean within =
                name.contains("#") && !now.containsKey(name.substring(0, name.indexOf('#')));
            if (!within) {
              breaks.add(new Break("proto.removed", part.path(), 0, words(name) + " is gone"));
            }
          } else if (!other.contract().equals(part.contract())) {
            breaks.add(
                new Break(
                    "proto.changed",
                    other.path(),
                    other.line(),
                    words(name)
                        + " was «"
                        + part.contract()
                        + "» and is «"
                        + other.contract()
                        + "»"));
          }
        });
    return breaks;
  }

  private static String words(String name) {
    return name.replace('#', ' ');
  }

  private static void read(Version version, Map<String, Part> into) {
    if (version.text().isBlank()) {
      return;
    }
    ProtoFileElement file =
        ProtoParser.Companion.parse(Location.get(version.path()), version.text());
    String scope = file.getPackageName() == null ? "" : file.getPackageName() + ".";
    file.getTypes().forEach(type -> type(version, scope, type, into));
    file.getServices()
        .forEach(
            service -> {
              String name = "service " + scope + service.getName();
              into.put(name, new Part("service", version.path(), service.getLocation().getLine()));
              service
                  .getRpcs()
                  .forEach(
                      rpc ->
                          into.put(
                              name + "#" + rpc.getName(),
                              new Part(
                                  (rpc.getRequestStreaming() ? "stream " : "")
                                      + simple(rpc.getRequestType())
                                      + " → "
                                      + (rpc.getResponseStreaming() ? "stream " : "")
                                      + simple(rpc.getResponseType()),
                                  version.path(),
                                  rpc.getLocation().getLine())));
            });
  }

  private static void type(
      Version version, String scope, TypeElement type, Map<String, Part> into) {
    String name = scope + type.getName();
    into.put("type " + name, new Part("type", version.path(), type.getLocation().getLine()));
    if (type instanceof MessageElement message) {
      message.getFields().forEach(field -> field(version, name, field, into));
      message
          .getOneOfs()
          .forEach(one -> one.getFields().forEach(field -> field(version, name, field, into)));
    }
    if (type instanceof EnumElement numbers) {
      numbers
          .getConstants()
          .forEach(
              constant ->
                  into.put(
                      "type " + name + "#number " + constant.getTag() + " " + constant.getName(),
                      new Part(
                          constant.getName(), version.path(), constant.getLocation().getLine())));
    }
    type.getNestedTypes().forEach(inner -> type(version, name + ".", inner, into));
  }

  private static void field(
      Version version, String message, FieldElement field, Map<String, Part> into) {
    boolean repeated = field.getLabel() != null && field.getLabel().name().equals("REPEATED");
    boolean required = field.getLabel() != null && field.getLabel().name().equals("REQUIRED");
    into.put(
        "type " + message + "#field " + field.getTag(),
        new Part(
            (repeated ? "repeated " : "")
                + (required ? "required " : "")
                + wire(field.getType())
                + " "
                + field.getName(),
            version.path(),
            field.getLocation().getLine()));
  }

  /** Types that are read alike on the wire and in JSON are one. */
  private static String wire(String type) {
    return INTEGERS.contains(type) && !type.equals("bool") ? type.replace("u", "") : simple(type);
  }

  private static String simple(String type) {
    return type.startsWith("map<") ? type : type.substring(type.lastIndexOf('.') + 1);
  }
}
