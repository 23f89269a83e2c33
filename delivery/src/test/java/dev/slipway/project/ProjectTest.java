package dev.slipway.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.change.Diff;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.FileChange;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Service.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProjectTest {
  private static Service service(String name, String glob, String... dependsOn) {
    return new Service(
        new ServiceName(name),
        Kind.LIBRARY,
        ".",
        List.of(glob),
        Arrays.stream(dependsOn).map(ServiceName::new).toList(),
        Optional.empty(),
        Optional.empty(),
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

  private static final Project PROJECT =
      new Project(
          List.of(
              service("base", "base/**"),
              service("middle", "middle/**", "base"),
              service("top", "top/**", "middle"),
              service("other", "other/**")),
          Thresholds.DEFAULT,
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of(),
          Budget.DEFAULT,
          Digest.of(new byte[0]));

  private static List<String> concernedBy(FileChange.Kind kind, String oldPath, String path) {
    FileChange file =
        new FileChange(kind, oldPath, path, 0100644, 0100644, FileChange.Content.TEXT, List.of());
    return PROJECT.concernedBy(Diff.complete(List.of(file))).stream()
        .map(service -> service.name().value())
        .toList();
  }

  @Test
  void aChangeConcernsWhatItTouchesAndWhatDependsOnThat() {
    assertThat(concernedBy(FileChange.Kind.MODIFIED, "base/a", "base/a"))
        .containsExactly("base", "middle", "top");
    assertThat(concernedBy(FileChange.Kind.MODIFIED, "top/a", "top/a")).containsExactly("top");
    assertThat(concernedBy(FileChange.Kind.MODIFIED, "README", "README")).isEmpty();
  }

  @Test
  void aRenameConcernsBothSides() {
    assertThat(concernedBy(FileChange.Kind.RENAMED, "other/a", "top/a"))
        .containsExactly("top", "other");
  }

  @Test
  void aServiceIsFoundByName() {
    assertThat(PROJECT.service(new ServiceName("top"))).contains(PROJECT.services().get(2));
    assertThat(PROJECT.service(new ServiceName("nobody"))).isEmpty();
  }

  @Test
  void aRolloutRisesToAllTraffic() {
    RolloutPlan.Step five = new RolloutPlan.Step(Share.percent(5), Duration.ofMinutes(1));
    RolloutPlan.Step all = new RolloutPlan.Step(Share.ALL, Duration.ofMinutes(1));
    List<Environment> waves = List.of(Environment.PRODUCTION);

    assertThat(new RolloutPlan(List.of(five, all), waves).steps()).containsExactly(five, all);
    assertThatThrownBy(() -> new RolloutPlan(List.of(five), waves)).hasMessageContaining("100 %");
    assertThatThrownBy(() -> new RolloutPlan(List.of(all, five), waves))
        .hasMessageContaining("rise");
    assertThatThrownBy(() -> new RolloutPlan(List.of(), waves)).hasMessageContaining("at least");
  }
}
