package example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import example.orders.http.Caller;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteApiTest {

  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    caller = new Caller(Main.start(0));
  }

  @AfterEach
  void stop() {
    caller.close();
  }

  @Test
  void aQuoteIsThePriceOfTheOrderItIsFor() throws Exception {
    HttpResponse<String> quote = caller.get("/quote?sku=ANVIL&quantity=10");

    assertEquals(200, quote.statusCode());
    assertEquals(
        "{\"sku\":\"ANVIL\",\"quantity\":10,\"discount_percent\":5,\"total_cents\":122550}",
        quote.body());
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource({
    "/quote?quantity=1, 400, sku is missing",
    "/quote?sku=ANVIL, 400, quantity is missing",
    "/quote?sku=ANVIL&quantity=10001, 400, quantity must be a whole number from 1 to 10000",
    "/quote?sku=FEATHER&quantity=1, 404, there is no product FEATHER",
  })
  void aQuestionThatMakesNoSenseIsRefused(String target, int status, String error)
      throws Exception {
    HttpResponse<String> refused = caller.get(target);

    assertEquals(status, refused.statusCode());
    assertEquals("{\"error\":\"" + error + "\"}", refused.body());
  }
}
