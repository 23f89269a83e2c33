package dev.slipway.app.audit;

import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditCodec;
import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Digest;
import java.io.IOException;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a record as RFC 8785 canonical JSON, with its kind as {@code type} and the version of its
 * form as {@code schema}; the forms are published as {@link RecordSchemas}.
 */
public final class CanonicalCodec implements AuditCodec {
  /** The form of the records; raised whenever a reader would have to know. */
  static final int SCHEMA = 1;

  /** The kind of an entry that only names where its record is. */
  static final String REFERENCE = "reference";

  @Override
  public byte[] encode(AuditRecord record) {
    // Written as the sealed type, so that the kind goes in as "type".
    ObjectNode node =
        (ObjectNode)
            Json.mapper()
                .readTree(Json.mapper().writerFor(AuditRecord.class).writeValueAsBytes(record));
    OneLine.texts(node);
    node.put("schema", SCHEMA);
    return canonical(node.toString());
  }

  @Override
  public AuditRecord decode(byte[] canonical) {
    try {
      return decode(Json.mapper().readTree(canonical));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a record: " + e.getOriginalMessage(), e);
    }
  }

  /** {@link #decode(byte[])} of what was parsed already, and is not needed any more. */
  static AuditRecord decode(JsonNode node) {
    if (!(node instanceof ObjectNode object) || object.path("schema").asInt(0) != SCHEMA) {
      throw new IllegalArgumentException(
          "not a record of the form that this version of Slipway knows, which is " + SCHEMA);
    }
    object.remove("schema");
    try {
      return Json.mapper().treeToValue(object, AuditRecord.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a record: " + e.getOriginalMessage(), e);
    }
  }

  /** The key under which an entry was appended. */
  public static String keyOf(byte[] entry) {
    JsonNode node = Json.mapper().readTree(entry);
    return referred(node).isPresent() ? node.path("key").asString("") : decode(node).key();
  }

  @Override
  public byte[] reference(AuditRecord record, Digest content) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("type", REFERENCE);
    node.put("schema", SCHEMA);
    node.put("key", OneLine.of(record.key()));
    node.put("record", content.hex());
    return canonical(node.toString());
  }

  @Override
  public Optional<Digest> referred(byte[] entry) {
    try {
      return referred(Json.mapper().readTree(entry));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  static Optional<Digest> referred(JsonNode node) {
    return node.path("type").asString("").equals(REFERENCE)
        ? Optional.of(new Digest(node.path("record").asString("")))
        : Optional.empty();
  }

  /** RFC 8785. */
  static byte[] canonical(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not JSON that has a canonical form: " + e.getMessage(), e);
    }
  }
}
