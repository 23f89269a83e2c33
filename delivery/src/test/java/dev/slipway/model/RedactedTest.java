package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedTest {
  /** Put together here, so that no scanner takes it for a real one. */
  private static final String RUN = "a1B2c3D4e5".repeat(4);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password=hunter2 and more | password=⟨withheld⟩ and more",
        "DB_PASSWORD: 'hunter2' | DB_PASSWORD: '⟨withheld⟩'",
        "{\"apiKey\": \"abc\", \"n\": 1} | {\"apiKey\": \"⟨withheld⟩\", \"n\": 1}",
        "Authorization: Bearer abc.def | Authorization: ⟨withheld⟩",
        "sent Bearer abcdefghijk now | sent Bearer ⟨withheld⟩ now",
        "Set-Cookie: id=4711; Path=/ | Set-Cookie: ⟨withheld⟩; Path=/",
        "jdbc:postgresql://ada:hunter2@db/x | jdbc:postgresql://ada:⟨withheld⟩@db/x"
      })
  void aValueThatIsCalledASecretIsWithheld(String text, String shown) {
    assertThat(Redacted.of(text)).isEqualTo(shown);
  }

  @Test
  void whatLooksLikeATokenIsWithheld() {
    for (String prefix : new String[] {"ghp_", "sk-", "xoxb-", "eyJ", "glpat-"}) {
      assertThat(Redacted.of("got " + prefix + RUN + " here"))
          .isEqualTo("got " + prefix + "⟨withheld⟩ here");
    }
    assertThat(Redacted.of("body is '" + RUN + "'")).isEqualTo("body is '⟨withheld⟩'");
    String key = "-----BEGIN PRIVATE KEY-----\nMIIabc\nxyz\n-----END PRIVATE KEY----- end";
    assertThat(Redacted.of(key)).isEqualTo("-----BEGIN PRIVATE KEY-----⟨withheld⟩ end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status is 500, expected 200",
        "src/main/java/dev/example/orders/persistence/OrderRepository2.java",
        "OrdersControllerIntegrationTestWithDatabase failed",
        "returns_404_when_the_order_is_missing_in_the_database",
        "p99 of GET /orders/{id} rose to 1200.5 ms",
        "tokens of 3 users",
        ""
      })
  void ordinaryTextStays(String text) {
    assertThat(Redacted.of(text)).isEqualTo(text);
  }

  /** D11: nothing takes long. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "password", "-----BEGIN A-----", "://a:", "bearer ", "token = ", "a1"})
  void longTextTakesItsTimeOnly(String piece) {
    String text = piece.repeat(60_000 / piece.length());
    long start = System.nanoTime();
    Redacted.of(text);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }
}
