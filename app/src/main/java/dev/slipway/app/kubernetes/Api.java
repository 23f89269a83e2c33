package dev.slipway.app.kubernetes;

import dev.slipway.change.Printable;
import dev.slipway.target.Epoch;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One namespace of a cluster. What goes wrong is a {@link TargetFault} in the API server's words,
 * but for Secrets, of which nothing is repeated.
 */
final class Api {
  /** How often a write is begun anew because somebody else wrote in between. */
  private static final int TRIES_MAX = 20;

  private final KubernetesClient client;
  private final String namespace;

  Api(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  KubernetesClient client() {
    return client;
  }

  /** The object, if it is there. */
  <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
    return call(kind.getSimpleName(), name, () -> Optional.ofNullable(resource(kind, name).get()));
  }

  /** The same; throws {@link TargetFault} if it is not ours. */
  <T extends HasMetadata> Optional<T> find(Class<T> kind, String name, Names names) {
    Optional<T> found = find(kind, name);
    found.ifPresent(names::requireOurs);
    return found;
  }

  /** Makes the object so, creating it if need be. For what is the same under every epoch. */
  <T extends HasMetadata> void apply(T wanted, Names names) {
    @SuppressWarnings("unchecked")
    Class<T> kind = (Class<T>) wanted.getClass();
    find(kind, wanted.getMetadata().getName(), names);
    call(kind.getSimpleName(), wanted.getMetadata().getName(), () -> serverSideApply(wanted));
  }

  /**
   * Makes the object so under the epoch. The epoch is written with it, and the write holds only for
   * the object that was looked at: of two that write at once, the later epoch stays.
   *
   * @param shell the least that can be created, so that what follows owns all that matters
   * @param wanted all that is to be ours, from what is there
   */
  <T extends HasMetadata> T put(T shell, Names names, Epoch epoch, UnaryOperator<T> wanted) {
    @SuppressWarnings("unchecked")
    Class<T> kind = (Class<T>) shell.getClass();
    String name = shell.getMetadata().getName();
    return retried(
        kind.getSimpleName(),
        name,
        () -> {
          Optional<T> there = find(kind, name, names);
          if (there.isEmpty()) {
            // Creating fails for all but one; that one's object is looked at like any other.
            return create(kind, shell);
          }
          Names.requireNotStale(there.get(), epoch);
          T next = wanted.apply(there.get());
          Names.mark(next, epoch);
          next.getMetadata().setResourceVersion(there.get().getMetadata().getResourceVersion());
          return Optional.of(serverSideApply(next));
        });
  }

  /**
   * Tries until it is empty no longer, and again where the API server says that somebody else was
   * faster.
   */
  <T> T retried(String kind, String name, Supplier<Optional<T>> write) {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      try {
        Optional<T> written = write.get();
        if (written.isPresent()) {
          return written.get();
        }
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw fault(kind, name, e);
        }
      }
    }
    throw new TargetFault(
        what(kind, name) + " was changed by somebody else at each of " + TRIES_MAX + " tries");
  }

  private <T extends HasMetadata> Optional<T> create(Class<T> kind, T shell) {
    client.resources(kind).inNamespace(namespace).resource(shell).create();
    return Optional.empty();
  }

  private <T extends HasMetadata> T serverSideApply(T wanted) {
    @SuppressWarnings("unchecked")
    Class<T> kind = (Class<T>) wanted.getClass();
    // Forced: the object is ours as a whole, so nobody else's value of such a field may stay.
    return client
        .resources(kind)
        .inNamespace(namespace)
        .resource(wanted)
        .fieldManager(Names.MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** Removes the object if it is there and ours; returns when the API server has heard it. */
  <T extends HasMetadata> void remove(Class<T> kind, String name, Names names) {
    if (find(kind, name, names).isPresent()) {
      call(kind.getSimpleName(), name, () -> resource(kind, name).delete());
    }
  }

  /**
   * Waits until the object is so, watching it.
   *
   * @param state says of the object last seen what is missing
   */
  <T extends HasMetadata> T await(
      Class<T> kind, String name, Predicate<T> so, Duration limit, Function<T, String> state) {
    try {
      return resource(kind, name)
          .waitUntilCondition(
              object -> object != null && so.test(object), limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (KubernetesClientTimeoutException e) {
      String last = find(kind, name).map(state).orElse("it is gone");
      throw new TargetFault(
          what(kind.getSimpleName(), name)
              + " after "
              + limit.toSeconds()
              + " s: "
              + Printable.of(last),
          e);
    } catch (KubernetesClientException e) {
      throw fault(kind.getSimpleName(), name, e);
    }
  }

  <T extends HasMetadata> Resource<T> resource(Class<T> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name);
  }

  /** Calls the API server; an error is in its words. */
  <T> T call(String kind, String name, Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw fault(kind, name, e);
    }
  }

  private TargetFault fault(String kind, String name, KubernetesClientException e) {
    if (kind.equals(Secret.class.getSimpleName())) {
      // What the API server says of a Secret could hold what is in it.
      return new TargetFault(what(kind, name) + ": the API server answered " + e.getCode());
    }
    String said =
        Optional.ofNullable(e.getStatus())
            .map(Status::getMessage)
            .orElseGet(() -> String.valueOf(e.getMessage()));
    return new TargetFault(what(kind, name) + ": " + Printable.of(said) + mend(e.getCode()), e);
  }

  private static String mend(int code) {
    return switch (code) {
      case HttpURLConnection.HTTP_UNAUTHORIZED -> "; look at production.kubernetes.kubeconfig";
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "; docs/operating/kubernetes/rbac.yaml has the rights that are needed";
      default -> "";
    };
  }

  private String what(String kind, String name) {
    return kind + " " + namespace + "/" + name;
  }
}
