package dev.slipway.bench.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.agents.testing.Generation;
import dev.slipway.agents.testing.TestGaps;
import dev.slipway.app.config.GitProjects;
import dev.slipway.app.coverage.ReportReader;
import dev.slipway.app.generation.Profiles;
import dev.slipway.app.json.Json;
import dev.slipway.app.localgit.LocalGit;
import dev.slipway.app.localgit.Revisions;
import dev.slipway.app.sandbox.Sandboxes;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.evidence.EvidenceStore;
import dev.slipway.model.Allowance;
import dev.slipway.model.Conversation;
import dev.slipway.model.LanguageModel;
import dev.slipway.model.Purse;
import dev.slipway.model.Question;
import dev.slipway.model.Receipt;
import dev.slipway.model.Reply;
import dev.slipway.model.Tokens;
import dev.slipway.project.Budget;
import dev.slipway.project.Projects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the proof of one generated test takes, beside what the project's own tests take.
 *
 * <p>{@code Validation REPOSITORY BASE HEAD EDGE_CASE TEST_FILE}: the repository has a {@code
 * .slipway.yml}; the change between the two commits leaves a gap, which the test, whose code is in
 * the file and names the edge case, closes. Prints both times, and each step of the proof.
 */
final class Validation {
  private static final int ATTEMPTS = 1;

  private Validation() {}

  public static void main(String[] args) throws Exception {
    String repository = Path.of(args[0]).toRealPath().toString();
    CommitId base = Revisions.resolve(repository, args[1]).orElseThrow();
    CommitId head = Revisions.resolve(repository, args[2]).orElseThrow();
    Path scratch = Files.createTempDirectory("validation-");
    if (!(Sandboxes.detect(scratch.resolve("scratch"))
        instanceof Sandboxes.Detection.Available available)) {
      throw new IllegalStateException("there is no sandbox");
    }
    try (LocalGit git = new LocalGit(scratch.resolve("checkouts"), available.sandbox())) {
      if (!(new GitProjects(git).at(repository, base)
          instanceof Projects.Reading.Configured configured)) {
        throw new IllegalArgumentException("the base has no valid .slipway.yml");
      }
      TestGaps gaps = new TestGaps(git, new ReportReader(), Profiles.all());
      TestGaps.Found found =
          gaps.find(
              repository,
              base,
              head,
              configured.project().concernedBy(git.diff(repository, base, head)));
      Conversation conversation =
          new Conversation(
              new OneTest(args[3], Files.readString(Path.of(args[4]))),
              new Purse(Budget.DEFAULT),
              new Nowhere());
      long start = System.nanoTime();
      Generation generation = gaps.generate(repository, head, found, conversation, ATTEMPTS);
      print(found, generation, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** What is said is not kept. */
  private record Nowhere() implements EvidenceStore {
    @Override
    public Digest keep(byte[] content) {
      return Digest.of(content);
    }

    @Override
    public Optional<byte[]> find(Digest digest) {
      return Optional.empty();
    }
  }

  private static void print(TestGaps.Found found, Generation generation, Duration proof) {
    Duration own = found.took().values().stream().reduce(Duration.ZERO, Duration::plus);
    System.out.printf(
        "own tests %d ms, proof %d ms, %.1f times%n",
        own.toMillis(), proof.toMillis(), (double) proof.toNanos() / own.toNanos());
    generation
        .kept()
        .forEach(kept -> kept.proof().forEach(step -> System.out.println("  " + step)));
    generation.dropped().forEach(it -> System.out.println("  dropped: " + it.reason()));
    generation.bound().ifPresent(it -> System.out.println("  ended early by " + it));
  }

  /** A model that takes no time and always replies the same test. */
  private record OneTest(String edgeCase, String code) implements LanguageModel {
    @Override
    public String id() {
      return "bench/one-test";
    }

    @Override
    public <T extends Record> Reply<T> ask(Question<T> question, Allowance allowance) {
      Map<String, Object> test = Map.of("number", 1, "edge_case", edgeCase, "code", code);
      String text = Json.mapper().writeValueAsString(Map.of("tests", List.of(test)));
      return new Reply.Answered<>(
          Json.mapper().readValue(text, question.answer()),
          text,
          new Receipt(id(), Tokens.NONE, 0, Duration.ZERO, Digest.of(text.getBytes(UTF_8))));
    }
  }
}
