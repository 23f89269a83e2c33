package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.app.edge.EdgeClient;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.edge.EdgeRouter;
import dev.slipway.app.json.Json;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.LogVerifier;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.pipeline.Step;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * The control plane is killed (SIGKILL) at 20 moments of its changes' ways, drawn from a seed, and
 * started again: real processes, git, sandbox, PostgreSQL, edge and traffic. A moment is a step of
 * the way and a pause within it, or a pause within a start; the plane stays down until production
 * has answered more requests.
 */
@Timeout(
    value = 15,
    unit = TimeUnit.MINUTES) // Two and a half on a machine with nothing else to do.
class KilledControlPlaneIT {
  private static final long SEED = 20_261_123L;
  private static final int KILLS = 20;
  private static final int KILLS_PER_CHANGE = 7;
  private static final int CHANGES_MAX = 8;
  private static final int PAUSE_MILLIS_MAX = 400;
  private static final int START_MILLIS_MAX = 3_000;
  private static final int ANSWERS_WHILE_DOWN = 20;
  private static final Slot PRODUCTION =
      new Slot(Environment.PRODUCTION, new ServiceName("greeter"));

  /** Where a change can be killed; it has no step yet while its process starts. */
  private static final List<Optional<Step>> MOMENTS =
      Stream.concat(
              Stream.of(Optional.<Step>empty()),
              Stream.of(Step.values())
                  .filter(step -> step.compareTo(Step.ROLLING_BACK) < 0)
                  .map(Optional::of))
          .toList();

  private static Path root;
  private static Path home;
  private static Shop shop;

  /** A kill: where on the way, and how long after that was reached. */
  private record Moment(Optional<Step> step, Duration pause) {
    static Moment draw(Optional<Step> step, Random random) {
      int max = step.isPresent() ? PAUSE_MILLIS_MAX : START_MILLIS_MAX;
      return new Moment(step, Duration.ofMillis(random.nextInt(max)));
    }
  }

  @BeforeAll
  static void open() throws Exception {
    root = Files.createTempDirectory("killed");
    home = root.resolve("home");
    TestTools.requireSandbox(home.resolve("scratch"));
    TestTools.requirePytest();
    shop = Shop.in(Files.createDirectory(root.resolve("greeter")));
    // Every build leaves other bytes: that one was used twice could not stay hidden.
    shop.branch(
        "unrepeatable",
        "build.py",
        shop.read("build.py")
            .replace("import zipfile\n", "import uuid\nimport zipfile\n")
            .replace(
                "                archive.writestr(entry, source.read_bytes())\n",
                "                archive.writestr(entry, source.read_bytes())\n"
                    + "            archive.writestr(\"build-id\", str(uuid.uuid4()))\n"));
    shop.git("merge", "-q", "--ff-only", "unrepeatable");
    assertThat(shop.read("build.py")).contains("build-id");
  }

  @AfterAll
  static void close() {
    if (home != null) {
      TestTools.endProcessesOf(home);
    }
  }

  @Test
  void e1_e2_killedAtTwentyMomentsEveryChangeShipsOnceAndProductionNeverNotices() throws Exception {
    Random random = new Random(SEED * 0x9E3779B97F4A7C15L);
    List<ShippedChange> shipped = new ArrayList<>();
    int kills = 0;
    try (Visitors visitors = new Visitors(KilledControlPlaneIT::endpoint, "/greet?name=Ada");
        RouteObserver observer = new RouteObserver(home.resolve("edge"), PRODUCTION)) {
      while (kills < KILLS) {
        assertThat(shipped)
            .as("changes used up for " + kills + " kills")
            .hasSizeLessThan(CHANGES_MAX);
        String branch = "change-" + shipped.size();
        int left = Math.min(KILLS_PER_CHANGE, KILLS - kills);
        shop.branch(
            branch,
            "src/greeter/greetings.py",
            shop.read("src/greeter/greetings.py") + "REVISION = " + shipped.size() + "\n");
        List<Moment> moments = moments(random, left);
        for (Moment moment : moments) {
          if (killAt(branch, moment, visitors)) {
            kills++;
          }
        }
        shipped.add(ship(branch));
      }
      assertThat(kills).isEqualTo(KILLS);
      assertThat(visitors.failed()).as("requests that failed").isZero();
      assertThat(observer.changesPerEpoch())
          .as("state changes of production by epoch")
          .allSatisfy((epoch, changes) -> assertThat(changes).as("under " + epoch).hasSize(1));
      assertThat(observer.epochs()).isSortedAccordingTo(Comparator.naturalOrder());
      // The base version, which may be replaced between two looks, and for each change two shares
      // and the promotion.
      assertThat(observer.changesPerEpoch().size())
          .isBetween(3 * shipped.size(), 1 + 3 * shipped.size());
    }
    assertThat(shop.git("rev-parse", "main")).isEqualTo(shipped.getLast().candidate());
    everyCandidateHasOneArtifact(shipped);
    await("one instance in staging and one in production")
        .atMost(Duration.ofSeconds(30))
        .until(() -> TestTools.processesOf(home.resolve("artifacts")).size() == 2);
  }

