package dev.slipway.agents.testing;

import dev.slipway.agents.testing.Generation.Dropped;
import dev.slipway.agents.testing.Generation.Kept;
import dev.slipway.agents.testing.Proof.Verdict;
import dev.slipway.agents.testing.ProposedTests.ProposedTest;
import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.change.SourceTree;
import dev.slipway.model.Conversation;
import dev.slipway.model.Prompt;
import dev.slipway.model.Question;
import dev.slipway.model.Reply;
import dev.slipway.project.Command;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has the model write tests for gaps, proves each by itself, and keeps those that hold. What does
 * not hold is given back with what the tools said, as often as the budget allows.
 */
public final class TestWriter {
  private static final Prompt WRITE = Prompt.beside(TestWriter.class, "testing.write", 1);
  private static final int REPLY_TOKENS_MAX = 16_000;
  private static final int TESTS_PER_FILE_MAX = 12;
  private static final int FILES_MAX = 20;

  private final Workspace workspace;
  private final TestReports reports;
  private final List<LanguageProfile> profiles;

  public TestWriter(Workspace workspace, TestReports reports, List<LanguageProfile> profiles) {
    this.workspace = workspace;
    this.reports = reports;
    this.profiles = List.copyOf(profiles);
  }

  /**
   * Where tests are to be written.
   *
   * @param gaps all in sources of the service
   * @param limit how long one run of one new test may take
   */
  public record Task(
      String repository, CommitId commit, Service service, List<Gap> gaps, Duration limit) {
    public Task {
      gaps = List.copyOf(gaps);
    }
  }

  /** A test on its way: written so often, so far. */
  private record Draft(String path, Gap gap, ProposedTest test, int attempts) {}

  private record Mend(Draft draft, Verdict.Repairable verdict) {}

  /** The state of one generation. */
  private final class Session {
    private final Task task;
    private final Conversation conversation;
    private final int attemptsMax;
    private final SourceTree tree;
    private final List<Kept> kept = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private Optional<String> bound = Optional.empty();

    Session(Task task, Conversation conversation, int attemptsMax) {
      this.task = task;
      this.conversation = conversation;
      this.attemptsMax = attemptsMax;
      this.tree = workspace.tree(task.repository(), task.commit());
    }

    Generation run() throws InterruptedException {
      List<String> files = task.gaps().stream().map(Gap::file).distinct().toList();
      if (files.size() > FILES_MAX) {
        bound = Optional.of(FILES_MAX + " files a run, of " + files.size());
      }
      for (String file : files.stream().limit(FILES_MAX).toList()) {
        List<Gap> gaps = task.gaps().stream().filter(it -> it.file().equals(file)).toList();
        file(file, gaps);
      }
      return new Generation(kept, dropped, remaining(), bound, conversation.account());
    }

    private List<Gap> remaining() {
      return task.gaps().stream()
          .filter(gap -> kept.stream().noneMatch(it -> it.gap().equals(gap)))
          .toList();
    }

    private void file(String file, List<Gap> gaps) throws InterruptedException {
      Optional<LanguageProfile> profile = profileOf(file, task.service());
      if (profile.isEmpty()) {
        dropped.add(
            new Dropped(
                file,
                "no language profile fits it and its test command (a line for a shell has to pass"
                    + " \"$@\" on to the test runner)",
                0));
        return;
      }
      TestSite site = new TestSite(tree, task.service().root(), profile.get());
      List<String> names = site.newFiles(file, TESTS_PER_FILE_MAX);
      if (names.isEmpty()) {
        dropped.add(new Dropped(file, "there is no test beside which a new one could stand", 0));
        return;
      }
      TestRequest request =
          new TestRequest(
              site, profile.get(), file, gaps, names, command(profile.get(), names.getFirst()));
      List<Draft> drafts = drafted(request.question(WRITE, REPLY_TOKENS_MAX), names, gaps);
      while (!drafts.isEmpty() && bound.isEmpty()) {
        List<Mend> mends = new ArrayList<>();
        for (Draft draft : drafts) {
          prove(draft, profile.get(), mends);
        }
        drafts = mended(mends, request, gaps);
      }
    }

    private List<String> command(LanguageProfile profile, String test) {
      Command whole = task.service().tests().orElseThrow().command();
      return profile.narrowed(whole.argv(), TrialGround.seenFrom(whole.directory(), test), "");
    }

    private List<Draft> drafted(
        Question<ProposedTests> question, List<String> names, List<Gap> gaps)
        throws InterruptedException {
      Optional<ProposedTests> answer = answer(question);
      List<Draft> drafts = new ArrayList<>();
      for (ProposedTest test : answer.map(ProposedTests::tests).orElse(List.of())) {
        boolean known = test.number() >= 1 && test.number() <= names.size();
        if (!known || !paths.add(names.get(test.number() - 1))) {
          dropped.add(new Dropped("test " + test.number(), "its number was not asked for", 1));
        } else {
          drafts.add(new Draft(names.get(test.number() - 1), meant(test, gaps), test, 1));
        }
      }
      return drafts;
    }

    /** The gap whose function the test names; the first where it names none. */
    private Gap meant(ProposedTest test, List<Gap> gaps) {
      return gaps.stream()
          .filter(gap -> !gap.function().isEmpty() && test.code().contains(gap.function()))
          .findFirst()
          .orElse(gaps.getFirst());
    }

