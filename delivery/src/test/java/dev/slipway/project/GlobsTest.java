package dev.slipway.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {
  @ParameterizedTest
  @CsvSource({
    "**,                 a,                          true",
    "**,                 a/b/c,                      true",
    "src/**,             src/a,                      true",
    "src/**,             src/a/b,                    true",
    "src/**,             source/a,                   false",
    "*.sql,              a.sql,                      true",
    "*.sql,              db/a.sql,                   false",
    "**/*.sql,           a.sql,                      true",
    "**/payment/**,      payment/Card.java,          true",
    "**/payment/**,      src/main/payment/Card.java, true",
    "**/payment/**,      src/payments/Card.java,     false",
    "orders/*/pom.xml,   orders/api/pom.xml,         true",
    "orders/*/pom.xml,   orders/api/x/pom.xml,       false",
  })
  void oneStarStaysInAFolderTwoDoNot(String glob, String path, boolean matches) {
    assertThat(Globs.matches(glob, path)).isEqualTo(matches);
  }

  @Test
  void aPathNoFileSystemHoldsConcernsEveryGlob() {
    assertThat(Globs.anyMatches(List.of("src/**"), "a\0b")).isTrue();
  }
}
