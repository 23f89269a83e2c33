package example.orders.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {

  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    caller =
        new Caller(
            new HttpService(0)
                .route("GET", "/echo/{word}", request -> Response.ok(request.parameters()))
                .route("POST", "/echo", request -> Response.created(request.parameters()))
                .route("GET", "/broken", _ -> failing())
                .start());
  }

  @AfterEach
  void stop() {
    caller.close();
  }

  @Test
  void aSegmentOfThePathIsAParameter() throws Exception {
    assertEquals("{\"word\":\"hello\"}", caller.get("/echo/hello").body());
  }

  @Test
  void theQueryAndTheFormAreParameters() throws Exception {
    assertEquals("{\"a\":\"1\"}", caller.post("/echo?a=1", "").body());

    HttpResponse<String> form = caller.post("/echo", "b=2");
    assertEquals(201, form.statusCode());
    assertEquals("{\"b\":\"2\"}", form.body());
    assertEquals("application/json; charset=utf-8", type(form));
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertEquals(404, caller.get("/nothing/here").statusCode());
    assertEquals(404, caller.get("/echo/a/b").statusCode());
  }

  @Test
  void anotherMethodIsToldWhichAreAllowed() throws Exception {
    HttpResponse<String> response = caller.send("DELETE", "/echo/hello", "");

    assertEquals(405, response.statusCode());
    assertEquals("GET", response.headers().firstValue("Allow").orElseThrow());
    assertEquals(405, caller.send("HEAD", "/echo/hello", "").statusCode());
  }

  @Test
  void theCallersMistakeIsExplained() throws Exception {
    HttpResponse<String> response = caller.post("/echo", "a=%zz");

    assertEquals(400, response.statusCode());
    assertTrue(response.body().contains("not URL-encoded"), response.body());
  }

  @Test
  void aBodyBeyondTheBoundIsRefused() throws Exception {
    HttpResponse<String> response = caller.post("/echo", "a=" + "x".repeat(HttpService.BODY_MAX));

    assertEquals(400, response.statusCode());
    assertEquals("{\"error\":\"the body is longer than 8192 bytes\"}", response.body());
  }

  @Test
  void aFaultOfTheServiceIsNotSpelledOutToTheCaller() throws Exception {
    HttpResponse<String> response = caller.get("/broken");

    assertEquals(500, response.statusCode());
    assertEquals("{\"error\":\"the service failed to answer\"}", response.body());
  }

  @Test
  void aTakenPortIsReported() {
    assertThrows(BindException.class, () -> new HttpService(caller.service().port()));
  }

  private static Response failing() {
    throw new IllegalStateException("a fault on purpose");
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElseThrow();
  }
}
