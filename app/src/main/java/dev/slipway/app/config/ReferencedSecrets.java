package dev.slipway.app.config;

import dev.slipway.project.Secrets;
import dev.slipway.project.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks secrets up where the configuration says they are: the control plane's environment, or a
 * file.
 */
public final class ReferencedSecrets implements Secrets {
  private static final long BYTES_MAX = 64 << 10;

  private final Map<String, String> environment;

  public ReferencedSecrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Map<String, String> of(Service service, Service.SecretUse use) {
    Map<String, String> values = new HashMap<>();
    for (Service.Secret secret : service.secrets()) {
      if (secret.uses().contains(use)) {
        values.put(secret.name(), value(service, secret));
      }
    }
    return values;
  }

  private String value(Service service, Service.Secret secret) {
    return switch (secret.source()) {
      case Service.Secret.Source.FromEnvironment(String variable) -> {
        String value = environment.get(variable);
        if (value == null) {
          throw new MissingSecret(
              "the secret "
                  + secret.name()
                  + " of "
                  + service.name()
                  + " is to come from the environment variable "
                  + variable
                  + ", which is not set where the control plane runs");
        }
        yield value;
      }
      case Service.Secret.Source.FromFile(String path) -> {
        try {
          if (Files.size(Path.of(path)) > BYTES_MAX) {
            throw new MissingSecret(path + " is larger than " + BYTES_MAX + " bytes");
          }
          yield Files.readString(Path.of(path)).strip();
        } catch (IOException e) {
          throw new MissingSecret(
              "the secret "
                  + secret.name()
                  + " of "
                  + service.name()
                  + " is to come from the file "
                  + path
                  + ", which cannot be read");
        }
      }
    };
  }
}
