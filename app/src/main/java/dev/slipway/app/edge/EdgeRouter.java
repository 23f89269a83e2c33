package dev.slipway.app.edge;

import dev.slipway.change.Slot;
import dev.slipway.target.TargetFault;
import dev.slipway.target.TrafficRouter;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The edge as the pipeline's traffic router: a slot is a route of the same name. */
public final class EdgeRouter implements TrafficRouter {
  private final EdgeClient client;

  public EdgeRouter(EdgeClient client) {
    this.client = client;
  }

  @Override
  public URI split(Slot slot, dev.slipway.target.Epoch epoch, Split split) {
    RouteSpec spec =
        new RouteSpec(
            new Epoch(epoch.lease(), epoch.move()),
            Optional.empty(),
            instances(split.stable()),
            instances(split.canary()),
            split.share().basisPoints(),
            split.health());
    try {
      return switch (client.put(name(slot), spec)) {
        case Obeyed.Yes yes -> uri(yes.route().listen());
        case Obeyed.No(Refusal.StaleEpoch stale) ->
            throw new TargetFault.StaleEpoch(
                epoch,
                new dev.slipway.target.Epoch(
                    stale.highest().lease(), Math.toIntExact(stale.highest().move())));
        case Obeyed.No(Refusal refusal) ->
            throw new TargetFault("the edge refuses " + slot + ": " + refusal.sentence());
        case Obeyed.Gone ignored -> throw new TargetFault("the edge has no route for " + slot);
      };
    } catch (EdgeException e) {
      throw new TargetFault("the edge could not be told to split " + slot, e);
    }
  }

  @Override
  public Optional<URI> endpoint(Slot slot) {
    try {
      return client.route(name(slot)).map(route -> uri(route.listen()));
    } catch (EdgeException e) {
      throw new TargetFault("the edge could not be asked about " + slot, e);
    }
  }

  @Override
  public long inFlight(Slot slot, Backend backend) {
    try {
      return client
          .route(name(slot))
          .map(route -> route.inFlight(new Instance(backend.host(), backend.port())))
          .orElse(0L);
    } catch (EdgeException e) {
      throw new TargetFault("the edge could not be asked about " + slot, e);
    }
  }

  static RouteName name(Slot slot) {
    return new RouteName(slot.environment().name(), slot.service().value());
  }

  private static List<Instance> instances(List<Backend> backends) {
    return backends.stream().map(it -> new Instance(it.host(), it.port())).toList();
  }

  private static URI uri(Instance listen) {
    return URI.create("http://" + listen);
  }
}
