package dev.slipway.bench.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs every judge over many rollouts of every scenario and prints what they said. */
public final class Simulation {
  private Simulation() {}

  /**
   * @param args rollouts per scenario, then the first seed; seeds below a million are for tuning,
   *     those of the report begin there
   */
  public static void main(String[] args) {
    int rollouts = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    for (Scenario scenario : Scenarios.all()) {
      System.out.println(scenario.name());
      run(scenario, Contestants.all(), rollouts, seed)
          .forEach((judge, tally) -> System.out.printf("  %-16s %s%n", judge, tally));
    }
  }

  static Map<String, Tally> run(
      Scenario scenario, List<Contestant> judges, int rollouts, long firstSeed) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    judges.forEach(judge -> tallies.put(judge.name(), new Tally()));
    for (int i = 0; i < rollouts; i++) {
      Rollout rollout = Rollout.simulate(scenario, firstSeed + i);
      for (Contestant judge : judges) {
        tallies.computeIfAbsent(judge.name(), name -> new Tally()).add(judge.judge(rollout));
      }
    }
    return tallies;
  }
}
