package dev.slipway.forge;

import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;

/** What a forge tells us. */
public sealed interface ForgeEvent {
  /** A pull request is open at this head: a new one, or a new push to a known one. */
  record Opened(PullRequest pull) implements ForgeEvent {}

  /** It was closed without us. */
  record Closed(ChangeId change) implements ForgeEvent {}

  /** The base branch moved, by us or by somebody else. */
  record BaseMoved(String repository, String branch, CommitId to) implements ForgeEvent {}

  /** A person with write access gave a command in a comment. */
  record Commanded(ChangeId change, Person by, String command) implements ForgeEvent {}
}
