package dev.slipway.telemetry;

import dev.slipway.project.StagingPlan;
import java.util.List;

/** Reads traffic that was recorded elsewhere, so that it can be replayed against staging. */
public interface RecordedTraffic {
  /**
   * Reads a recording. Never throws for what the content is.
   *
   * @param file how errors name it
   */
  Reading read(String file, byte[] content);

  /** What was read. */
  sealed interface Reading {
    /**
     * It can be replayed.
     *
     * @param requests in the order of the file, at least one
     * @param leftOut how many lines ask for something that is not replayed
     */
    record Usable(List<StagingPlan.Request> requests, int leftOut) implements Reading {
      public Usable {
        requests = List.copyOf(requests);
      }
    }

    /** It cannot: each error names the file and, where there is one, the line. */
    record Unusable(List<String> errors) implements Reading {
      public Unusable {
        errors = List.copyOf(errors);
      }
    }
  }
}
