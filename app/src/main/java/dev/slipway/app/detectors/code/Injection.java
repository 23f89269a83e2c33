package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.treesitter.TSNode;

/** Text made from values that something else then takes for a program. */
final class Injection {
  private static final Set<String> QUERIES =
      Set.of(
          "executeQuery",
          "executeUpdate",
          "executeLargeUpdate",
          "execute",
          "prepareStatement",
          "prepareCall",
          "createQuery",
          "createNativeQuery",
          "createSQLQuery",
          "query",
          "queryForObject",
          "queryForList",
          "queryForMap",
          "queryForRowSet",
          "queryForStream",
          "update",
          "batchUpdate",
          "addBatch",
          "executemany",
          "executescript",
          "raw",
          "text",
          "read_sql",
          "read_sql_query",
          "RawSQL",
          "extra",
          "whereRaw",
          "orderByRaw",
          "havingRaw",
          "selectRaw",
          "joinRaw",
          "literal",
          "$queryRawUnsafe",
          "$executeRawUnsafe",
          "run",
          "all",
          "get",
          "each",
          "exec",
          "unsafe",
          "sql",
          "fetch",
          "fetchrow",
          "fetchval",
          "nativeQuery",
          "select",
          "mutate",
          "newQuery",
          "filter",
          "order_by",
          "from_statement",
          "exec_driver_sql",
          "createStatement",
          "request",
          "any",
          "one",
          "none",
          "manyOrNone",
          "oneOrNone");

  private static final Pattern SQL =
      Pattern.compile(
          "(?is)\\b(?:select\\b.{1,600}?\\bfrom|insert\\s+into|replace\\s+into|update\\s+[\\w\"`.{$]+.{0,60}?\\bset\\b|delete\\s+from|from\\s+\\w+\\s+(?:\\w+\\s+)?where|drop\\s+(?:table|database|user)|alter\\s+(?:table|user)|create\\s+(?:table|user|index|database)|truncate\\s+table|order\\s+by\\s|where\\s+[\\w.\"`]+\\s*(?:=|<|>|!|like\\b|in\\b)|exec(?:ute)?\\s+\\w+\\s|grant\\s+\\w+\\s+on|call\\s+\\w+\\s*\\()");

  /** Calls that take a piece of a statement. */
  private static final Set<String> CONDITIONS =
      Set.of(
          "where",
          "andWhere",
          "orWhere",
          "having",
          "andHaving",
          "orHaving",
          "extra",
          "whereRaw",
          "havingRaw");

  /** A column compared with something that begins where a constant text ends. */
  private static final Pattern COMPARISON =
      Pattern.compile(
          "(?i)[\\w.\"`]{1,60}\\s*(?:=|<>|!=|<=?|>=?|\\bi?like\\b|\\bin\\b)\\s*[('%]{0,3}(?:[\"'`]\\s*(?:\\+|%|\\.format)|\\$?\\{|%s|%\\()");

  private static final Set<String> SHELLS =
      Set.of(
          "os.system",
          "os.popen",
          "commands.getoutput",
          "commands.getstatusoutput",
          "subprocess.getoutput",
          "subprocess.getstatusoutput",
          "asyncio.create_subprocess_shell",
          "pty.spawn",
          "child_process.exec",
          "child_process.execSync",
          "childProcess.exec",
          "childProcess.execSync",
          "execSync",
          "execAsync",
          "execPromise",
          "shell.exec",
          "shelljs.exec",
          "cp.exec",
          "cp.execSync");

  private static final Set<String> STARTS =
      Set.of(
          "new ProcessBuilder",
          "exec",
          "command",
          "spawn",
          "spawnSync",
          "execFile",
          "execFileSync",
          "run",
          "call",
          "check_call",
          "check_output",
          "Popen",
          "create_subprocess_exec");

  private static final Pattern SHELL =
      Pattern.compile(
          "[\"'`](?:/(?:usr/)?bin/(?:env )?)?(?:(?:ba|z|da|k)?sh|cmd|powershell|pwsh)(?:\\.exe)?[\"'`]");

