package dev.slipway.app.kubernetes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What happened to objects, in order; kept, so that a watch that begins late misses nothing. */
final class Events {
  private final List<Event> all = new ArrayList<>();

  /**
   * One event.
   *
   * @param collection the path of what the object is one of
   */
  record Event(long version, String collection, String type, JsonNode object) {
    String line() {
      return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
    }
  }

  /** What a watch is about; the selectors are as the API has them, and may be empty. */
  record Interest(String collection, String fieldSelector, String labelSelector) {
    boolean isMet(Event event) {
      String name = event.object().path("metadata").path("name").asString();
      JsonNode labels = event.object().path("metadata").path("labels");
      return event.collection().equals(collection)
          && (fieldSelector.isEmpty() || fieldSelector.equals("metadata.name=" + name))
          && Arrays.stream(labelSelector.split(","))
              .filter(one -> !one.isEmpty())
              .allMatch(
                  one ->
                      labels
                          .path(one.substring(0, one.indexOf('=')))
                          .asString("")
                          .equals(one.substring(one.indexOf('=') + 1)));
    }
  }

  synchronized void add(Event event) {
    all.add(event);
    notifyAll();
  }

  /** The first event after the version that is of interest; waits for it. */
  synchronized Event next(long version, Interest interest) throws InterruptedException {
    while (true) {
      for (Event event : all) {
        if (event.version() > version && interest.isMet(event)) {
          return event;
        }
      }
      wait();
    }
  }
}
