package dev.slipway.incident;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something a line does that can make a service slower or make it fail, told from its words: by
 * rules that know no language. The weights say how much more often such a line is to blame than a
 * line of no trait; they are judgement, and only their order matters.
 */
record Trait(String phrase, Weight added, Weight removed, Predicate<Words> of) {
  /** How much it speaks for each symptom. */
  record Weight(int slower, int failing) {
    static final Weight NONE = new Weight(0, 0);

    int of(Set<Symptom> symptoms) {
      int most = 0;
      for (Symptom symptom : symptoms) {
        most =
            Math.max(
                most,
                switch (symptom) {
                  case SLOWER -> slower;
                  case FAILING -> failing;
                });
      }
      return most;
    }
  }

  /** What begins a loop, as a whole word or in a name. */
  private static final Predicate<Words> LOOP =
      names("for", "while", "until", "loop", "foreach", "repeat").or(parts("iterate", "recurse"));

  static final Trait REPEATS = adds("a loop", 3, 1, LOOP);

  /** The table. A trait that removing a line cannot have has no weight there. */
  static final List<Trait> ALL =
      List.of(
          adds("a wait", 5, 1, parts("sleep", "wait", "await", "park", "delay", "pause", "usleep")),
          new Trait(
              "a lock",
              new Weight(4, 1),
              new Weight(0, 3),
              parts("lock", "mutex", "semaphore", "latch", "acquire", "synchronized", "atomic")),
          adds(
              "a call of a database or a store",
              4,
              2,
              calls(
                  parts(
                      "query",
                      "sql",
                      "jdbc",
                      "dao",
                      "repository",
                      "repo",
                      "store",
                      "db",
                      "orm",
                      "database",
                      "cursor",
                      "entity",
                      "mongo",
                      "redis",
                      "fetchall",
                      "findall",
                      "transaction",
                      "prepare",
                      "statement"))),
          new Trait("SQL", new Weight(4, 3), new Weight(1, 2), Trait::sql),
          adds(
              "input or output",
              4,
              3,
              calls(
                  parts(
                      "http",
                      "https",
                      "fetch",
                      "axios",
                      "socket",
                      "connect",
                      "connection",
                      "grpc",
                      "rpc",
                      "download",
                      "upload",
                      "file",
                      "files",
                      "read",
                      "write",
                      "readfile",
                      "exec",
                      "spawn",
                      "subprocess",
                      "send",
                      "publish",
                      "url"))),
          REPEATS,
          adds("reading page by page", 2, 0, parts("page", "pages", "paginate", "offset", "batch")),
          adds(
              "sorting, matching, compressing, encrypting or the like",
              2,
              1,
              parts(
                  "sort",
                  "sorted",
                  "regex",
                  "pattern",
                  "gzip",
                  "compress",
                  "encrypt",
                  "decrypt",
                  "bcrypt",
                  "serialize",
                  "deserialize",
                  "deepcopy",
                  "reflect",
                  "recursive")),
          new Trait(
              "a limit of time, size, pool or attempts",
              new Weight(4, 3),
              new Weight(4, 3),
              parts(
                  "timeout",
                  "timeouts",
                  "pool",
                  "limit",
                  "retry",
                  "retries",
                  "backoff",
                  "threads",
                  "workers",
                  "concurrency",
                  "parallelism",
                  "capacity",
                  "queue",
                  "interval",
                  "ttl",
                  "heap",
                  "xmx",
                  "memory",
                  "replicas",
                  "throttle",
                  "deadline")),
          new Trait(
              "caching",
              new Weight(3, 1),
              new Weight(4, 1),
              parts("cache", "cached", "caching", "memoize", "evict", "invalidate")),
          adds(
              "an error that is raised",
              0,
              5,
              names("throw", "throws", "raise", "panic", "abort", "assert", "fatal", "fail")
                  .or(parts("exception", "unwrap", "throw", "exit", "reject"))),
          adds(
              "parsing or conversion",
              1,
              4,
              parts(
                  "parse",
                  "decode",
                  "unmarshal",
                  "valueof",
                  "atoi",
                  "cast",
                  "strptime",
                  "convert")),
          new Trait(
              "a value that may be missing",
              new Weight(0, 3),
              new Weight(0, 2),
              names("null", "none", "nil", "undefined", "orelse", "ornull", "getordefault")
                  .or(parts("optional", "nullable"))),
          new Trait(
              "a condition",
              new Weight(1, 2),
              new Weight(0, 3),
              names("if", "elif", "elsif", "switch", "case", "when", "unless", "match")),
          adds("a status in the answer", 0, 4, Trait::status),
          new Trait(
              "error handling",
              new Weight(0, 2),
              new Weight(1, 5),
              names("catch", "except", "rescue", "finally", "recover", "try", "onerror")
                  .or(parts("fallback"))),
          adds("a call", 1, 1, Words::call));

  private static Trait adds(String phrase, int slower, int failing, Predicate<Words> of) {
    return new Trait(phrase, new Weight(slower, failing), Weight.NONE, of);
  }

  private static Predicate<Words> names(String... names) {
    Set<String> any = Set.of(names);
    return words -> words.hasName(any);
  }

  private static Predicate<Words> parts(String... parts) {
    Set<String> any = Set.of(parts);
    return words -> words.hasPart(any);
  }

  private static Predicate<Words> calls(Predicate<Words> of) {
    return of.and(Words::call);
  }

  private static final Map<String, String> STATEMENTS =
      Map.of("select", "from", "insert", "into", "update", "set", "delete", "from", "join", "on");

  private static boolean sql(Words words) {
    return STATEMENTS.entrySet().stream()
        .anyMatch(
            it -> words.names().contains(it.getKey()) && words.names().contains(it.getValue()));
  }

  private static final Set<String> STATUS_WORDS =
      Set.of("status", "response", "problem", "code", "statuscode", "http");

  private static boolean status(Words words) {
    return words.hasPart(STATUS_WORDS)
        && words.names().stream().anyMatch(it -> it.matches("[45]\\d\\d"));
  }
}
