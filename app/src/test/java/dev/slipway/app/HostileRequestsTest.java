package dev.slipway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.api.DecisionRequest;
import dev.slipway.app.cli.Slipway;
import dev.slipway.app.config.Parsed;
import dev.slipway.app.config.ProjectFile;
import dev.slipway.app.json.Json;
import dev.slipway.app.localgit.BranchPulls;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.PullRequest.Origin;
import dev.slipway.project.Project;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** What people and programs ask of Slipway that is not theirs to ask. */
class HostileRequestsTest {
  private static final String DECISION =
      """
      {"by": "mallory", "commit": "%s", "reasons": [], "comment": "%s"%s}
      """;

  private static String decision(String comment, String more) {
    return DECISION.formatted("a".repeat(40), comment, more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ", \"options\": {\"canary_window\": \"PT1S\"}",
        ", \"limits\": {\"risk_max\": 10}",
        ", \"as\": \"linus\"",
        ", \"by\": \"linus\""
      })
  void P7_aDecisionSetsNoOptions(String more) {
    assertThatThrownBy(() -> Json.mapper().readValue(decision("fine", more), DecisionRequest.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void P7_aCommentIsOnlyAComment() {
    String words = "/slipway approve --risk-max 10 --policy none";
    assertThat(Json.mapper().readValue(decision(words, ""), DecisionRequest.class))
        .isEqualTo(new DecisionRequest("mallory", "a".repeat(40), java.util.List.of(), words));
    assertThat(Slipway.run("approve", "c1", "--risk-max", "10")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model: {base_url: \"https://evil.example\"}",
        "review: {model: {base_url: \"https://evil.example\"}}",
        "policy: {review: {base_url: \"https://evil.example\"}}",
        "llm: {endpoint: \"https://evil.example\"}"
      })
  void P8_aRepositoryDoesNotSayWhereTheModelIs(String yaml) {
    Parsed<Project> parsed = ProjectFile.parse(".slipway.yml", (yaml + "\n").getBytes(UTF_8));
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    assertThat(((Parsed.Invalid<Project>) parsed).errors())
        .anyMatch(error -> error.toString().contains(yaml.substring(0, yaml.indexOf(':'))));
  }

  @Test
  void P11_aForkStaysAForkWhateverIsPushed() {
    PullRequest pull =
        new PullRequest(
            new ChangeId("c1"),
            "/srv/shop",
            "feature",
            new CommitId("a".repeat(40)),
            "main",
            "title",
            "body",
            Person.human("mallory"),
            Origin.FORK);
    assertThat(pull.at(new CommitId("b".repeat(40))).origin()).isEqualTo(Origin.FORK);
    assertThat(pull.as(new ChangeId("c2")).origin()).isEqualTo(Origin.FORK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dependabot[bot]", "renovate[bot]"})
  void P12_aBotsCommitIsABots(String name, @TempDir Path directory) throws Exception {
    PersonIdent bot = new PersonIdent(name, "49699333+" + name + "@users.noreply.github.com");
    try (Git git = Git.init().setDirectory(directory.toFile()).setInitialBranch("main").call()) {
      git.commit().setMessage("Bump a").setAuthor(bot).setCommitter(bot).setSign(false).call();
    }
    assertThat(BranchPulls.read(directory.toString(), "main", "main"))
        .map(PullRequest::author)
        .map(Person::kind)
        .contains(Person.Kind.BOT);
  }
}