  private static final Pattern OPTION =
      Pattern.compile("[\"'`](?:-[a-z]{0,3}c|/[cC]|-[cC]ommand)[\"'`]");

  private static final Pattern IN_SHELL = Pattern.compile("\\bshell\\s*[=:]\\s*[Tt]rue\\b");

  private static final Pattern RUNTIME =
      Pattern.compile("(?s).*(?:Runtime\\.getRuntime\\(\\)|[rR]untime|rt)\\.exec");

  private static final Pattern PROMISED =
      Pattern.compile("(?:\\w+\\.)?promisify\\(\\s*(?:\\w+\\.)?exec\\s*\\)");

  private static final Set<String> EVALUATORS =
      Set.of(
          "eval",
          "exec",
          "compile",
          "new Function",
          "Function",
          "ScriptEngine.eval",
          "engine.eval",
          "scriptEngine.eval",
          "vm.runInNewContext",
          "vm.runInThisContext",
          "vm.runInContext",
          "new vm.Script",
          "__import__",
          "importlib.import_module",
          "new GroovyShell().evaluate",
          "shell.evaluate",
          "groovyShell.evaluate",
          "parser.parseExpression",
          "spelParser.parseExpression",
          "new SpelExpressionParser().parseExpression",
          "Ognl.getValue",
          "MVEL.eval",
          "Velocity.evaluate",
          "render_template_string",
          "env.from_string",
          "Environment().from_string",
          "jinja2.Template",
          "new Template",
          "Handlebars.compile",
          "ejs.render",
          "pug.compile",
          "_.template");

  private static final Pattern DIRECTORY =
      Pattern.compile("\\([&|!]?\\(?\\w{1,30}\\s*=|uid=|cn=|sAMAccountName=");

  private Injection() {}

  /** Whether the text looks like a statement of SQL. */
  static boolean isStatement(String text) {
    return SQL.matcher(text).find();
  }

  static Optional<Danger> of(Call call) {
    if (isQuery(call)) {
      return found("sql-injection", "a query is put together from text and values");
    }
    if (isShell(call)) {
      return found("command-injection", "a command is put together from values");
    }
    if (isEvaluation(call)) {
      return found("code-injection", "code is made from values and run");
    }
    if (isDirectory(call)) {
      return found("query-injection", "a query of a directory or document is put together");
    }
    return isObjectQuery(call)
        ? found("query-injection", "a request's own objects become part of a query")
        : Optional.empty();
  }

  private static Optional<Danger> found(String rule, String what) {
    return Optional.of(Danger.security(rule, Severity.HIGH, what));
  }

  private static boolean isQuery(Call call) {
    if (CONDITIONS.contains(call.name())
        && call.isFedByParts()
        && COMPARISON.matcher(call.composed()).find()) {
      return true;
    }
    if (!QUERIES.contains(call.name()) || !call.isFedByParts()) {
      return false;
    }
    return call.name().endsWith("Unsafe")
        || call.name().endsWith("Raw")
        || SQL.matcher(call.composed()).find();
  }

  private static boolean isShell(Call call) {
    String text = call.text();
    boolean script = call.language().isScript();
    if (SHELLS.contains(call.callee())
        || (script && (call.callee().equals("exec") || isAnotherName(call)))) {
      return call.isFedByParts() || Outside.feeds(call);
    }
    if (text.contains("shell") && IN_SHELL.matcher(text).find()) {
      return call.isFedByValue() && !text.startsWith("([");
    }
    boolean runtime = call.name().equals("exec") && RUNTIME.matcher(call.callee()).matches();
    boolean builder =
        call.callee().equals("new ProcessBuilder") && text.matches("(?s).*\"(?:-c|/c|/C)\".*");
    boolean remote = call.name().equals("exec_command");
    return isScript(call)
        || ((runtime || builder || remote) && call.isFedByParts())
        || ((runtime || call.callee().equals("new ProcessBuilder") || isSpawn(call))
            && Outside.feeds(call)
            && isProgram(call));
  }

