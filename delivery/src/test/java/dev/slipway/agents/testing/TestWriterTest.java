package dev.slipway.agents.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.testing.ProposedTests.ProposedTest;
import dev.slipway.change.CommitId;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.model.Conversation;
import dev.slipway.model.FakeModel;
import dev.slipway.model.Purse;
import dev.slipway.model.Question;
import dev.slipway.project.Budget;
import dev.slipway.project.Command;
import dev.slipway.project.Service;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import dev.slipway.workspace.SandboxedCommand;
import dev.slipway.workspace.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of tests of every sort, with a runner that does what a word in the test says. */
class TestWriterTest {
  private static final String SOURCE = "shop.py";
  private static final String PATH = "test_shop_gap_1.py";
  @TempDir Path root;
  private final Runner runner = new Runner();
  private final FakeSandbox sandbox = new FakeSandbox().replying(runner::run);
  private FakeWorkspace workspace;
  private CommitId commit;

  @BeforeEach
  void makeRepository() {
    workspace = new FakeWorkspace(root, sandbox);
    TestRepository repository = workspace.repository("shop");
    commit =
        repository.commit(
            "main",
            Map.of(
                SOURCE,
                Optional.of("def price():\n  return 1\n"),
                "test_shop.py",
                Optional.of("fixture till\nassert price() == 1\n")));
  }

  /** A runner of tests whose reports are in memory. */
  private static final class Runner implements TestReports {
    private Results results = new Results.Unreadable("nothing ran");
    private CoverageResult coverage = new CoverageResult.Unreadable("nothing ran");
    private int runs;

