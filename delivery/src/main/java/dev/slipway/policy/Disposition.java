package dev.slipway.policy;

import java.util.List;

/** What follows from a verdict. */
public sealed interface Disposition {
  /** The name in JSON and on screens. */
  String label();

  /** The change moves on. */
  record Proceed() implements Disposition {
    @Override
    public String label() {
      return "proceed";
    }
  }

  /** A person decides, for exactly these reasons. */
  record Ask(List<Reason> reasons) implements Disposition {
    public Ask {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String label() {
      return "ask";
    }
  }

  /** The change ends here. */
  record Stop(List<Reason> reasons) implements Disposition {
    public Stop {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String label() {
      return "stop";
    }
  }

  /**
   * Production goes back to the stable version; then {@code then} says whether to end or to ask.
   */
  record RollBack(List<Reason> reasons, Then then) implements Disposition {
    public RollBack {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String label() {
      return "roll_back";
    }
  }

  /** What a rollback is followed by. */
  enum Then {
    END,
    ASK
  }
}
