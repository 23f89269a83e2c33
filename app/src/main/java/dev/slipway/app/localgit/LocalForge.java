package dev.slipway.app.localgit;

import dev.slipway.change.ChangeId;
import dev.slipway.forge.Forge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A local repository has no page on which a change is discussed: its fate goes to the log. */
public final class LocalForge implements Forge {
  private static final Logger LOG = LoggerFactory.getLogger(LocalForge.class);

  @Override
  public void report(ChangeId change, Status status) {
    LOG.info("{} {} {}", change, status.state(), status.summary());
  }
}
