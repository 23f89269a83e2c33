package dev.slipway.app.kubernetes;

import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.target.Rollout;
import dev.slipway.target.TargetFault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Artifacts as a pod names them: by digest, never by a tag. */
final class Images {
  private static final Pattern BY_DIGEST = Pattern.compile("([^@]+)@sha256:([0-9a-f]{64})");

  private Images() {}

  /** The image of the version; throws {@link TargetFault} if it is none. */
  static String of(Rollout rollout) {
    return of(rollout.artifact());
  }

  static String of(Artifact artifact) {
    return switch (artifact) {
      case Artifact.OciImage image -> image.repository() + "@" + image.digest();
      case Artifact.File file ->
          throw new TargetFault(
              "Kubernetes runs images, and "
                  + file
                  + " is a file: set build.image of the service in .slipway.yml instead of"
                  + " build.artifact");
    };
  }

  /** The artifact that the text names; empty if it names one by a tag, as we never do. */
  static Optional<Artifact> artifact(String image) {
    Matcher matcher = BY_DIGEST.matcher(image);
    return matcher.matches()
        ? Optional.of(new Artifact.OciImage(matcher.group(1), new Digest(matcher.group(2))))
        : Optional.empty();
  }
}
