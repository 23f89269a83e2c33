package dev.slipway.agents;

import dev.slipway.change.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which agent serves which stage: exactly one each. */
public final class Agents {
  private final Map<Stage, Agent> byStage = new EnumMap<>(Stage.class);

  /** Throws {@link IllegalArgumentException} if a stage has no agent, or two. */
  public Agents(List<Agent> agents) {
    for (Agent agent : agents) {
      if (byStage.put(agent.stage(), agent) != null) {
        throw new IllegalArgumentException("two agents for the stage " + agent.stage().label());
      }
    }
    for (Stage stage : Stage.values()) {
      if (!byStage.containsKey(stage)) {
        throw new IllegalArgumentException("no agent for the stage " + stage.label());
      }
    }
  }

  /** The agent of the stage. */
  public Agent of(Stage stage) {
    Agent agent = byStage.get(stage);
    if (agent == null) {
      throw new IllegalStateException("the constructor saw to it that every stage has an agent");
    }
    return agent;
  }
}
