package dev.slipway.app.edge;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The instances of one arm, taken in turn. */
final class Pool {
  private final List<Upstream> members;
  private int turn;

  Pool(List<Upstream> members) {
    this.members = List.copyOf(members);
  }

  List<Upstream> members() {
    return members;
  }

  /** The next instance, those already tried left out: a healthy one, else one under suspicion. */
  Optional<Upstream> next(Set<Upstream> tried) {
    return next(Health.HEALTHY, tried).or(() -> next(Health.SUSPECT, tried));
  }

  private Optional<Upstream> next(Health health, Set<Upstream> tried) {
    for (int i = 0; i < members.size(); i++) {
      Upstream member = members.get(turn);
      turn = (turn + 1) % members.size();
      if (member.health() == health && !tried.contains(member)) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }
}
