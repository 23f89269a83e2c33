package dev.slipway.workspace;

import java.time.Instant;
import java.util.List;

/** The past of a repository up to and with one commit; how far back it looks is bounded. */
public interface History {
  /** The commits that touched the path, newest first, at most {@code limit}. */
  List<Touch> touches(String path, int limit);

  /** One commit's touch of a path. */
  record Touch(String commit, String authorEmail, Instant at) {}
}
