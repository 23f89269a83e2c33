package dev.slipway.app.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The client's CRUD server knows no server-side apply. Here it creates what is not there and merges
 * into what is, which is what an apply comes to as long as one manager writes and drops no field.
 * An apply that does not say whose it is, or not by force, is refused.
 */
final class AppliedByMerge extends KubernetesCrudDispatcher {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Events events = new Events();

  AppliedByMerge() {
    super(List.of());
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    String type = String.valueOf(request.getHeader("Content-Type"));
    String path = request.getPath().replaceFirst("\\?.*", "");
    if (type.startsWith("application/merge-patch+json")) {
      return merged(request, path, read(request.getBody()), handleGet(path));
    }
    if (!isApply(type)) {
      return super.handlePatch(request);
    }
    if (!request.getPath().contains("fieldManager=slipway")
        || !request.getPath().contains("force=true")) {
      return new MockResponse().setResponseCode(HttpURLConnection.HTTP_BAD_REQUEST);
    }
    // JSON is YAML, and it is what the client sends.
    ObjectNode wanted = read(request.getBody());
    MockResponse there = handleGet(path);
    if (there.code() == HttpURLConnection.HTTP_NOT_FOUND) {
      return super.handleCreate(
          as(request, HttpMethod.POST, path.substring(0, path.lastIndexOf('/')), wanted));
    }
    return merged(request, path, wanted, there);
  }

  private MockResponse merged(
      RecordedRequest request, String path, ObjectNode patch, MockResponse there) {
    ObjectNode merged = read(there.getBody());
    merge(merged, patch);
    return super.handleUpdate(as(request, HttpMethod.PUT, path, merged));
  }

  static boolean isApply(String contentType) {
    return contentType != null && contentType.startsWith("application/apply-patch+yaml");
  }

  Events events() {
    return events;
  }

  @Override
  public void processEvent(
      String path,
      AttributeSet pathAttributes,
      AttributeSet oldAttributes,
      GenericKubernetesResource resource,
      String newState) {
    String before = oldAttributes == null ? null : map.get(oldAttributes);
    super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
    String type = before == null ? "ADDED" : newState == null ? "DELETED" : "MODIFIED";
    ObjectNode object = (ObjectNode) JSON.readTree(newState == null ? before : newState);
    long version =
        newState == null
            ? requestResourceVersion()
            : object.path("metadata").path("resourceVersion").asLong();
    ((ObjectNode) object.path("metadata")).put("resourceVersion", Long.toString(version));
    String name = object.path("metadata").path("name").asString();
    String plain = path.replaceFirst("\\?.*", "").replaceFirst("/status$", "");
    String collection =
        plain.endsWith("/" + name) ? plain.substring(0, plain.lastIndexOf('/')) : plain;
    events.add(new Events.Event(version, collection, type, object));
  }

  private static ObjectNode read(Buffer body) {
    return (ObjectNode) JSON.readTree(body.getBytes());
  }

  /** As RFC 7386 has it: a list is replaced as a whole, and null removes. */
  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(
            each -> {
              JsonNode old = into.get(each.getKey());
              if (old instanceof ObjectNode inner && each.getValue() instanceof ObjectNode next) {
                merge(inner, next);
              } else if (each.getValue().isNull()) {
                into.remove(each.getKey());
              } else {
                into.set(each.getKey(), each.getValue());
              }
            });
  }

  private static RecordedRequest as(
      RecordedRequest request, HttpMethod method, String path, ObjectNode body) {
    Headers headers =
        request
            .getHeaders()
            .newBuilder()
            .removeAll("Content-Type")
            .add("Content-Type", "application/json")
            .build();
    return new RecordedRequest(
        request.getHttpVersion(), method, path, headers, new Buffer(JSON.writeValueAsBytes(body)));
  }
}
