package dev.slipway.app.engine;

import dev.slipway.app.json.Json;
import dev.slipway.pipeline.Event;
import java.io.NotSerializableException;
import java.util.List;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import tools.jackson.core.JacksonException;

/**
 * How events lie in the journal: JSON, with a manifest such as {@code change-event/1:prepared} that
 * names the family, its version and the kind. A form that was ever written stays readable: when one
 * changes, its family gets a new version and the old one a translation here.
 */
public final class StoredForms extends SerializerWithStringManifest {
  /** Never to be changed: it lies in every row of the journal. */
  private static final int IDENTIFIER = 7_301;

  private record Family(String manifest, Class<?> type) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("change-event/1", Event.class),
          new Family("lease-event/1", LeaseEvent.class),
          new Family("lease-queue/1", LeaseQueue.class));

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    for (Family family : FAMILIES) {
      if (family.type().isInstance(value)) {
        return family.type().isSealed()
            ? family.manifest() + ":" + Json.label(value.getClass())
            : family.manifest();
      }
    }
    throw new IllegalArgumentException("there is no stored form of " + value.getClass().getName());
  }

  @Override
  public byte[] toBinary(Object value) {
    return Json.mapper().writeValueAsBytes(value);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    String name = manifest.split(":", 2)[0];
    for (Family family : FAMILIES) {
      if (family.manifest().equals(name)) {
        return read(bytes, family.type(), manifest);
      }
    }
    throw new NotSerializableException(
        "the journal holds a " + manifest + ", which this Slipway does not know: run a newer one");
  }

  private static Object read(byte[] bytes, Class<?> type, String manifest)
      throws NotSerializableException {
    try {
      return Json.mapper().readValue(bytes, type);
    } catch (JacksonException e) {
      NotSerializableException fault =
          new NotSerializableException(
              "a stored " + manifest + " cannot be read: " + e.getMessage());
      fault.initCause(e);
      throw fault;
    }
  }
}
