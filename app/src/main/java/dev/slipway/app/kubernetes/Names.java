package dev.slipway.app.kubernetes;

import dev.slipway.change.Slot;
import dev.slipway.target.Epoch;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the objects of a slot are called, and the marks by which they are known as ours. */
record Names(Slot slot) {
  /** The name under which the API server remembers which fields are ours. */
  static final String MANAGER = "slipway";

  static final String VERSION = "app.kubernetes.io/version";
  private static final String NAME = "app.kubernetes.io/name";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String ENVIRONMENT = "slipway.dev/environment";
  private static final String TRACK = "slipway.dev/track";
  private static final String EPOCH = "slipway.dev/epoch";

  /** A Service's name is a DNS label. */
  private static final int SERVICE_CHARS_MAX = 63 - "-stable".length();

  /** The two versions that stand side by side. */
  enum Track {
    STABLE,
    CANARY;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Names {
    if (slot.service().value().length() > SERVICE_CHARS_MAX) {
      throw new TargetFault(
          slot.service()
              + " has too long a name to run in Kubernetes: at most "
              + SERVICE_CHARS_MAX
              + " characters");
    }
  }

  /** Deployment and Service of the track. */
  String of(Track track) {
    return slot.service() + "-" + track.label();
  }

  String route() {
    return slot.service().value();
  }

  /** Two, so that the canary's is never the one that the stable version reads. */
  List<String> secrets() {
    return List.of(slot.service() + "-secrets-a", slot.service() + "-secrets-b");
  }

  /** What says that an object is ours, and whose. */
  Map<String, String> marks() {
    return Map.of(
        NAME, slot.service().value(), MANAGED_BY, MANAGER, ENVIRONMENT, slot.environment().name());
  }

  /** What the track's pods are found by. */
  Map<String, String> selector(Track track) {
    return Map.of(
        NAME, slot.service().value(), ENVIRONMENT, slot.environment().name(), TRACK, track.label());
  }

  /** Throws {@link TargetFault} if somebody else made the object. */
  void requireOurs(HasMetadata object) {
    Map<String, String> labels =
        Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    if (!labels.entrySet().containsAll(marks().entrySet())) {
      throw new TargetFault(
          object.getKind()
              + " "
              + object.getMetadata().getNamespace()
              + "/"
              + object.getMetadata().getName()
              + " is not of Slipway's "
              + slot
              + " and is left alone: rename or remove it, or give the environment a namespace of"
              + " its own");
    }
  }

  /** The highest epoch that the object obeyed. */
  static Epoch epoch(HasMetadata object) {
    String text =
        Optional.ofNullable(object.getMetadata().getAnnotations())
            .map(all -> all.get(EPOCH))
            .orElse("0.0");
    try {
      int dot = text.indexOf('.');
      return new Epoch(
          Long.parseLong(text.substring(0, Math.max(0, dot))),
          Integer.parseInt(text.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      throw new TargetFault(
          "the annotation "
              + EPOCH
              + " of "
              + object.getKind()
              + " "
              + object.getMetadata().getName()
              + " was changed by somebody else",
          e);
    }
  }

  /** Whether it ever obeyed one. */
  static boolean isMarked(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .filter(all -> all.containsKey(EPOCH))
        .isPresent();
  }

  /** Refuses an epoch that is older than one the object obeyed. */
  static void requireNotStale(HasMetadata object, Epoch given) {
    Epoch obeyed = epoch(object);
    if (given.compareTo(obeyed) < 0) {
      throw new TargetFault.StaleEpoch(given, obeyed);
    }
  }

  static void mark(HasMetadata object, Epoch epoch) {
    Map<String, String> annotations =
        new TreeMap<>(Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of()));
    annotations.put(EPOCH, epoch.toString());
    object.getMetadata().setAnnotations(annotations);
  }
}
