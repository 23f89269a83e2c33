package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.TestGapsRun.Written;
import dev.slipway.app.anthropic.Aimock;
import dev.slipway.app.anthropic.Aimock.Fixture;
import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.engine.Reply;
import dev.slipway.app.engine.Watch;
import dev.slipway.app.localgit.BranchPulls;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Options;
import dev.slipway.pipeline.Signal;
import dev.slipway.pipeline.Step;
import dev.slipway.policy.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Changes that lack tests travel with a model configured: real git, sandbox, pytest, PostgreSQL and
 * audit log; the model replies what it is told.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AddedTestsTest {
  private static final Person REVIEWER = Person.human("grace@example.com");

  private static final String CONFIGURATION =
      """
      version: 1
      services:
        greeter:
          kind: library
          paths: ["**"]
          test:
            command: ["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider",
                      "--cov", "--cov-report=xml", "--junitxml=report.xml"]
            coverage: ["coverage.xml"]
            junit: ["report.xml"]
            limit: 60s
      """;

  private static final String OPINION =
      "{\"risk\": 1, \"rationale\": \"a small function\", \"findings\": []}";

  private static Path root;
  private static Shop shop;
  private static Aimock model;
  private static ControlPlane controlPlane;

  @BeforeAll
  static void open() throws Exception {
    root = Files.createTempDirectory("added");
    TestTools.requirePytest();
    shop = Shop.of(Files.createDirectory(root.resolve("greeter")), "python-greeter", CONFIGURATION);
    Written right = test(1, "the code of the door", "\"4711\"");
    Written wrong = test(2, "another code", "\"0815\"");
    model =
        Aimock.start(
            List.of(
                asked("your test, at tests/test_settings_gap_2.py", TestGapsRun.tests(wrong)),
                Fixture.reply("testing.write", TestGapsRun.tests(right, wrong)),
                Fixture.reply("review.find", OPINION)));
    Path home = Files.createDirectories(root.resolve("home"));
    controlPlane =
        ControlPlane.open(
            home,
            TestTools.requireSandbox(home.resolve("scratch")),
            new ServerConfig(
                ServerConfig.DEFAULT.listen(),
                ServerConfig.DEFAULT.database(),
                ServerConfig.DEFAULT.ceilings(),
                ServerConfig.DEFAULT.sandbox(),
                Optional.of(
                    new ServerConfig.Model(
                        ServerConfig.Model.Provider.ANTHROPIC,
                        "claude-sonnet-5-5",
                        Optional.of(model.address().toString()),
                        Optional.of(new ServerConfig.Secret.Written("sk-ant-test")))),
                ServerConfig.DEFAULT.production(),
                ServerConfig.DEFAULT.commandsMax(),
                ServerConfig.DEFAULT.mode(),
                ServerConfig.DEFAULT.audit()));
  }

  @AfterAll
  static void close() {
    if (controlPlane != null) {
      controlPlane.close();
    }
    if (model != null) {
      model.close();
    }
    if (root != null) {
      TestTools.endProcessesOf(root.resolve("home"));
    }
  }

  private static Fixture asked(String words, String reply) {
    return new Fixture(Map.of("userMessage", words), Map.of("content", reply), Map.of());
  }

  /** A test of what the door's code is. */
  private static Written test(int number, String edgeCase, String value) {
    return new Written(
        number,
        edgeCase,
        """
        from greeter.settings import door_code


        def test_it():
            \"""%s\"""
            assert door_code() == %s
        """
            .formatted(edgeCase, value));
  }

  @Test
  void whatIsMissingIsWrittenPushedAndShippedUnderTheSameApproval() throws Exception {
    // Put together here, so that this file holds nothing that looks like a key.
    String key = "AKIA" + "Z7QX4MN2PLV5TRW6";
    shop.branch(
        "door",
        "src/greeter/settings.py",
        "ACCESS_KEY = \"" + key + "\"\n\n\ndef door_code():\n    return \"4711\"\n");
    String head = shop.git("rev-parse", "door");
    PullRequest pull = BranchPulls.read(shop.directory().toString(), "door", "main").orElseThrow();
    List<Step> way = new CopyOnWriteArrayList<>();
    ChangeState waiting;
    final ChangeState shipped;
    try (Watch ignored = controlPlane.engine().watch(pull.id(), state -> passed(way, state))) {
      tell(pull.id(), new Signal.Open(pull, Options.NONE));
      waiting = await(pull.id());
      assertThat(waiting.reasons()).extracting(Reason::rule).contains("review.secret");
      assertThat(waiting.pull().head().hex()).isEqualTo(head);
      tell(
          pull.id(),
          new Signal.Approve(REVIEWER, waiting.pull().head(), waiting.reasons(), "a sample"));
      shipped = await(pull.id());
      // Two watch, and the other may be told first.
      Awaitility.await().until(() -> way.contains(shipped.step()));
    }
    assertThat(shipped.step()).as(shipped.reasons().toString()).isEqualTo(Step.SHIPPED);
    assertThat(way)
        .containsSubsequence(
            Step.TESTING,
            Step.ADDING_TESTS,
            Step.PREPARING,
            Step.REVIEWING,
            Step.TESTING,
            Step.SHIPPED);
    assertThat(shop.git("log", "--format=%H", head + "..door").lines()).hasSize(1);
    assertThat(shop.git("rev-parse", "door~1")).isEqualTo(head);
    assertThat(shop.git("diff", "--name-status", head, "door"))
        .matches("A\ttests/test_settings_gap_\\d+\\.py");
    assertThat(shop.git("log", "-1", "--format=%an%n%(trailers:only)", "door"))
        .containsPattern(
            "Slipway\nSlipway-Change: "
                + pull.id()
                + "\nSlipway-Attempt: 1\nSlipway-Audit: \\d+ "
                + pull.id()
                + "/decision/\\d+");
    assertThat(shop.git("rev-parse", "main")).isEqualTo(shipped.theCandidate().commit().hex());
    assertThat(shop.git("ls-tree", "-r", "--name-only", "main")).contains("_gap_");
    verifyLog();
  }

  private static void passed(List<Step> way, ChangeState state) {
    if (way.isEmpty() || way.getLast() != state.step()) {
      way.add(state.step());
    }
  }

  private static void verifyLog() {
    controlPlane.audit().publish();
    Verification result =
        AuditVerification.verify(
            TileSource.directory(root.resolve("home/audit")),
            VerifyOptions.trusting(TrustedKeys.none()));
    assertThat(result.problems()).isEmpty();
  }

  private static Reply tell(ChangeId change, Signal signal) {
    Reply reply = controlPlane.engine().ask(change, signal).toCompletableFuture().join();
    assertThat(reply).isInstanceOf(Reply.Accepted.class);
    return reply;
  }

  /** Where the change comes to rest: at its end, or before a person. */
  private static ChangeState await(ChangeId change) {
    CompletableFuture<ChangeState> reached = new CompletableFuture<>();
    try (Watch ignored =
        controlPlane
            .engine()
            .watch(
                change,
                state -> {
                  if (state.step().ended() || state.step() == Step.WAITING_FOR_PERSON) {
                    reached.complete(state);
                  }
                })) {
      return reached.join();
    }
  }
}
