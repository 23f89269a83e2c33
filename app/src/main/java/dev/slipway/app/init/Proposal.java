package dev.slipway.app.init;

import java.util.List;

/**
 * A configuration for a repository.
 *
 * @param yaml the file's text: valid, and commented
 * @param notes what a person should know or do before it works, a sentence each
 */
public record Proposal(String yaml, List<String> notes) {
  public Proposal {
    notes = List.copyOf(notes);
  }
}
