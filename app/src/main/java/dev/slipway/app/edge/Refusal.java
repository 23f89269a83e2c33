package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why an edge does not obey a wish that is well-formed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "error")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Refusal.StaleEpoch.class, name = "stale_epoch"),
  @JsonSubTypes.Type(value = Refusal.OtherBody.class, name = "other_body"),
  @JsonSubTypes.Type(value = Refusal.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = Refusal.CannotListen.class, name = "cannot_listen"),
  @JsonSubTypes.Type(value = Refusal.TooMany.class, name = "too_many"),
  @JsonSubTypes.Type(value = Refusal.Unreadable.class, name = "unreadable")
})
public sealed interface Refusal {
  /**
   * The wish is older than what the route has obeyed.
   *
   * @param asked the epoch of the wish
   * @param highest the highest epoch obeyed
   */
  record StaleEpoch(Epoch asked, Epoch highest) implements Refusal {}

  /**
   * The epoch has been obeyed with another body: two writers share it, or one reused it.
   *
   * @param asked the epoch of the wish
   */
  record OtherBody(Epoch asked) implements Refusal {}

  /**
   * The route listens elsewhere; a listener does not move. Delete the route, then put it anew.
   *
   * @param asked the address asked for
   * @param listens the address the route has
   */
  record Moved(Instance asked, Instance listens) implements Refusal {}

  /**
   * The address cannot be listened on.
   *
   * @param asked the address asked for
   * @param cause what the system said
   */
  record CannotListen(Instance asked, String cause) implements Refusal {}

  /**
   * A bound of the edge was hit.
   *
   * @param bound what is bounded and by how much
   */
  record TooMany(String bound) implements Refusal {}

  /**
   * What the route obeyed last cannot be read from the disk, so nothing can be held against it.
   *
   * @param cause the file and what is wrong with it
   */
  record Unreadable(String cause) implements Refusal {}

  /** One sentence for a person. */
  @JsonProperty(value = "message", access = JsonProperty.Access.READ_ONLY)
  default String sentence() {
    return switch (this) {
      case StaleEpoch r ->
          "epoch (" + r.asked() + ") is older than the one obeyed (" + r.highest() + ")";
      case OtherBody r -> "epoch (" + r.asked() + ") was obeyed with another body";
      case Moved r ->
          "the route listens on "
              + r.listens()
              + ", not on "
              + r.asked()
              + "; delete it first to move it";
      case CannotListen r -> "cannot listen on " + r.asked() + ": " + r.cause();
      case TooMany r -> r.bound();
      case Unreadable r ->
          "the route's file cannot be read; mend or remove it, then restart the edge: " + r.cause();
    };
  }
}
