package dev.slipway.app.detectors.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.Detector.Outcome;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ApiDetectorTest {
  private final ApiDetector detector = new ApiDetector();

  /** One edit of a text: what is replaced by what. */
  private record Edit(String from, String to) {
    String applied(String text) {
      assertThat(text).contains(from);
      return text.replace(from, to);
    }
  }

  private static final String OPENAPI =
      """
      openapi: 3.0.3
      info: {title: Shop, version: '1'}
      paths:
        /orders:
          get:
            summary: All orders
            parameters:
              - {name: page, in: query, schema: {type: integer}}
            responses:
              '200':
                description: ok
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Order'}
              '404': {description: none}
          post:
            requestBody:
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Draft'}
            responses:
              '201': {description: made}
        /health:
          get:
            responses:
              '200': {description: ok}
      components:
        schemas:
          Order:
            type: object
            required: [id]
            properties:
              id: {type: string}
              total: {type: integer}
              state: {type: string, enum: [open, paid]}
          Draft:
            type: object
            required: [item]
            properties:
              item: {type: string}
              note: {type: string}
      """;

  private static final String PROTO =
      """
      syntax = "proto3";
      package shop.v1;
      message Order {
        reserved 9;
        string id = 1;
        int64 total = 2;
        repeated string tags = 3;
        State state = 4;
        oneof payment { string card = 5; string bank = 6; }
      }
      message Empty {}
      enum State { UNKNOWN = 0; PAID = 1; }
      service Orders {
        rpc Get(Empty) returns (Order);
        rpc List(Empty) returns (stream Order);
      }
      """;

  private static final String GRAPHQL =
      """
      type Query {
        order(id: ID!, deep: Boolean): Order
        orders: [Order!]!
      }
      type Order { id: ID! total: Int state: State }
      enum State { OPEN PAID }
      input Draft { item: String! note: String }
      union Thing = Order | Query
      """;

  private static final String JAVA =
      """
      package shop.api;
      import java.util.List;
      public interface Orders {
        Order get(String id);
        default List<Order> all() { return List.of(); }
      }
      """;

  private static final String JAVA_CLASS =
      """
      package shop.api;
      public class Order {
        public static final int MAX = 3;
        protected String note;
        private int secret;
        public Order(String id) {}
        public String id() { return ""; }
        protected void change(int to) {}
        void inner() {}
        public enum State { OPEN, PAID }
        public record Line(String item, int count) {}
      }
      """;

  private static final Map<String, String> FILES =
      Map.of(
          "api/openapi.yaml", OPENAPI,
          "proto/shop.proto", PROTO,
          "schema.graphql", GRAPHQL,
          "lib/pom.xml", "<project><distributionManagement></distributionManagement></project>",
          "lib/src/main/java/shop/api/Orders.java", JAVA,
          "lib/src/main/java/shop/api/Order.java", JAVA_CLASS);

  private static Subject change(String path, Edit... edits) {
    Map<String, String> after = new java.util.HashMap<>(FILES);
    String text = String.valueOf(FILES.get(path));
    for (Edit edit : edits) {
      text = edit.applied(text);
    }
    after.put(path, text);
    return Changes.between(FILES, after);
  }

  private static final Map<String, List<Edit>> BREAKS =
      Map.of(
          "api/openapi.yaml",
              List.of(
                  new Edit(
                      "  /health:\n    get:\n      responses:\n        '200': {description: ok}\n",
                      ""),
                  new Edit(
                      "    post:\n"
                          + "      requestBody:\n"
                          + "        content:\n"
                          + "          application/json:\n"
                          + "            schema: {$ref: '#/components/schemas/Draft'}\n"
                          + "      responses:\n"
                          + "        '201': {description: made}\n",
                      ""),
                  new Edit("in: query, schema", "in: query, required: true, schema"),
                  new Edit(
                      "{name: page, in: query, schema: {type: integer}}",
                      "{name: page, in: query, schema: {type: string, maxLength: 3}}"),
                  new Edit(
                      "        '200':\n"
                          + "          description: ok\n"
                          + "          content:\n"
                          + "            application/json:\n"
                          + "              schema: {$ref: '#/components/schemas/Order'}\n",
                      ""),
                  new Edit("        total: {type: integer}\n", ""),
                  new Edit("total: {type: integer}", "total: {type: string}"),
                  new Edit("required: [item]", "required: [item, note]"),
                  new Edit("/orders:", "/purchases:")),
          "proto/shop.proto",
              List.of(
                  new Edit("  int64 total = 2;\n", ""),
                  new Edit("int64 total = 2", "int64 total = 7"),
                  new Edit("int64 total = 2", "string total = 2"),
                  new Edit("int64 total", "int64 sum"),
                  new Edit("repeated string tags", "string tags"),
                  new Edit("PAID = 1", "PAID = 2"),
                  new Edit(" PAID = 1;", ""),
                  new Edit("  rpc Get(Empty) returns (Order);\n", ""),
                  new Edit("returns (stream Order)", "returns (Order)"),
                  new Edit("rpc Get(Empty)", "rpc Get(Order)"),
                  new Edit("message Empty {}\n", ""),
                  new Edit("package shop.v1", "package shop.v2"),
                  new Edit("string bank = 6;", "")),
          "schema.graphql",
              List.of(
                  new Edit("  orders: [Order!]!\n", ""),
                  new Edit("total: Int ", ""),
                  new Edit("total: Int", "total: String"),
                  new Edit("id: ID! total", "id: ID total"),
                  new Edit("[Order!]!", "[Order]!"),
                  new Edit("deep: Boolean", "deep: Boolean!"),
                  new Edit("deep: Boolean", "deep: Boolean, page: Int!"),
                  new Edit(", deep: Boolean", ""),
                  new Edit("OPEN PAID", "OPEN"),
                  new Edit("note: String }", "note: String! }"),
                  new Edit("input Draft { item: String! note: String }\n", ""),
                  new Edit("Order | Query", "Order")),
          "lib/src/main/java/shop/api/Orders.java",
              List.of(
                  new Edit(
                      "Order get(String id);", "Order get(String id);\n  void put(Order order);"),
                  new Edit("Order get(String id)", "Order get(long id)"),
                  new Edit("Order get(", "Object get("),
                  new Edit("public interface", "interface"),
                  new Edit("public interface Orders", "public interface Purchases")),
          "lib/src/main/java/shop/api/Order.java",
              List.of(
                  new Edit("public String id()", "String id()"),
                  new Edit("public static final int MAX = 3;", ""),
                  new Edit("protected String note", "protected Object note"),
                  new Edit("public class", "public final class"),
                  new Edit("OPEN, PAID", "OPEN"),
                  new Edit("String item, int count", "String item, int count, int more")));

  private static final Map<String, List<Edit>> HARMLESS =
      Map.of(
          "api/openapi.yaml",
              List.of(
                  new Edit("summary: All orders", "summary: Every order"),
                  new Edit("title: Shop", "title: Store"),
                  new Edit(
                      "  /health:",
                      "  /ready:\n"
                          + "    get:\n"
                          + "      responses:\n"
                          + "        '200': {description: ok}\n"
                          + "  /health:"),
                  new Edit(
                      "        total: {type: integer}\n",
                      "        total: {type: integer}\n        extra: {type: string}\n"),
                  new Edit("note: {type: string}", "note: {type: string, description: why}")),
          "proto/shop.proto",
              List.of(
                  new Edit(
                      "  int64 total = 2;\n",
                      "  int64 total = 2; // in cents\n  string more = 10;\n"),
                  new Edit("PAID = 1;", "PAID = 1; LATE = 2;"),
                  new Edit(
                      "message Empty {}\n",
                      "// nothing\nmessage Empty {\n}\nmessage More { int32 a = 1; }\n"),
                  new Edit("rpc Get(Empty)", "rpc Put(Order) returns (Empty);\n  rpc Get(Empty)"),
                  new Edit("string id = 1;", "string   id=1;")),
          "schema.graphql",
              List.of(
                  new Edit("total: Int ", "total: Int! "),
                  new Edit("deep: Boolean", "deep: Boolean, page: Int"),
                  new Edit("deep: Boolean", "deep: Boolean, page: Int! = 1"),
                  new Edit("OPEN PAID", "OPEN PAID LATE"),
                  new Edit("item: String! ", "item: String "),
                  new Edit("type Order {", "\"An order\"\ntype Order {\n  more: String\n")),
          "lib/src/main/java/shop/api/Orders.java",
              List.of(
                  new Edit("Order get(String id);", "/** One. */\n  Order get(final String key);"),
                  new Edit(
                      "default List<Order> all()",
                      "default int count() { return 0; }\n  default List<Order> all()")),
          "lib/src/main/java/shop/api/Order.java",
              List.of(
                  new Edit("void inner() {}", ""),
                  new Edit("private int secret;", "private long secret;\n  public int more;"),
                  new Edit("OPEN, PAID", "OPEN, PAID, LATE"),
                  new Edit("return \"\";", "return \"x\";")));

  @Test
  void breaksAreToldFromHarmlessChanges() {
    Corpus corpus = new Corpus("API breaks", detector, it -> true);
    BREAKS.forEach(
        (path, edits) ->
            edits.forEach(edit -> corpus.positive(path + " " + edit, change(path, edit))));
    HARMLESS.forEach(
        (path, edits) ->
            edits.forEach(edit -> corpus.negative(path + " " + edit, change(path, edit))));
    assertThat(corpus.positives()).isGreaterThanOrEqualTo(20);
    assertThat(corpus.negatives()).isGreaterThanOrEqualTo(20);
    corpus.measure(1, 1);
  }

  /** The same edits as a bare patch, with three lines of context, as git prints it. */
  @Test
  void breaksAreToldInBarePatches() {
    Corpus corpus = new Corpus("API breaks in bare patches", detector, it -> true);
    BREAKS.forEach(
        (path, edits) ->
            edits.forEach(edit -> corpus.positive(path + " " + edit, bare(path, edit))));
    HARMLESS.forEach(
        (path, edits) ->
            edits.forEach(edit -> corpus.negative(path + " " + edit, bare(path, edit))));
    corpus.measure(1, 0.9);
  }

  private static Subject bare(String path, Edit edit) {
    String text = String.valueOf(FILES.get(path));
    return Changes.patch(List.of(Changes.nearby(path, text, edit.applied(text))));
  }

  @Test
  void aTypeThatMovesToAnotherFileBreaksNobody() {
    Map<String, String> after = new java.util.HashMap<>(FILES);
    after.put("schema.graphql", GRAPHQL.replace("enum State { OPEN PAID }\n", ""));
    after.put("state.graphql", "enum State { OPEN PAID }\n");
    assertThat(Corpus.findings(detector, Changes.between(FILES, after))).isEmpty();
  }

  @Test
  void aBarePatchShowsTheLinesThatAreGone() {
    Subject patch =
        Changes.patch(
            List.of(Changes.modified("a.proto", PROTO, PROTO.replace("  int64 total = 2;\n", ""))));
    assertThat(detector.inspect(patch))
        .isInstanceOfSatisfying(
            Outcome.Partly.class,
            it ->
                assertThat(it.findings())
                    .extracting(f -> f.rule())
                    .containsExactly("api.proto.removed"));
  }

  @Test
  void referencesOutOfADescriptionAreNeverFollowed() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    var server =
        com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.close();
        });
    server.start();
    try {
      String outward = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.yaml#/A";
      for (String target : new String[] {outward, "file:///etc/passwd", "../../etc/passwd#/A"}) {
        Outcome outcome =
            detector.inspect(
                change(
                    "api/openapi.yaml",
                    new Edit("'#/components/schemas/Order'", "'" + target + "'")));
        assertThat(outcome).isInstanceOf(Outcome.Partly.class);
      }
      assertThat(calls).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatCannotBeReadIsABreak() {
    List<String> broken =
        List.of("openapi: 3.0.0\n\t: [", "openapi: 3.0.0\na: &a [*a", "{".repeat(5_000));
    List<String> rules = new ArrayList<>();
    for (String text : broken) {
      Map<String, String> after = new java.util.HashMap<>(FILES);
      after.put("api/openapi.yaml", text);
      Corpus.findings(detector, Changes.between(FILES, after)).forEach(it -> rules.add(it.rule()));
    }
    assertThat(rules).containsOnly("api.unreadable").hasSize(3);
  }
}
