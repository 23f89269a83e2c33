package dev.slipway.app.audit;

import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Digest;
import dev.slipway.change.Printable;
import dev.slipway.ledger.Blobs;
import dev.slipway.ledger.Hash;
import dev.slipway.ledger.LedgerException;
import dev.slipway.ledger.TileSource;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads entries of the log as records, and says what is wrong with their form. Safe for use by any
 * number of threads.
 */
final class EntryReader {
  private final TileSource source;
  private final RecordSchemas schemas = new RecordSchemas();

  /**
   * @param source where records too long for an entry are
   */
  EntryReader(TileSource source) {
    this.source = source;
  }

  /** What an entry is. */
  sealed interface Entry {
    /** A record in its published, canonical form. */
    record Sound(AuditRecord record) implements Entry {}

    /** No such thing, and why; harmless to print. */
    record Unsound(String flaw) implements Entry {}
  }

  Entry read(byte[] entry) {
    try {
      JsonNode node = Json.mapper().readTree(entry);
      Optional<String> flaw = flaw(entry, node);
      if (flaw.isPresent()) {
        return new Entry.Unsound(flaw.get());
      }
      Optional<Digest> referred = CanonicalCodec.referred(node);
      return referred.isPresent()
          ? beside(referred.get(), node.path("key").asString(""))
          : new Entry.Sound(CanonicalCodec.decode(node));
    } catch (JacksonException e) {
      return new Entry.Unsound("it is not JSON: " + Printable.of(e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      return new Entry.Unsound(Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private Optional<String> flaw(byte[] entry, JsonNode node) {
    Optional<String> flaw = schemas.flaw(node);
    if (flaw.isPresent()) {
      return flaw;
    }
    OneLine.texts(node);
    return Arrays.equals(CanonicalCodec.canonical(node.toString()), entry)
        ? Optional.empty()
        : Optional.of(
            "it is not canonical JSON (RFC 8785) with texts on one line and all their characters"
                + " visible");
  }

  private Entry beside(Digest digest, String key) {
    Optional<byte[]> content;
    try {
      content = Blobs.get(source, Hash.ofHex(digest.hex()));
    } catch (LedgerException e) {
      return new Entry.Unsound(Printable.of(String.valueOf(e.getMessage())));
    }
    if (content.isEmpty()) {
      return new Entry.Unsound("the record " + digest + ", which it names, is not there");
    }
    JsonNode node = Json.mapper().readTree(content.get());
    Optional<String> flaw = flaw(content.get(), node);
    if (flaw.isPresent()) {
      return new Entry.Unsound(digest + ", which it names: " + flaw.get());
    }
    AuditRecord record = CanonicalCodec.decode(node);
    return OneLine.of(record.key()).equals(key)
        ? new Entry.Sound(record)
        : new Entry.Unsound("it names " + digest + ", which is another record");
  }
}
