package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.app.config.Parsed;
import dev.slipway.app.config.ProjectFile;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.config.ServerConfigFile;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import dev.slipway.target.DeployTargetContract;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the pages on extending show compiles, and does what they say. */
class ExtendingTest {
  private static final Path PAGES = Path.of("../docs/extending");
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("(?m)^(?:public final )?class (\\w+)");

  private static final Assignment BEFORE_PRODUCTION =
      new Assignment(
          new PullRequest(
              new ChangeId("orders-1"),
              "orders",
              "change",
              new CommitId("a".repeat(40)),
              "main",
              "A change",
              "",
              Person.human("ada@example.com"),
              PullRequest.Origin.SAME_REPOSITORY),
          new Candidate(
              new CommitId("c".repeat(40)),
              new CommitId("a".repeat(40)),
              new CommitId("b".repeat(40))),
          new Project(
              List.of(),
              Thresholds.DEFAULT,
              List.of(),
              List.of(),
              List.of(),
              Optional.empty(),
              Map.of(),
              Budget.DEFAULT,
              new Digest("d".repeat(64))),
          Thresholds.DEFAULT,
          List.of(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> thePagesTargetKeepsTheContract() throws Exception {
    URLClassLoader loader = compiled("add-a-deploy-target.md");
    Class<?> test = loader.loadClass("com.example.routes.RoutesFileTargetTest");
    assertThat(test).isAssignableTo(DeployTargetContract.class);
    List<Method> tests =
        Stream.of(DeployTargetContract.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertThat(tests).hasSizeGreaterThan(8);
    return tests.stream()
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(test, method)));
  }

  @Test
  void thePagesAgentAsksAPersonWhileTheCompanyIsClosed() throws Exception {
    Class<?> type = compiled("add-an-agent.md").loadClass("com.example.calendar.CalendarAgent");
    assertThat(verdict(type, Optional.of("the turn of the year"))).isInstanceOf(Verdict.Fail.class);
    assertThat(verdict(type, Optional.empty())).isInstanceOf(Verdict.Pass.class);
  }

  private static Verdict verdict(Class<?> type, Optional<String> closed) throws Exception {
    Supplier<Optional<String>> calendar = () -> closed;
    Agent agent =
        (Agent) type.getConstructor(Agent.class, Supplier.class).newInstance(READY, calendar);
    Report report = agent.run(BEFORE_PRODUCTION);
    return new Policy(Thresholds.DEFAULT)
        .judge(report, BEFORE_PRODUCTION.pull().head(), List.of())
        .verdict();
  }

  /** A deployment agent that has nothing to say against it. */
  private static final Agent READY =
      new Agent() {
        @Override
        public Stage stage() {
          return Stage.DEPLOYMENT;
        }

        @Override
        public Report run(Assignment assignment) {
          Check ready = new Check("ready", Check.Outcome.PASSED, "ready");
          return new Report(
              stage(),
              "test/1",
              List.of(),
              List.of(),
              List.of(ready),
              List.of(),
              List.of(),
              Map.of());
        }
      };

  @Test
  void thePagesThresholdsAreInForce() throws IOException {
    Matcher blocks =
        Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGES.resolve("change-a-threshold.md")));
    assertThat(blocks.find()).isTrue();
    var project = (Parsed.Valid<Project>) ProjectFile.parse(".slipway.yml", bytes(blocks));
    assertThat(project.value().limits().riskMax()).isEqualTo(4);
    assertThat(project.value().limits().errorRateMax()).isEqualTo(0.002);
    assertThat(blocks.find()).isTrue();
    var server =
        (Parsed.Valid<ServerConfig>) ServerConfigFile.parse("slipway.yml", bytes(blocks), Map.of());
    Thresholds both = server.value().ceilings().tightenedBy(project.value().limits());
    assertThat(both.riskMax()).isEqualTo(3);
    assertThat(both.errorRateMax()).isEqualTo(0.002);
  }

  private static byte[] bytes(Matcher block) {
    return block.group(1).getBytes(StandardCharsets.UTF_8);
  }

  /** What JUnit would do for a class it had been given. */
  private void run(Class<?> test, Method method) throws Exception {
    Constructor<?> constructor = test.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    var state = test.getDeclaredField("directory");
    state.setAccessible(true);
    state.set(instance, Files.createTempDirectory(directory, "routes"));
    method.setAccessible(true);
    method.invoke(instance);
  }

  private URLClassLoader compiled(String page) throws IOException {
    List<File> sources = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(PAGES.resolve(page)));
    while (blocks.find()) {
      Matcher type = TYPE.matcher(blocks.group(1));
      assertThat(type.find()).isTrue();
      Path source = directory.resolve(type.group(1) + ".java");
      sources.add(Files.writeString(source, blocks.group(1)).toFile());
    }
    Path classes = Files.createDirectories(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-proc:none",
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromFiles(sources))
              .call();
      assertThat(done).as(said.toString()).isTrue();
    }
    return new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
  }
}
