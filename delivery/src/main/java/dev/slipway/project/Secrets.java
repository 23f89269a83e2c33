package dev.slipway.project;

import java.util.Map;

/** Looks up secret values at the moment they are handed out. */
public interface Secrets {
  /**
   * The values of the service's secrets that are declared for this use, by name.
   *
   * @throws MissingSecret naming the secret and where it was looked for
   */
  Map<String, String> of(Service service, Service.SecretUse use);

  /** A declared secret has no value where it is said to be. */
  final class MissingSecret extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingSecret(String message) {
      super(message);
    }
  }
}
