package dev.slipway.model;

import dev.slipway.change.ChangeId;
import dev.slipway.project.Budget;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One purse for each change, so that a repeated run does not get a new budget, nor a restart. Those
 * of the latest thousand changes are at hand.
 */
public final class Purses {
  private static final int KEPT_MAX = 1_000;

  private final Spending spending;
  private final Map<ChangeId, Purse> purses =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChangeId, Purse> eldest) {
          return size() > KEPT_MAX;
        }
      };

  public Purses(Spending spending) {
    this.spending = spending;
  }

  /** The change's purse; made with this budget when it is first asked for. */
  public synchronized Purse of(ChangeId change, Budget budget) {
    return purses.computeIfAbsent(
        change, id -> new Purse(budget, spending.of(id), total -> spending.keep(id, total)));
  }
}
