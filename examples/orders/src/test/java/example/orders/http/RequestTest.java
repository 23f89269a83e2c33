package example.orders.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

  @Test
  void decodesNamesAndValues() {
    assertEquals(
        Map.of("customer", "Bolt & Söhne", "note", "a=b"),
        Request.decode("customer=Bolt+%26+S%C3%B6hne&note=a=b&lonely"));
  }

  @Test
  void theLastOfANameCounts() {
    assertEquals(Map.of("a", "2"), Request.decode("a=1&a=2"));
  }

  @Test
  void encodingIsTheWayBack() {
    String value = "Bolt & Söhne = 100 %";

    assertEquals(Map.of("v", value), Request.decode("v=" + Request.encode(value)));
  }

  @Test
  void aBrokenEscapeIsTheCallersMistake() {
    assertThrows(Request.Malformed.class, () -> Request.decode("a=%zz"));
  }

  @Test
  void aBlankParameterIsNotThere() {
    Request request = new Request(Map.of("a", " "));

    assertEquals(Optional.empty(), request.optional("a"));
    assertEquals(OptionalLong.empty(), request.optionalNumber("a", 1, 9));
    assertEquals("a is missing", mistake(() -> request.text("a")));
  }

  @Test
  void aParameterHasABoundedLength() {
    Request request = new Request(Map.of("a", "x".repeat(Request.VALUE_MAX), "b", "x".repeat(201)));

    assertEquals(Request.VALUE_MAX, request.text("a").length());
    assertEquals("b is longer than 200 characters", mistake(() -> request.optional("b")));
  }

  @Test
  void aNumberIsWithinItsBounds() {
    Request request = new Request(Map.of("least", "1", "most", "9"));

    assertEquals(1, request.number("least", 1, 9));
    assertEquals(OptionalLong.of(9), request.optionalNumber("most", 1, 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "-1", "1.5", "two", "99999999999999999999"})
  void anythingElseIsNot(String value) {
    Request request = new Request(Map.of("a", value));

    assertEquals("a must be a whole number from 1 to 9", mistake(() -> request.number("a", 1, 9)));
  }

  private static String mistake(Runnable read) {
    return assertThrows(Request.Malformed.class, read::run).getMessage();
  }
}
