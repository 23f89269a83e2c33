package dev.slipway.app.config;

import dev.slipway.change.ServiceName;
import dev.slipway.project.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts services after those they depend on; otherwise in the order of the file. */
final class ServiceOrder {
  private final Map<ServiceName, Service> services = new LinkedHashMap<>();
  private final Set<ServiceName> done = new HashSet<>();
  private final LinkedHashSet<ServiceName> path = new LinkedHashSet<>();
  private final List<Service> ordered = new ArrayList<>();
  private final View root;

  private ServiceOrder(List<Service> services, View root) {
    services.forEach(service -> this.services.put(service.name(), service));
    this.root = root;
  }

  /** The services in order; unknown and circular dependencies are reported. */
  static List<Service> of(List<Service> services, View root) {
    ServiceOrder order = new ServiceOrder(services, root);
    services.forEach(order::visit);
    return order.ordered;
  }

  /** Depth first; as deep as the longest chain, which the schema's 200 services bound. */
  private void visit(Service service) {
    if (done.contains(service.name())) {
      return;
    }
    path.add(service.name());
    for (ServiceName needed : service.dependsOn()) {
      if (path.contains(needed)) {
        view(service.name()).error("depends_on", "goes in a circle: " + circle(needed));
      } else {
        Optional.ofNullable(services.get(needed))
            .ifPresentOrElse(this::visit, () -> unknown(service.name(), needed));
      }
    }
    path.remove(service.name());
    done.add(service.name());
    ordered.add(service);
  }

  private void unknown(ServiceName service, ServiceName needed) {
    view(service).texts("depends_on").stream()
        .filter(item -> item.value().equals(needed.value()))
        .forEach(item -> root.errors().add(item.line(), item.key(), "there is no such service"));
  }

  private String circle(ServiceName closing) {
    return path.stream()
            .dropWhile(name -> !name.equals(closing))
            .map(ServiceName::value)
            .collect(Collectors.joining(" → "))
        + " → "
        + closing;
  }

  private View view(ServiceName name) {
    return root.mapping("services").flatMap(all -> all.mapping(name.value())).orElse(root);
  }
}
