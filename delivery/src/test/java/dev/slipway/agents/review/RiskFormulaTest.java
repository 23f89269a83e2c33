package dev.slipway.agents.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.agents.review.ChangeShape.Past;
import dev.slipway.agents.review.RiskFormula.Risk;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.policy.RiskTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskFormulaTest {
  @Test
  void theScoreIsWhatItsTermsAddUpTo() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      Risk risk = RiskFormula.of(shape(random), findings(random));
      double sum = 1 + risk.terms().stream().mapToDouble(t -> t.value() * t.weight()).sum();
      assertThat(risk.score()).isCloseTo(sum, within(0.001));
      assertThat(risk.score()).isBetween(1.0, 10.0);
      assertThat(risk.risk()).isEqualTo((int) Math.round(risk.score()));
      assertThat(risk.terms()).allMatch(t -> t.value() >= 0 && t.value() <= 1 && t.weight() >= 0);
    }
  }

  @Test
  void weightsOfTheShapeAddUpToNineWithAndWithoutHistory() {
    for (Optional<Past> past :
        List.of(Optional.<Past>empty(), Optional.of(new Past(3, 2, .5, 1)))) {
      Risk risk = RiskFormula.of(new ChangeShape(10, 5, 2, 1, 1, 1, past), List.of());
      double weights =
          risk.terms().stream()
              .filter(term -> !term.name().equals("findings"))
              .mapToDouble(RiskTerm::weight)
              .sum();
      assertThat(weights).isCloseTo(9, within(0.001));
    }
  }

  @Test
  void moreNeverMeansLess() {
    Random random = new Random(2);
    for (int i = 0; i < 2000; i++) {
      ChangeShape small = shape(random);
      ChangeShape large =
          new ChangeShape(
              small.added() + random.nextInt(300),
              small.deleted() + random.nextInt(300),
              small.files() + random.nextInt(9),
              small.folders() + random.nextInt(3),
              small.entropy() + random.nextDouble(),
              small.untested(),
              small.past());
      List<Finding> some = findings(random);
      List<Finding> more = new ArrayList<>(some);
      more.addAll(findings(random));
      assertThat(RiskFormula.of(large, more).score())
          .isGreaterThanOrEqualTo(RiskFormula.of(small, some).score() - 0.001);
    }
  }

  @Test
  void anExperiencedAuthorIsNoRiskierThanAStranger() {
    assertThat(score(new Past(20, 3, 0.4, 30))).isLessThan(score(new Past(20, 3, 0.4, 0)));
  }

  @Test
  void aFindingRaisesAFloorThatNoShapeLowers() {
    ChangeShape nothing = new ChangeShape(0, 0, 0, 0, 0, 0, Optional.empty());
    assertThat(RiskFormula.of(nothing, List.of()).risk()).isEqualTo(1);
    for (Severity severity : Severity.values()) {
      for (Kind kind : Kind.values()) {
        Finding finding = new Finding("r", kind, severity, "a", 1, "m");
        assertThat(RiskFormula.of(nothing, List.of(finding)).score())
            .isGreaterThanOrEqualTo(RiskFormula.floorOf(finding));
      }
    }
    assertThat(RiskFormula.floorOf(new Finding("r", Kind.SECRET, Severity.MEDIUM, "a", 1, "m")))
        .isGreaterThanOrEqualTo(7);
  }

  @Test
  void anOrdinaryChangePassesAndAHugeOneDoesNot() {
    ChangeShape ordinary =
        new ChangeShape(60, 20, 4, 2, 1.6, 0, Optional.of(new Past(25, 4, 0.3, 6)));
    ChangeShape huge =
        new ChangeShape(3000, 900, 60, 25, 5, 1, Optional.of(new Past(60, 9, 0.5, 0)));
    assertThat(RiskFormula.of(ordinary, List.of()).risk()).isLessThanOrEqualTo(4);
    assertThat(RiskFormula.of(huge, List.of()).risk()).isGreaterThanOrEqualTo(7);
  }

  private static double score(Past past) {
    return RiskFormula.of(new ChangeShape(50, 5, 3, 2, 1, 0, Optional.of(past)), List.of()).score();
  }

  private static ChangeShape shape(Random random) {
    return new ChangeShape(
        random.nextInt(4000),
        random.nextInt(4000),
        random.nextInt(200),
        random.nextInt(50),
        random.nextDouble() * 7,
        random.nextInt(2),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new Past(
                    random.nextInt(100),
                    random.nextInt(30),
                    random.nextDouble(),
                    random.nextInt(50))));
  }

  private static List<Finding> findings(Random random) {
    List<Finding> findings = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      findings.add(
          new Finding(
              "r",
              Kind.values()[random.nextInt(Kind.values().length)],
              Severity.values()[random.nextInt(Severity.values().length)],
              "f" + random.nextInt(5),
              1,
              "m"));
    }
    return findings;
  }
}