  /** Distinct places of one way, in its order. */
  private static List<Moment> moments(Random random, int count) {
    Set<Integer> places = new HashSet<>();
    while (places.size() < count) {
      places.add(random.nextInt(MOMENTS.size()));
    }
    return places.stream().sorted().map(at -> Moment.draw(MOMENTS.get(at), random)).toList();
  }

  /** False if the change was through before the moment came. */
  private static boolean killAt(String branch, Moment moment, Visitors visitors) throws Exception {
    try (ShipProcess process = ShipProcess.start(shop.directory(), home, branch)) {
      if (moment.step().isPresent() && !process.awaitStep(moment.step().get())) {
        return false;
      }
      if (process.endsWithin(moment.pause())) {
        return false;
      }
      process.kill();
    }
    long before = visitors.answered();
    if (before > 0) {
      await("answers while the control plane is down")
          .atMost(Duration.ofSeconds(30))
          .until(() -> visitors.answered() >= before + ANSWERS_WHILE_DOWN);
    }
    return true;
  }

  private record ShippedChange(String candidate, String artifact) {}

  private static ShippedChange ship(String branch) throws Exception {
    try (ShipProcess process = ShipProcess.start(shop.directory(), home, branch)) {
      JsonNode change = process.result();
      assertThat(change.path("state").asString()).as(change.toString()).isEqualTo("SHIPPED");
      return new ShippedChange(
          change.path("candidate").asString(), change.path("artifact").asString());
    }
  }

  /** By the audit log, which is verified first. */
  private static void everyCandidateHasOneArtifact(List<ShippedChange> shipped) {
    TileSource log = TileSource.directory(home.resolve("audit"));
    Verification verified = LogVerifier.verify(log, VerifyOptions.trusting(TrustedKeys.none()));
    assertThat(verified.problems()).isEmpty();
    Map<String, Set<String>> artifacts = new HashMap<>();
    try (Stream<byte[]> entries = new LogReader(log, verified.size()).entries(0)) {
      entries
          .map(bytes -> Json.mapper().readTree(bytes))
          .filter(entry -> entry.has("permits") && !entry.path("artifacts").isEmpty())
          .forEach(
              entry ->
                  artifacts
                      .computeIfAbsent(
                          entry.path("candidate").path("commit").toString(),
                          ignored -> new HashSet<>())
                      .add(entry.path("artifacts").toString()));
    }
    assertThat(artifacts).hasSize(shipped.size());
    for (ShippedChange change : shipped) {
      assertThat(artifacts.get("\"" + change.candidate() + "\""))
          .as("what was permitted of " + change.candidate())
          .singleElement()
          .asString()
          .contains(change.artifact().replace("sha256:", ""));
    }
  }

  private static Optional<URI> endpoint() {
    if (EdgeProcess.adopt(home.resolve("edge")).isEmpty()) {
      return Optional.empty();
    }
    try (EdgeClient edge = EdgeClient.of(home.resolve("edge"))) {
      return new EdgeRouter(edge).endpoint(PRODUCTION);
    }
  }
}
