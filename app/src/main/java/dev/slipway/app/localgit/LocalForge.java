package dev.slipway.app.localgit;

import dev.slipway.change.ChangeId;
import dev.slipway.change.PullRequest;
import dev.slipway.forge.Forge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local repository has no page on which a change is opened or discussed: it is opened here, and
 * its fate goes to the log.
 */
public final class LocalForge implements Forge {
  private static final Logger LOG = LoggerFactory.getLogger(LocalForge.class);

  private final Opening opening;

  /** Takes in changes. */
  @FunctionalInterface
  public interface Opening {
    /** As {@link Forge#open}. */
    void open(PullRequest pull, int priority);
  }

  public LocalForge(Opening opening) {
    this.opening = opening;
  }

  @Override
  public void report(ChangeId change, Status status) {
    LOG.info("{} {} {}", change, status.state(), status.summary());
  }

  @Override
  public void open(PullRequest pull, int priority) {
    opening.open(pull, priority);
  }
}
