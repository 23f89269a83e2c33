package example.orders.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseTest {

  private record Crate(String madeOf, int weight, boolean open, Optional<String> label) {}

  @Test
  void aRecordBecomesAnObject() {
    assertJson(
        "{\"made_of\":\"pine\",\"weight\":7,\"open\":false,\"label\":null}",
        new Crate("pine", 7, false, Optional.empty()));
  }

  @Test
  void listsMapsAndOptionalsHoldOthers() {
    assertJson("{\"sizes\":[1,2]}", Map.of("sizes", List.of(1, 2)));
    assertJson("[]", List.of());
    assertJson("[\"here\"]", List.of(Optional.of("here")));
  }

  @Test
  void textIsEscaped() {
    assertJson("[\"say \\\"hi\\\" \\\\ \\u000a é 🙂\"]", List.of("say \"hi\" \\ \n é 🙂"));
  }

  @Test
  void anInstantIsWrittenAsText() {
    assertJson("[\"2026-11-02T12:00:00Z\"]", List.of(Instant.parse("2026-11-02T12:00:00Z")));
  }

  @Test
  void aProblemSaysWhatIsWrong() {
    Response problem = Response.problem(404, "gone");

    assertEquals(404, problem.status());
    assertEquals("{\"error\":\"gone\"}", problem.json());
  }

  private static void assertJson(String expected, Object body) {
    assertEquals(expected, Response.ok(body).json());
  }
}
