package example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.orders.http.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @Test
  void theServiceIsUpWithTheShopsOrders() throws Exception {
    try (Caller caller = new Caller(Main.start(0))) {
      assertEquals("{\"status\":\"up\"}", caller.get("/health").body());
      assertEquals("{\"version\":\"development\"}", caller.get("/version").body());
      assertTrue(caller.get("/orders").body().contains("\"customer\":\"corner-shop\""));
      assertEquals(200, caller.get("/quote?sku=ROPE&quantity=3").statusCode());
    }
  }

  @Test
  void thePortComesFromTheEnvironment() {
    assertEquals(8080, Main.port(Map.of()));
    assertEquals(0, Main.port(Map.of("PORT", "0")));
    assertEquals(65_535, Main.port(Map.of("PORT", "65535")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http", "-1", "65536", "123456"})
  void anythingElseIsNoPort(String port) {
    assertThrows(IllegalArgumentException.class, () -> Main.port(Map.of("PORT", port)));
  }
}