    private Optional<ProposedTests> answer(Question<ProposedTests> question)
        throws InterruptedException {
      return switch (conversation.ask(question)) {
        case Reply.Answered<ProposedTests>(ProposedTests tests, _, _) -> Optional.of(tests);
        case Reply.Invalid<ProposedTests>(String why, _, _) ->
            ended("the model's reply could not be used: " + why);
        case Reply.Refused<ProposedTests>(String why, _) -> ended(why);
        case Reply.OverBudget<ProposedTests>(String spent) -> ended("budget: " + spent);
        case Reply.Unavailable<ProposedTests>(String why, _) ->
            ended("the model is unavailable: " + why);
      };
    }

    private Optional<ProposedTests> ended(String why) {
      bound = Optional.of(Printable.of(why));
      return Optional.empty();
    }

    private void prove(Draft draft, LanguageProfile profile, List<Mend> mends)
        throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException("the tests are no longer wanted");
      }
      Optional<String> spent = conversation.purse().spent();
      if (spent.isPresent()) {
        bound = Optional.of("budget: " + spent.get());
        dropped.add(new Dropped(draft.path(), "not proved: " + spent.get(), draft.attempts()));
        return;
      }
      long start = System.nanoTime();
      Proof proof = proof(draft, profile);
      conversation.purse().payTime(Duration.ofNanos(System.nanoTime() - start));
      switch (proof.verdict()) {
        case Verdict.Holds() ->
            kept.add(
                new Kept(
                    draft.path(),
                    draft.test().edgeCase(),
                    draft.test().code(),
                    draft.gap(),
                    draft.attempts(),
                    Generation.described(proof.steps())));
        case Verdict.Dropped(String reason) ->
            dropped.add(new Dropped(draft.path(), reason, draft.attempts()));
        case Verdict.Repairable repairable -> {
          if (draft.attempts() >= attemptsMax) {
            dropped.add(
                new Dropped(
                    draft.path(),
                    repairable.reason() + ", after " + attemptsMax + " attempts",
                    draft.attempts()));
          } else {
            mends.add(new Mend(draft, repairable));
          }
        }
      }
    }

    private Proof proof(Draft draft, LanguageProfile profile) {
      Optional<Verdict> against = StaticProof.against(draft.test(), draft.gap(), profile);
      if (against.isPresent()) {
        return new Proof(against.get(), List.of());
      }
      try (Workspace.Checkout checkout = workspace.checkout(task.repository(), task.commit())) {
        TrialGround ground =
            new TrialGround(
                checkout,
                tree,
                task.service(),
                task.service().tests().orElseThrow(),
                reports,
                draft.path(),
                draft.test().code(),
                task.limit());
        return new Trial(ground, draft.gap(), profile).prove();
      }
    }

    /** Each by its own question: one that cannot be mended does not sink the others. */
    private List<Draft> mended(List<Mend> mends, TestRequest request, List<Gap> gaps)
        throws InterruptedException {
      List<Draft> drafts = new ArrayList<>();
      for (Mend mend : mends) {
        Draft draft = mend.draft();
        Optional<ProposedTests> answer =
            bound.isPresent()
                ? Optional.empty()
                : answer(
                    request.repair(
                        WRITE, REPLY_TOKENS_MAX, draft.test(), mend.verdict(), draft.path()));
        Optional<ProposedTest> again =
            answer.stream().flatMap(it -> it.tests().stream()).findFirst();
        if (again.isPresent()) {
          drafts.add(
              new Draft(draft.path(), meant(again.get(), gaps), again.get(), draft.attempts() + 1));
        } else {
          dropped.add(new Dropped(draft.path(), mend.verdict().reason(), draft.attempts()));
        }
      }
      return drafts;
    }
  }

  /**
   * Writes tests until the gaps are closed or a bound is hit; throws nothing for what the model or
   * the tests do.
   *
   * @param attemptsMax how often one test may be written
   */
  public Generation write(Task task, Conversation conversation, int attemptsMax)
      throws InterruptedException {
    return new Session(task, conversation, attemptsMax).run();
  }

  /** The gaps in the sources of a service, by function, where a profile fits. */
  public List<Gap> gaps(
      String repository,
      CommitId commit,
      Service service,
      java.util.Map<String, java.util.SortedSet<Integer>> uncovered) {
    SourceTree tree = workspace.tree(repository, commit);
    List<Gap> gaps = new ArrayList<>();
    uncovered.forEach(
        (file, lines) ->
            profileOf(file, service)
                .ifPresentOrElse(
                    profile ->
                        gaps.addAll(
                            Gap.of(
                                file,
                                lines,
                                new TestSite(tree, service.root(), profile)
                                    .text(file)
                                    .lines()
                                    .toList(),
                                profile)),
                    () -> gaps.add(new Gap(file, "", lines))));
    return gaps;
  }

  private Optional<LanguageProfile> profileOf(String file, Service service) {
    return service
        .tests()
        .flatMap(
            tests ->
                profiles.stream()
                    .filter(it -> it.serves(file, tests.command().argv()))
                    .findFirst());
  }
}
