package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeJsonTest {
  private static final RouteSpec SPEC =
      new RouteSpec(
          new Epoch(3, 4),
          Optional.of(new Instance("127.0.0.1", 8_080)),
          List.of(new Instance("127.0.0.1", 1), new Instance("::1", 2)),
          List.of(new Instance("canary.example", 3)),
          500,
          Optional.of("/healthz?full"));

  @Test
  void aWishReadsBackAsItWasWritten() {
    byte[] json = EdgeJson.write(SPEC);
    assertThat(EdgeJson.readWish(json, RouteSpec.class)).isEqualTo(SPEC);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"epoch\":{\"lease\":3,\"move\":4},\"listen\":\"127.0.0.1:8080\","
                + "\"stable\":[\"127.0.0.1:1\",\"[::1]:2\"],\"canary\":[\"canary.example:3\"],"
                + "\"canary_share_bp\":500,\"health_path\":\"/healthz?full\"}");
  }

  @Test
  void aMutilatedWishIsEitherAWishOrMalformedNeverAnotherFault() {
    byte[] good = EdgeJson.write(SPEC);
    Random random = new Random(17);
    int malformed = 0;
    for (int run = 0; run < 5_000; run++) {
      byte[] bad = mutilated(good, random);
      try {
        EdgeJson.readWish(bad, RouteSpec.class);
      } catch (EdgeJson.Malformed e) {
        malformed++;
        assertThat(e.place()).startsWith("$");
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(malformed).isGreaterThan(2_500);
  }

  private static byte[] mutilated(byte[] good, Random random) {
    byte[] bad =
        random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
    for (int i = 0; i < 1 + random.nextInt(3) && bad.length > 0; i++) {
      bad[random.nextInt(bad.length)] =
          random.nextBoolean() ? (byte) random.nextInt(256) : good[random.nextInt(good.length)];
    }
    return bad;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":80",
        "a",
        "a:",
        "a:b",
        "a:70000",
        "a:1:2",
        "[::1]",
        "::1:80",
        "a b:1",
        "a/b:1",
        "a@b:1",
        "[::1]:-1",
        "a:000001",
        "http://a:1",
        "[a]:1"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> Instance.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersOfANewerEdgeAreUnderstood() {
    String json =
        "{\"pid\":7,\"started_at\":\"2026-11-01T12:00:00Z\",\"routes\":1,\"problems\":[],\"new\":{}}";
    assertThat(EdgeJson.readAnswer(json.getBytes(StandardCharsets.UTF_8), EdgeHealth.class))
        .isEqualTo(new EdgeHealth(7, Instant.parse("2026-11-01T12:00:00Z"), 1, List.of()));
  }

  @Test
  void viewsAndRefusalsReadBackAsTheyWereWritten() {
    Counts counts = new Counts(3, 1, 0, Map.of(Result.ANSWERED, 2L, Result.TIMEOUT, 1L));
    RouteView view =
        new RouteView(
            "production",
            "orders",
            new Epoch(1, 2),
            new Instance("127.0.0.1", 80),
            500,
            Optional.empty(),
            List.of(new RouteView.Member(new Instance("127.0.0.1", 81), Health.UNHEALTHY, 1, 2, 3)),
            List.of(),
            List.of(),
            List.of(new RouteView.Counted(new Epoch(1, 2), Instant.EPOCH, 500, counts, counts)));
    assertThat(EdgeJson.readAnswer(EdgeJson.write(view), RouteView.class)).isEqualTo(view);
    Histogram histogram =
        new Histogram(List.of(new Histogram.Bucket(0.1, 1), new Histogram.Bucket(800, 2)));
    assertThat(new String(EdgeJson.write(histogram), StandardCharsets.UTF_8))
        .isEqualTo("[[0.1,1],[800.0,2]]");
    assertThat(EdgeJson.readAnswer(EdgeJson.write(histogram), Histogram.class))
        .isEqualTo(histogram);
    for (Refusal refusal :
        List.of(
            new Refusal.StaleEpoch(new Epoch(1, 1), new Epoch(2, 1)),
            new Refusal.OtherBody(new Epoch(1, 1)),
            new Refusal.Moved(new Instance("a", 1), new Instance("a", 2)),
            new Refusal.CannotListen(new Instance("a", 1), "taken"),
            new Refusal.TooMany("too many"),
            new Refusal.Unreadable("torn"))) {
      assertThat(EdgeJson.readAnswer(EdgeJson.write(refusal), Refusal.class)).isEqualTo(refusal);
    }
  }
}
