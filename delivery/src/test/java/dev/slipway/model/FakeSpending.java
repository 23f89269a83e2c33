package dev.slipway.model;

import dev.slipway.change.ChangeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Spending that is remembered as long as this lives. */
public final class FakeSpending implements Spending {
  private final Map<ChangeId, Spent> spent = new ConcurrentHashMap<>();

  @Override
  public Spent of(ChangeId change) {
    return spent.getOrDefault(change, Spent.NOTHING);
  }

  @Override
  public void keep(ChangeId change, Spent total) {
    spent.put(change, total);
  }
}
