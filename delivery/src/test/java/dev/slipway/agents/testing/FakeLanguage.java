package dev.slipway.agents.testing;

import dev.slipway.agents.testing.LanguageProfile.Forbidden;
import dev.slipway.agents.testing.LanguageProfile.Mutation;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Command;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A language with a test runner that exist only here. */
final class FakeLanguage {
  static final LanguageProfile PROFILE = named("test_{stem}_gap_{n}.py");

  private FakeLanguage() {}

  /** The language, with this name for new tests. */
  static LanguageProfile named(String testName) {
    return new LanguageProfile(
        "fake",
        List.of("py"),
        Pattern.compile("^run"),
        Pattern.compile("(^|/)test_"),
        Pattern.compile("(^|/)helpers/"),
        testName,
        Optional.empty(),
        List.of("{file}"),
        List.of("--shuffle"),
        Pattern.compile("def (\\w+)"),
        List.of(Pattern.compile("fixture (\\w+)")),
        Pattern.compile("no such module"),
        Pattern.compile("assert"),
        Pattern.compile("assert true"),
        List.of(new Forbidden(Pattern.compile("fork"), "starts a process")),
        List.of(
            new Mutation(Pattern.compile("return 1"), "return 2"),
            new Mutation(Pattern.compile("1"), "0")),
        "Write tests.");
  }

  /** A service whose tests are run by {@code run} and leave {@code r.xml}. */
  static Service service(List<String> coverage) {
    Command command =
        new Command(
            List.of("run"), Map.of(), ".", Command.Network.OPEN, List.of(), Duration.ofMinutes(5));
    return new Service(
        new ServiceName("shop"),
        Service.Kind.LIBRARY,
        ".",
        List.of("**"),
        List.of(),
        Optional.empty(),
        Optional.of(new Service.Tests(command, coverage, List.of("r.xml"))),
        Optional.empty(),
        Smoke.NONE,
        Optional.empty(),
        StagingPlan.DEFAULT,
        RolloutPlan.DEFAULT,
        List.of(),
        Thresholds.DEFAULT,
        Optional.empty(),
        List.of());
  }
}
