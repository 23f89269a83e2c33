package dev.slipway.app.audit;

import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditCodec;
import dev.slipway.audit.AuditRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.node.ObjectNode;

/** Writes a record as RFC 8785 canonical JSON, with its kind and the version of its form. */
public final class CanonicalCodec implements AuditCodec {
  /** The form of the records; raised whenever a reader would have to know. */
  static final int VERSION = 1;

  @Override
  public byte[] encode(AuditRecord record) {
    // Written as the sealed type, so that the kind goes in as "type".
    ObjectNode node =
        (ObjectNode)
            Json.mapper()
                .readTree(Json.mapper().writerFor(AuditRecord.class).writeValueAsBytes(record));
    node.put("version", VERSION);
    try {
      return new JsonCanonicalizer(node.toString()).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException("a record is not JSON", e);
    }
  }
}