    Execution run(Path directory, SandboxedCommand command) {
      runs++;
      results = new Results.Unreadable("no report");
      try {
        String test = Files.readString(directory.resolve(PATH));
        boolean broken = !Files.readString(directory.resolve(SOURCE)).contains("return 1");
        SortedMap<Integer, Boolean> lines = new TreeMap<>(Map.of(2, !test.contains("elsewhere")));
        coverage = new CoverageResult.Covered(Map.of(SOURCE, lines));
        return outcome(directory, test, broken);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Execution outcome(Path directory, String test, boolean broken) throws IOException {
      Optional<String> bound =
          List.of("time", "memory", "disk", "processes").stream()
              .filter(it -> test.contains("too much " + it))
              .findFirst();
      if (bound.isPresent()) {
        return new Execution(
            new Execution.Ending.Bounded("its bound of " + bound.get()), "", Duration.ofMillis(1));
      }
      if (test.contains("exits")) {
        return FakeSandbox.exited(0, "");
      }
      if (test.contains("deletes")) {
        Files.delete(directory.resolve(SOURCE));
      }
      if (test.contains("edits")) {
        Files.writeString(directory.resolve("test_shop.py"), "assert true\n");
      }
      boolean fails =
          test.contains("stranger")
              || (test.contains("once") && runs > 1)
              || (broken && !test.contains("blind"));
      String message = broken && test.contains("unloaded") ? "no such module" : "not so: stranger";
      results = new Results.Ran(1, 0, fails ? List.of(new Failure("test_it", message)) : List.of());
      return FakeSandbox.exited(fails ? 1 : 0, fails ? "fixture 'stranger' not found" : "");
    }

    @Override
    public Results results(Path directory, List<String> globs) {
      return results;
    }

    @Override
    public CoverageResult coverage(Path directory, List<String> globs, List<String> sources) {
      return coverage;
    }
  }

  private static ProposedTests tests(String code) {
    return new ProposedTests(
        List.of(new ProposedTest(1, "an edge", "# an edge\nassert price() == 1\n" + code)));
  }

  private Generation written(Budget budget, FakeModel model) throws InterruptedException {
    Service service = FakeLanguage.service(List.of("c.xml"));
    Gap gap = new Gap(SOURCE, "price", new TreeSet<>(List.of(2)));
    return new TestWriter(workspace, runner, List.of(FakeLanguage.PROFILE))
        .write(
            new TestWriter.Task("shop", commit, service, List.of(gap), Duration.ofSeconds(10)),
            new Conversation(model, new Purse(budget), new FakeEvidenceStore()),
            budget.attemptsMax());
  }

  private Generation written(String... codes) throws InterruptedException {
    Deque<String> next = new ArrayDeque<>(List.of(codes));
    return written(
        Budget.DEFAULT,
        new FakeModel(question -> tests(next.size() > 1 ? next.pop() : next.peek())));
  }

  @Test
  void aTestThatHoldsIsKeptWithEveryStepOfItsProof() throws Exception {
    Generation generation = written("good");
    assertThat(generation.dropped()).isEmpty();
    assertThat(generation.remaining()).isEmpty();
    Generation.Kept kept = generation.kept().getFirst();
    assertThat(kept.path()).isEqualTo(PATH);
    assertThat(kept.attempts()).isEqualTo(1);
    assertThat(kept.proof())
        .extracting(it -> it.substring(0, it.indexOf(':')))
        .containsExactly(
            "compiles and passes",
            "touches nothing else",
            "covers the gap",
            "fails on a mutant of line 2",
            "passes 2 of 5",
            "passes 3 of 5",
            "passes 4 of 5",
            "passes 5 of 5",
            "touches nothing else");
    assertThat(sandbox.ran()).hasSize(6);
    assertThat(sandbox.ran())
        .allSatisfy(
            it -> {
              assertThat(it.command().network()).isEqualTo(Command.Network.NONE);
              assertThat(it.command().limit()).isEqualTo(Duration.ofSeconds(10));
            });
    assertThat(sandbox.ran().getLast().command().argv()).containsExactly("run", PATH, "--shuffle");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "T6, exits, no report",
    "T6, too much time, its bound of time",
    "T6, too much memory, its bound of memory",
    "T6, too much disk, its bound of disk",
    "T6, too much processes, its bound of processes",
    "T6, fork, starts a process",
    "T7, deletes, it changes shop.py",
    "T8, once, failed in run 2 of 5",
    "T9, blind, although the lines it executes are broken",
    "T9, unloaded, no mutant of the lines it executes could be run",
    "T10, edits, it changes test_shop.py",
    "-, elsewhere, it executes none of the lines",
  })
  void whatDoesNotHoldIsDroppedWithTheReason(String item, String code, String reason)
      throws Exception {
    Generation generation = written(code);
    assertThat(generation.kept()).as(item).isEmpty();
    assertThat(generation.dropped()).hasSize(1);
    assertThat(generation.dropped().getFirst().reason()).contains(reason);
    assertThat(generation.remaining()).hasSize(1);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void t9_aTestWithoutAnAssertionOrWithATautologyIsNotEvenRun() throws Exception {
    FakeModel model =
        new FakeModel(
            question ->
                new ProposedTests(
                    List.of(
                        new ProposedTest(1, "an edge", "# an edge\nassert true or price()\n"),
                        new ProposedTest(2, "an edge", "# an edge\nprice()\n"))));
    Generation generation = written(Budget.DEFAULT, model);
    assertThat(generation.kept()).isEmpty();
    assertThat(generation.dropped())
        .extracting(Generation.Dropped::reason)
        .anyMatch(it -> it.contains("true whatever the code does"));
    assertThat(sandbox.ran()).isEmpty();
  }

  @Test
  void anUnknownFixtureIsAnsweredWithThoseThatExistAndTheTestIsRepaired() throws Exception {
    List<Question<?>> asked = new ArrayList<>();
    FakeModel model =
        new FakeModel(
            question -> {
              asked.add(question);
              return tests(asked.size() == 1 ? "stranger" : "good");
            });
    Generation generation = written(Budget.DEFAULT, model);
    assertThat(generation.kept()).hasSize(1);
    assertThat(generation.kept().getFirst().attempts()).isEqualTo(2);
    assertThat(generation.summary()).contains("0 at the first go, 1 repaired");
    String repair = asked.getLast().transcript();
    assertThat(repair)
        .contains("fixture 'stranger' not found")
        .contains("fixtures, factories and helpers that exist", "till (test_shop.py)");
  }

  @Test
  void whatFailsThriceIsDropped() throws Exception {
    Generation generation = written("stranger");
    assertThat(generation.dropped().getFirst().reason()).contains("after 3 attempts");
    assertThat(generation.dropped().getFirst().attempts()).isEqualTo(3);
  }

  @Test
  void aSpentBudgetIsTheBound() throws Exception {
    Generation generation =
        written(
            new Budget(400_000, 0.0001, Duration.ofMinutes(20), 3),
            new FakeModel(question -> tests("stranger")));
    assertThat(generation.kept()).isEmpty();
    assertThat(generation.bound()).hasValueSatisfying(it -> assertThat(it).contains("dollars"));
    assertThat(generation.remaining()).hasSize(1);
  }

  @Test
  void aTestFileOutsideOfWhatWasAskedForIsDropped() throws Exception {
    FakeModel model =
        new FakeModel(
            question ->
                new ProposedTests(List.of(new ProposedTest(99, "an edge", "assert price()"))));
    Generation generation = written(Budget.DEFAULT, model);
    assertThat(generation.kept()).isEmpty();
    assertThat(generation.dropped().getFirst().reason()).contains("was not asked for");
    assertThat(workspace.tree("shop", commit).read(SOURCE).map(String::new))
        .contains(new String("def price():\n  return 1\n".getBytes(StandardCharsets.UTF_8)));
  }
}
