package dev.slipway.target;

import dev.slipway.change.Environment;

/** Which target serves which environment. */
public interface Targets {
  /**
   * The target of the environment; throws {@link IllegalArgumentException} naming the key to set if
   * there is none.
   */
  DeployTarget in(Environment environment);
}
