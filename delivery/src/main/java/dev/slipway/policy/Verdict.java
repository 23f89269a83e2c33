package dev.slipway.policy;

import java.util.List;

/** What a gate found. Only an explicit {@link Pass} moves a change forward by itself. */
public sealed interface Verdict {
  /** Why, where there is something to say. Empty for a pass. */
  List<Reason> reasons();

  /** The name in JSON and on screens. */
  String label();

  /** Everything the gate asks for was measured and holds. */
  record Pass() implements Verdict {
    @Override
    public List<Reason> reasons() {
      return List.of();
    }

    @Override
    public String label() {
      return "pass";
    }
  }

  /** Something was measured and does not hold. */
  record Fail(List<Reason> reasons) implements Verdict {
    public Fail {
      reasons = atLeastOne(reasons);
    }

    @Override
    public String label() {
      return "fail";
    }
  }

  /** It was measured, and the measurement does not decide. */
  record Inconclusive(List<Reason> reasons) implements Verdict {
    public Inconclusive {
      reasons = atLeastOne(reasons);
    }

    @Override
    public String label() {
      return "inconclusive";
    }
  }

  /** It was not measured: the agent did not run, a tool is missing, a budget is spent. */
  record NotRun(List<Reason> reasons) implements Verdict {
    public NotRun {
      reasons = atLeastOne(reasons);
    }

    @Override
    public String label() {
      return "not_run";
    }
  }

  /** The base branch's policy removes this gate for this change; never the same as a pass. */
  record NotApplicable(String why) implements Verdict {
    @Override
    public List<Reason> reasons() {
      return List.of();
    }

    @Override
    public String label() {
      return "not_applicable";
    }
  }

  private static List<Reason> atLeastOne(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a verdict other than pass says why");
    }
    return List.copyOf(reasons);
  }
}
