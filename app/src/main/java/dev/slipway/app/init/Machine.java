package dev.slipway.app.init;

import dev.slipway.app.init.Draft.Access;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the user's home holds already: where a dependency cache is filled, commands run without the
 * network.
 */
record Machine(Path home) {
  static final String JACOCO = "org.jacoco:jacoco-maven-plugin:0.8.15";

  static Machine here() {
    return new Machine(Path.of(System.getProperty("user.home")));
  }

  boolean hasMavenRepository() {
    return Files.isDirectory(home.resolve(".m2/repository/org/apache/maven"));
  }

  boolean hasMavenWrapper() {
    return Files.isDirectory(home.resolve(".m2/wrapper/dists"));
  }

  boolean hasJacoco() {
    return Files.isDirectory(home.resolve(".m2/repository/org/jacoco/jacoco-maven-plugin/0.8.15"));
  }

  boolean hasGradleCache() {
    return Files.isDirectory(home.resolve(".gradle/caches/modules-2"));
  }

  boolean hasGoModules() {
    return Files.isDirectory(home.resolve("go/pkg/mod/cache"));
  }

  /** Access to the caches alone if they are filled, else to the network too. */
  static Access access(boolean filled, String... caches) {
    return filled ? Access.caches(caches) : Access.network(caches);
  }
}
