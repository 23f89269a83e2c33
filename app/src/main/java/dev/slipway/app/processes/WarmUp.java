package dev.slipway.app.processes;

import dev.slipway.project.StagingPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a new instance a bounded number of requests, directly, so that they count in no arm: a cold
 * runtime is slower than a warm one, which says nothing about the version. What it answers is not
 * looked at; that is for smoke tests and the canary's watch.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int REQUESTS_MAX = 200;
  private static final Duration TIME_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  private final HttpClient http;

  WarmUp(HttpClient http) {
    this.http = http;
  }

  /** Returns when all requests are answered, time is up, or the instance stops answering. */
  void ask(URI instance, List<StagingPlan.Request> requests) throws InterruptedException {
    long deadline = System.nanoTime() + TIME_MAX.toNanos();
    int asked = 0;
    try {
      while (!requests.isEmpty() && asked < REQUESTS_MAX && System.nanoTime() < deadline) {
        HttpRequest next = request(instance, requests.get(asked % requests.size()));
        http.send(next, HttpResponse.BodyHandlers.discarding());
        asked++;
      }
    } catch (IOException e) {
      LOG.warn("{} stopped answering after {} requests to warm it up: {}", instance, asked, e);
    }
  }

  private static HttpRequest request(URI instance, StagingPlan.Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(instance + request.path()))
            .timeout(ANSWER_MAX)
            .header("user-agent", "slipway-warm-up");
    request.headers().forEach(builder::setHeader);
    return builder.build();
  }
}
