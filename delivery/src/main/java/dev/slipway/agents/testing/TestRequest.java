package dev.slipway.agents.testing;

import dev.slipway.agents.testing.Proof.Verdict;
import dev.slipway.agents.testing.ProposedTests.ProposedTest;
import dev.slipway.model.Passage;
import dev.slipway.model.Prompt;
import dev.slipway.model.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a model is given to write tests for the gaps of one source file.
 *
 * @param names paths of the files it may write, by number from 1
 * @param command how the first of them is run by itself
 */
record TestRequest(
    TestSite site,
    LanguageProfile profile,
    String file,
    List<Gap> gaps,
    List<String> names,
    List<String> command) {
  private static final int EXAMPLES_MAX = 2;

  Question<ProposedTests> question(Prompt prompt, int replyTokensMax) {
    List<Passage> passages = new ArrayList<>(surroundings());
    passages.add(
        new Passage.Instruction(
            "Write tests that execute these lines. At most "
                + names.size()
                + " test files, numbered from 1; each stands alone."));
    return Question.of(prompt, passages, ProposedTests.class, replyTokensMax);
  }

  Question<ProposedTests> repair(
      Prompt prompt, int replyTokensMax, ProposedTest test, Verdict.Repairable why, String path) {
    List<Passage> passages = new ArrayList<>(surroundings());
    passages.add(new Passage.Data("your test, at " + path, test.code()));
    passages.add(new Passage.Data("what is wrong with it", why.reason()));
    passages.add(new Passage.Data("what the tools said", why.output()));
    passages.add(
        new Passage.Instruction(
            "Mend this one test: reply with it alone, under its number "
                + test.number()
                + ". Use only fixtures that exist."));
    return Question.of(prompt, passages, ProposedTests.class, replyTokensMax);
  }

  private List<Passage> surroundings() {
    List<Passage> passages = new ArrayList<>();
    passages.add(new Passage.Instruction(profile.guide()));
    passages.add(new Passage.Data("source " + label(file), site.excerpt(file)));
    passages.add(new Passage.Data("lines that no test executes", gapLines()));
    for (Gap gap : gaps) {
      List<String> callers = site.callers(gap);
      if (!callers.isEmpty()) {
        passages.add(new Passage.Data("callers", String.join("\n", callers)));
      }
    }
    site.nearest(file).stream()
        .limit(EXAMPLES_MAX)
        .forEach(
            it -> passages.add(new Passage.Data("existing test " + label(it), site.excerpt(it))));
    Set<String> fixtures = site.fixtures();
    passages.add(
        new Passage.Data(
            "fixtures, factories and helpers that exist",
            fixtures.isEmpty() ? "none" : String.join("\n", fixtures)));
    passages.add(new Passage.Data("files you may write", numbered()));
    passages.add(new Passage.Data("how the first of them is run", String.join(" ", command)));
    return passages;
  }

  /** A label is ours: a path goes into it only where it is plain. */
  private static String label(String path) {
    return path.matches("[A-Za-z0-9_./-]{1,200}") ? path : "";
  }

  private String gapLines() {
    StringBuilder lines = new StringBuilder();
    List<String> text = site.text(file).lines().toList();
    for (Gap gap : gaps) {
      lines.append(gap.function().isEmpty() ? "outside of functions" : gap.function()).append('\n');
      for (int line : gap.lines()) {
        lines.append(line).append(": ").append(line <= text.size() ? text.get(line - 1) : "");
        lines.append('\n');
      }
    }
    return lines.toString();
  }

  private String numbered() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      out.append(i + 1).append(": ").append(names.get(i)).append('\n');
    }
    return out.toString();
  }
}
