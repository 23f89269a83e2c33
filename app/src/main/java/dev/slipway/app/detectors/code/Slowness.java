package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Calls that are slow where they stand. */
final class Slowness {
  private static final Pattern QUERY =
      Pattern.compile(
          "(?:.*\\.)?(?:executeQuery|executeUpdate|queryForObject|queryForList|findById|findOne|findAll|findFirst|findUnique|findMany|findBy[A-Z]\\w*|getReferenceById|createQuery|fetchone|fetchall|find_by|findByPk|findOrCreate)"
              + "|(?i:.*(?:repo|repository|dao|entityManager|session|jdbcTemplate|jdbc|cursor|cur|conn|connection|db|pool|knex|prisma\\.\\w+|client))\\.(?:query|execute|get|find|select|save|insert|update|count|raw|update_one|find_one|insert_one)"
              + "|.*\\.objects\\.(?:get|filter|create|get_or_create|all|count|exclude|first)(?:\\(.*)?"
              + "|(?:requests|httpx|axios)\\.(?:get|post|put|delete|patch|request)|fetch|restTemplate\\.\\w+|httpClient\\.send");

  private static final Pattern NOT_QUERY =
      Pattern.compile(
          "(?i).*(?:map|cache|dict|list|set|stream|array|header|json|config|params|options|query_params|get_logger)\\.(?:get|find|\\w+)|.*stream\\(.*");

  private static final Set<String> BLOCKS_PYTHON =
      Set.of(
          "time.sleep",
          "requests.get",
          "requests.post",
          "requests.put",
          "requests.delete",
          "requests.request",
          "requests.patch",
          "urllib.request.urlopen",
          "subprocess.run",
          "subprocess.call",
          "subprocess.check_output",
          "subprocess.check_call",
          "os.system",
          "socket.create_connection",
          "input");

  private static final Pattern BLOCKS_SCRIPT =
      Pattern.compile("(?:fs\\.|fse\\.)?\\w+Sync|child_process\\.\\w+Sync|Atomics\\.wait");

  private static final Pattern BLOCKS_JAVA =
      Pattern.compile(
          "(?s).*\\.(?:block|blockFirst|blockLast)|Thread\\.sleep|.*[fF]uture\\w*\\.(?:get|join)");

  private static final Set<String> WHOLE =
      Set.of(
          "fetchall",
          "findAll",
          "findMany",
          "readAllBytes",
          "readlines",
          "getResultList",
          "toArray");

  private Slowness() {}

  static Optional<Danger> of(Call call) {
    if (call.isInLoop()
        && QUERY.matcher(call.callee()).matches()
        && !NOT_QUERY.matcher(call.callee()).matches()) {
      return Optional.of(
          Danger.performance(
              "query-in-loop",
              Severity.MEDIUM,
              call.name() + " runs once for each turn of a loop"));
    }
    if (blocks(call) && call.isInAsync()) {
      return Optional.of(
          Danger.performance(
              "blocking-in-async",
              Severity.MEDIUM,
              call.callee() + " blocks an asynchronous thread"));
    }
    return isUnbounded(call)
        ? Optional.of(
            Danger.performance(
                "unbounded-read", Severity.LOW, call.name() + " reads without a limit"))
        : Optional.empty();
  }

  private static boolean blocks(Call call) {
    return switch (call.language()) {
      case PYTHON -> BLOCKS_PYTHON.contains(call.callee());
      case JAVASCRIPT, TYPESCRIPT, TSX -> BLOCKS_SCRIPT.matcher(call.callee()).matches();
      case JAVA -> BLOCKS_JAVA.matcher(call.callee()).matches();
    };
  }

  private static boolean isUnbounded(Call call) {
    String text = call.text().replaceAll("\\s", "");
    return switch (call.name()) {
      case "findAll", "fetchall", "findMany", "readAllBytes", "readlines" ->
          WHOLE.contains(call.name())
              && (text.equals("()") || text.equals("({})"))
              && !call.callee().matches("(?i).*(?:resource|classpath).*");
      case "find" ->
          text.equals("({})")
              && !call.tree()
                  .parent(call.node())
                  .map(call.tree()::text)
                  .orElse("")
                  .contains("limit");
      case "read" ->
          text.equals("()")
              && call.callee()
                  .matches(
                      "(?:response|resp|r|res|request\\.stream|file|upload)\\.(?:raw\\.)?read");
      default -> false;
    };
  }
}
