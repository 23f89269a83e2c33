package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.cli.Slipway;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.engine.Reply;
import dev.slipway.app.engine.Watch;
import dev.slipway.app.json.Json;
import dev.slipway.app.localgit.BranchPulls;
import dev.slipway.app.server.Server;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Emergency;
import dev.slipway.pipeline.Options;
import dev.slipway.pipeline.Reversal;
import dev.slipway.pipeline.Signal;
import dev.slipway.pipeline.Step;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Share;
import dev.slipway.target.Release;
import dev.slipway.target.Serving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Changes travel for real: real git, bubblewrap, PostgreSQL, edge, processes and traffic; the tests
 * follow one another as changes of one service do.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ShipTest {
  private static final Slot PRODUCTION =
      new Slot(Environment.PRODUCTION, new ServiceName("greeter"));
  private static final Person REVIEWER = Person.human("grace@example.com");

  /** Where production carries something of a change. */
  private static final Set<Step> MOVING = EnumSet.of(Step.SHIFTING, Step.WATCHING);

  private static Path root;
  private static Shop shop;
  private static ControlPlane controlPlane;
  private static Server server;
  private static Visitors visitors;

  @BeforeAll
  static void open() throws Exception {
    root = Files.createTempDirectory("ship");
    TestTools.requirePytest();
    shop = Shop.in(Files.createDirectory(root.resolve("greeter")));
    controlPlane =
        ControlPlane.open(
            root.resolve("home"),
            TestTools.requireSandbox(root.resolve("home/scratch")),
            ServerConfig.DEFAULT);
    serve();
    visitors =
        new Visitors(
            () -> controlPlane.slots().serving(PRODUCTION).map(Serving::endpoint),
            "/greet?name=Ada");
  }

  /** As {@code slipway serve} does, for the commands of the home. */
  private static void serve() throws IOException {
    String token = "t".repeat(32);
    server = Server.start(controlPlane, 0, token);
    Map<String, Object> where =
        Map.of("pid", ProcessHandle.current().pid(), "port", server.port(), "token", token);
    Files.writeString(
        root.resolve("home/control-plane.json"), Json.mapper().writeValueAsString(where));
  }

  @AfterAll
  static void close() throws Exception {
    if (visitors != null) {
      visitors.close();
    }
    if (server != null) {
      server.close();
    }
    if (controlPlane != null) {
      controlPlane.close();
    }
    if (root != null) {
      TestTools.endProcessesOf(root.resolve("home"));
    }
  }

  @Test
  @Order(1)
  void aCleanChangeTakesAllTrafficAndMovesTheBaseBranch() throws Exception {
    shop.cleanBranch("clean");

    ChangeState shipped = ship("clean", Optional.of(Person.human("ada@example.com")));

    assertThat(shipped.step()).as(shipped.reasons().toString()).isEqualTo(Step.SHIPPED);
    assertThat(shipped.judgements()).extracting(it -> it.verdict().label()).containsOnly("pass");
    assertThat(shop.git("rev-parse", "main")).isEqualTo(shipped.theCandidate().commit().hex());
    assertThat(shop.read("src/greeter/greetings.py")).contains("spoken_in");
    Serving serving = controlPlane.slots().serving(PRODUCTION).orElseThrow();
    assertThat(serving.stable())
        .hasValueSatisfying(
            artifact ->
                assertThat(artifact.digest())
                    .isEqualTo(shipped.artifacts().get(PRODUCTION.service()).digest()));
    assertThat(serving.share()).isEqualTo(Share.NONE);
    assertThat(visitors.answered()).isPositive();
    assertThat(visitors.failed()).as("requests that failed during the rollout").isZero();
  }

  @Test
  @Order(2)
  void aCredentialWaitsForAPersonAndShipsOnceApproved() throws Exception {
    // Put together here, so that this file holds nothing that looks like a key.
    String key = "AKIA" + "Z7QX4MN2PLV5TRW6";
    shop.branch(
        "credential",
        "src/greeter/settings.py",
        "ACCESS_KEY = \"" + key + "\"\n\n\ndef access_key():\n    return ACCESS_KEY\n");

    ChangeState waiting = ship("credential", Optional.empty());

    assertThat(waiting.reasons()).extracting(Reason::rule).contains("review.secret");
    assertThat(waiting.toString()).doesNotContain(key);
    Reply own = approve(waiting, Person.human("ada@example.com"));
    assertThat(own).isInstanceOf(Reply.Refused.class);
    assertThat(approve(waiting, REVIEWER)).isInstanceOf(Reply.Accepted.class);
    // Its lines are not covered either: that is another reason, and another decision.
    ChangeState again = await(waiting.pull().id());
    assertThat(again.reasons()).extracting(Reason::rule).containsExactly("coverage.changed_lines");
    assertThat(approve(again, REVIEWER)).isInstanceOf(Reply.Accepted.class);

    ChangeState shipped = await(waiting.pull().id());

    assertThat(shipped.step()).as(shipped.reasons().toString()).isEqualTo(Step.SHIPPED);
    assertThat(logged()).doesNotContain(key);
  }

  @Test
  @Order(3)
  void aFailingSmokeTestEndsTheChangeAndProductionNeverNotices() throws Exception {
    Serving before = controlPlane.slots().serving(PRODUCTION).orElseThrow();
    long failedBefore = visitors.failed();
    shop.branch(
        "broken",
        "src/greeter/__init__.py",
        shop.read("src/greeter/__init__.py")
            + "\nimport os\n\nif os.environ.get(\"PORT\"):\n    from . import greetings\n"
            + "    greetings.GREETINGS.clear()\n");

    ChangeState rejected = ship("broken", Optional.empty());
    if (rejected.step() == Step.WAITING_FOR_PERSON) {
      assertThat(rejected.reasons()).extracting(Reason::rule).contains("coverage.changed_lines");
      approve(rejected, REVIEWER);
      rejected = await(rejected.pull().id());
    }

    assertThat(rejected.step()).as(rejected.reasons().toString()).isEqualTo(Step.REJECTED);
    assertThat(rejected.reasons()).extracting(Reason::rule).contains("staging.failed");
    Serving after = controlPlane.slots().serving(PRODUCTION).orElseThrow();
    assertThat(after.stable()).isEqualTo(before.stable());
    assertThat(after.epoch()).isEqualTo(before.epoch());
    assertThat(visitors.failed()).isEqualTo(failedBefore);
  }

  @Test
  @Order(4)
  void anEmergencyLeavesOutNamedGatesIsPromotedEarlyAndOwesAReview() throws Exception {
    Person author = Person.human("ada@example.com");
    List<Stage> skips = List.of(Stage.TEST, Stage.STAGING, Stage.VALIDATION);
    shop.branch(
        "urgent",
        "src/greeter/greetings.py",
        shop.read("src/greeter/greetings.py") + "URGENT = True\n");
    PullRequest pull =
        BranchPulls.read(shop.directory().toString(), "urgent", "main").orElseThrow();
    Options options =
        new Options(
            Optional.empty(),
            Optional.of(Duration.ofMinutes(10)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(controlPlane.sandbox().name()),
            Optional.of(new Emergency(skips, "greetings are down", author)),
            0);
    tell(pull.id(), new Signal.Open(pull, options));
    ChangeState watched = await(pull.id(), it -> it.step().rests() || it.step() == Step.WATCHING);
    assertThat(watched.step()).as(watched.reasons().toString()).isEqualTo(Step.WATCHING);

    assertThat(promote(watched, author)).isInstanceOf(Reply.Refused.class);
    assertThat(promote(watched, REVIEWER)).isInstanceOf(Reply.Accepted.class);
    ChangeState shipped = await(pull.id());

    assertThat(shipped.step()).as(shipped.reasons().toString()).isEqualTo(Step.SHIPPED);
    assertThat(shipped.judgements())
        .filteredOn(it -> skips.contains(it.stage()))
        .extracting(it -> it.verdict().label())
        .containsExactly("not_run", "not_run", "not_run");
    assertThat(shipped.asks()).extracting(Reason::rule).containsExactly("emergency.review");
    assertThat(approve(shipped, author)).isInstanceOf(Reply.Refused.class);
    assertThat(approve(shipped, REVIEWER))
        .isInstanceOfSatisfying(
            Reply.Accepted.class, reviewed -> assertThat(reviewed.state().asks()).isEmpty());
  }

  private static Reply promote(ChangeState watched, Person by) {
    return tell(
        watched.pull().id(),
        new Signal.PromoteEarly(by, watched.pull().head(), "greetings are needed everywhere"));
  }

  @Test
  @Order(5)
  void whatShippedIsTakenBackAtOnceAndTheServiceIsHeld() {
    long failedBefore = visitors.failed();
    Release bad = controlPlane.releases().latest(PRODUCTION).orElseThrow();
    Release good = controlPlane.releases().before(PRODUCTION, bad.change()).orElseThrow();

    JsonNode said = Json.mapper().readTree(rollBack("--json"));

    assertThat(said.path("change").asString()).isEqualTo(bad.change().value());
    assertThat(said.path("state").asString()).isEqualTo("ROLLED_BACK");
    ChangeState back = await(bad.change());
    assertThat(said.path("revert").path("change").asString())
        .isEqualTo(Reversal.of(back).change().value());
    assertThat(back.step()).as(back.reasons().toString()).isEqualTo(Step.ROLLED_BACK);
    Serving serving = controlPlane.slots().serving(PRODUCTION).orElseThrow();
    assertThat(serving.stable()).contains(good.artifact());
    assertThat(visitors.failed()).as("requests that failed meanwhile").isEqualTo(failedBefore);
    assertThat(controlPlane.releases().withdrawn()).containsKey(PRODUCTION);
    assertThat(rollBack()).as("once more").contains("is held until main agrees with it");
    assertThat(controlPlane.slots().serving(PRODUCTION)).contains(serving);
  }

  /** As somebody would who is on call; what it prints, once it has ended well. */
  private static String rollBack(String... options) {
    List<String> words =
        new ArrayList<>(List.of("rollback", "greeter", "--home", root.resolve("home").toString()));
    words.addAll(List.of("--as", REVIEWER.login(), "--reason", "greets the wrong people"));
    words.addAll(List.of(options));
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(Slipway.run(words.toArray(String[]::new))).isZero();
      return out.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(before);
    }
  }

  @Test
  @Order(6)
  void itsRevertIsOpenedAndTheHoldDoesNotStopIt() throws Exception {
    Release held = controlPlane.releases().withdrawn().get(PRODUCTION);
    ChangeId withdrawn = held.withdrawal().orElseThrow().withdrawn();
    Reversal reversal = Reversal.of(controlPlane.engine().state(withdrawn).orElseThrow());

    ChangeState shifting =
        await(reversal.change(), state -> state.step().rests() || MOVING.contains(state.step()));

    assertThat(shifting.step()).as(shifting.reasons().toString()).isIn(MOVING);
    assertThat(shifting.options().priority()).isPositive();
    assertThat(shifting.pull().author()).isEqualTo(REVIEWER);
    assertThat(shop.git("diff", held.commit().hex(), shifting.pull().head().hex())).isEmpty();
    // Seen: what follows is the rollout that the first test goes through.
    tell(reversal.change(), new Signal.Reject(REVIEWER, "seen"));
    assertThat(await(reversal.change()).step()).isEqualTo(Step.REJECTED);
  }

  @Test
  @Order(7)
  void aChangeOfAHeldServiceWaitsForAPerson() throws Exception {
    shop.branch("words", "README.md", "Greets people.\n");

    ChangeState waiting = ship("words", Optional.empty());

    assertThat(waiting.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    // It builds the very content that was taken back: that is known, too.
    assertThat(waiting.reasons()).extracting(Reason::rule).contains("deployment.held");
  }

  @Test
  @Order(8)
  void everythingIsOnRecordAndTheRecordHolds() throws Exception {
    controlPlane.audit().publish();
    Verification result =
        AuditVerification.verify(
            TileSource.directory(root.resolve("home/audit")),
            VerifyOptions.trusting(TrustedKeys.none()));

    assertThat(result.problems()).isEmpty();
    assertThat(result.size()).isGreaterThan(30);
    assertThat(logged()).as("the hold, too").contains("\"what\":\"hold\"");
    assertThat(controlPlane.reconcile()).isEmpty();
  }

  @Test
  @Order(9)
  void aCommitThatNoChangeBroughtIsADiscrepancy() throws Exception {
    shop.git(
        "-c",
        "user.name=Eve",
        "-c",
        "user.email=eve@example.com",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "past the pipeline");

    String stray = shop.git("rev-parse", "main");
    assertThat(controlPlane.reconcile())
        .singleElement()
        .satisfies(found -> assertThat(found.found()).isEqualTo("commit " + stray));
  }

  private static ChangeState ship(String branch, Optional<Person> consent) {
    PullRequest pull = BranchPulls.read(shop.directory().toString(), branch, "main").orElseThrow();
    Options sandboxed = Options.NONE.withSandbox(controlPlane.sandbox().name());
    Options options = consent.map(sandboxed::withFirstDeployment).orElse(sandboxed);
    tell(pull.id(), new Signal.Open(pull, options));
    return await(pull.id());
  }

  private static Reply approve(ChangeState waiting, Person by) {
    return tell(
        waiting.pull().id(),
        new Signal.Approve(by, waiting.pull().head(), waiting.asks(), "looked at it"));
  }

  private static Reply tell(ChangeId change, Signal signal) {
    return controlPlane.engine().ask(change, signal).toCompletableFuture().join();
  }

  /** Where the change comes to rest: at its end, or before a person. */
  private static ChangeState await(ChangeId change) {
    return await(change, state -> state.step().rests());
  }

  private static ChangeState await(ChangeId change, Predicate<ChangeState> last) {
    CompletableFuture<ChangeState> reached = new CompletableFuture<>();
    Watch watch =
        controlPlane
            .engine()
            .watch(
                change,
                state -> {
                  if (last.test(state)) {
                    reached.complete(state);
                  }
                });
    try {
      return reached.join();
    } finally {
      watch.close();
    }
  }

  private static String logged() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(root.resolve("home/audit"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