  /** {@code const run = promisify(exec)}. */
  private static boolean isAnotherName(Call call) {
    return !call.callee().contains(".")
        && Text.boundAtTop(call.tree(), call.callee())
            .filter(value -> PROMISED.matcher(value).matches())
            .isPresent();
  }

  /** {@code sh -c X} where X is not written out, as arguments of their own or in a list. */
  private static boolean isScript(Call call) {
    if (!STARTS.contains(call.name()) && !STARTS.contains(call.callee())) {
      return false;
    }
    List<TSNode> words = new ArrayList<>();
    for (TSNode argument : call.arguments()) {
      words.addAll(Text.elements(argument));
    }
    for (int i = 1; i + 1 < words.size(); i++) {
      String shell = call.tree().text(words.get(i - 1));
      String option = call.tree().text(words.get(i));
      if (SHELL.matcher(shell).matches() && OPTION.matcher(option).matches()) {
        return !Text.isFixed(call.tree(), words.get(i + 1));
      }
    }
    return false;
  }

  /** Whether the program itself, not only its arguments, comes from outside. */
  private static boolean isProgram(Call call) {
    return !call.arguments().isEmpty()
        && Outside.isFrom(call.tree(), call.arguments().getFirst())
        && !call.tree().text(call.arguments().getFirst()).startsWith("[\"");
  }

  private static boolean isSpawn(Call call) {
    return Set.of("spawn", "child_process.spawn", "execFile", "child_process.execFile", "spawnSync")
        .contains(call.callee());
  }

  private static boolean isEvaluation(Call call) {
    boolean timer =
        Set.of("setTimeout", "setInterval").contains(call.callee()) && call.isFedByParts();
    boolean lookup =
        (call.name().equals("lookup")
                    && call.callee().matches("(?i).*(?:context|ctx|jndi\\w*)\\.lookup")
                || call.callee().equals("Class.forName"))
            && Outside.feeds(call);
    boolean compiled =
        EVALUATORS.contains(call.callee())
            && call.isFedByValue()
            && (Set.of("eval", "exec", "new Function", "Function").contains(call.callee())
                || call.callee().endsWith(".eval")
                || call.isFedByParts()
                || Outside.feeds(call));
    return timer || lookup || compiled;
  }

  private static boolean isDirectory(Call call) {
    boolean directory =
        Set.of("search", "search_s", "search_ext_s").contains(call.name())
            && call.isFedByParts()
            && DIRECTORY.matcher(call.composed()).find();
    boolean path =
        Set.of("evaluate", "xpath", "selectNodes", "selectSingleNode", "compile")
                .contains(call.name())
            && call.isFedByParts()
            && call.composed().matches("(?s).*[\"'`]/{1,2}[\\w*@.].*");
    return directory || path;
  }

  /** {@code find(req.body)}: operators in it widen the query. */
  private static boolean isObjectQuery(Call call) {
    boolean document =
        Set.of(
                "find",
                "findOne",
                "findOneAndUpdate",
                "findOneAndDelete",
                "updateOne",
                "updateMany",
                "deleteOne",
                "deleteMany",
                "countDocuments",
                "aggregate")
            .contains(call.name());
    if (!document) {
      return false;
    }
    String text = call.text().replaceAll("\\s", "");
    boolean whole = text.matches("(?s)\\((?:req|request|ctx)\\.(?:body|query|params)(?:[,)].*)?");
    boolean where =
        text.contains("$where")
            && (call.isFedByParts()
                || text.matches("(?s).*\\$where['\"]?:(?:[`'\"].*(?:\\$\\{|['\"]\\+)|req).*"));
    boolean field = text.matches("(?s).*:(?:req|request)\\.body(?:\\.\\w+|\\[[^]]*\\])[,}].*");
    return whole || where || (field && call.language().isScript());
  }
}
