package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.code.ScriptCalls.At;
import dev.slipway.policy.Finding.Severity;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Calls of Go, Ruby, PHP, C#, Kotlin and Rust that are dangerous with what they are given. Names
 * are those of the languages' own libraries and of the drivers and frameworks most used with them.
 */
final class ScriptSinks {
  /** What must be so for a call to be dangerous. */
  private enum Proof {
    /** A statement with a value filled in. */
    STATEMENT,
    /** A part of a statement with a value filled in. */
    CONDITION,
    /** A text that something is filled into, or a value from outside. */
    TEXT,
    /** The same in an argument after a shell's name. */
    SHELL,
    /** Anything but a text that is written out. */
    VALUE,
    /** A value from outside that nothing has cleaned. */
    OUTSIDE,
    ALWAYS
  }

  private record Sink(
      Set<Dialect> in, Pattern callee, Proof proof, String rule, Severity severity, String what) {}

  private static final String QUERY = "a query is put together from text and values";
  private static final String COMMAND = "a command is put together from values";
  private static final String CODE = "code is made from values and run";
  private static final String OBJECTS = "whatever objects the data names are made";
  private static final String PATH = "a path holds what a request says";
  private static final String ADDRESS = "an address that a request names is asked";
  private static final String GUIDE = "visitors are sent where a request says";
  private static final String MARKUP = "values become markup unescaped";

  private static final List<Sink> SINKS =
      List.of(
          of(
              "go",
              "(?:Query|QueryRow|Queryx|QueryRowx|Exec|MustExec|Prepare|Preparex|Raw|Select|Get|NamedExec|NamedQuery)(?:Context)?",
              Proof.STATEMENT,
              "sql-injection",
              QUERY),
          of("go", "(?:Where|Having|Order|Joins|Or|Not)", Proof.CONDITION, "sql-injection", QUERY),
          of(
              "ruby",
              "(?:find_by_sql|execute|exec_query|select_all|select_values?|select_rows|count_by_sql|async_exec|exec|query|prepare|sql)",
              Proof.STATEMENT,
              "sql-injection",
              QUERY),
          of(
              "ruby",
              "(?:where|order|reorder|joins|having|group|pluck|update_all|delete_all|from|not|rewhere|exists\\?)",
              Proof.CONDITION,
              "sql-injection",
              QUERY),
          of(
              "php",
              "(?:query|exec|prepare|mysqli_query|mysql_query|pg_query|pg_exec|sqlite_query|multi_query|real_query|raw|unprepared|select|insert|update|delete|statement|executeQuery|executeStatement|fetchAll\\w*|fetch\\w*|get_results|get_var|get_row|get_col|createQuery|createNativeQuery)",
              Proof.STATEMENT,
              "sql-injection",
              QUERY),
          of(
              "php",
              "(?:where|andWhere|orWhere|whereRaw|orWhereRaw|havingRaw|orderByRaw|selectRaw|orderBy|having)",
              Proof.CONDITION,
              "sql-injection",
              QUERY),
          of(
              "csharp",
              "(?:new )?(?:\\w*SqlCommand|SqliteCommand|NpgsqlCommand|MySqlCommand|OracleCommand|OleDbCommand|OdbcCommand|SqlDataAdapter|ExecuteSqlRaw(?:Async)?|FromSqlRaw|SqlQueryRaw|ExecuteSqlCommand(?:Async)?|SqlQuery|Query\\w*|Execute\\w*|ExecuteScalar\\w*|CreateSQLQuery|CreateQuery|CreateCommand)(?:<.{0,60})?",
              Proof.STATEMENT,
              "sql-injection",
              QUERY),
          of(
              "kotlin",
              "(?:query\\w*|execute\\w*|update|prepareStatement|rawQuery|execSQL|createQuery|createNativeQuery|exec|sql)",
              Proof.STATEMENT,
              "sql-injection",
              QUERY),
          of(
              "rust",
              "(?:query\\w*|execute|sql_query|batch_execute|prepare|simple_query|query_as!?|raw_sql)",
              Proof.STATEMENT,
              "sql-injection",
              QUERY),
          of(
              "go",
              "(?:exec\\.Command|exec\\.CommandContext|syscall\\.Exec)",
              Proof.SHELL,
              "command-injection",
              COMMAND),
          of(
              "ruby",
              "(?:Kernel\\.)?(?:system|exec|spawn|`|sh)|IO\\.popen|Open3\\.\\w+|PTY\\.spawn",
              Proof.TEXT,
              "command-injection",
              COMMAND),
          of(
              "php",
              "\\\\?(?:exec|shell_exec|system|passthru|proc_open|popen|pcntl_exec|`)|.*Process::fromShellCommandline",
              Proof.TEXT,
              "command-injection",
              COMMAND),
          of(
              "csharp",
              ".*Process\\.Start|new (?:\\w+\\.)*ProcessStartInfo",
              Proof.SHELL,
              "command-injection",
              COMMAND),
          of("kotlin", ".*getRuntime\\(\\)\\.exec", Proof.TEXT, "command-injection", COMMAND),
          of("kotlin", ".*ProcessBuilder", Proof.SHELL, "command-injection", COMMAND),
          of(
              "rust",
              ".*Command::new\\(\"(?:/bin/)?(?:sh|bash|cmd)\".*\\.args?",
              Proof.TEXT,
              "command-injection",
              COMMAND),
          of("php", "\\\\?(?:eval|create_function)", Proof.VALUE, "code-injection", CODE),
          of(
              "php",
              "\\\\?(?:include|require)(?:_once)?|call_user_func\\w*",
              Proof.OUTSIDE,
              "code-injection",
              CODE),
          of(
              "ruby",
              "(?:.*\\.)?(?:eval|instance_eval|class_eval|module_eval)",
              Proof.TEXT,
              "code-injection",
              CODE),
          of(
              "ruby",
              ".*\\.(?:send|public_send|__send__|constantize|safe_constantize|const_get)",
              Proof.OUTSIDE,
              "code-injection",
              CODE),
          of("csharp", ".*CSharpScript\\.\\w+", Proof.VALUE, "code-injection", CODE),
          of(
              "kotlin",
              ".*(?:engine|shell|script\\w*)\\.eval\\w*",
              Proof.VALUE,
              "code-injection",
              CODE),
          of("php", "\\\\?unserialize", Proof.OUTSIDE, "deserialization", OBJECTS),
          of("ruby", "Marshal\\.(?:load|restore)", Proof.OUTSIDE, "deserialization", OBJECTS),
          of("ruby", "(?:YAML|Psych)\\.unsafe_load", Proof.VALUE, "deserialization", OBJECTS),
          of("ruby", "(?:YAML|Psych)\\.load", Proof.OUTSIDE, "deserialization", OBJECTS),
          of(
              "csharp",
              "new (?:\\w+\\.)*(?:BinaryFormatter|NetDataContractSerializer|LosFormatter|SoapFormatter|ObjectStateFormatter)",
              Proof.ALWAYS,
              "deserialization",
              OBJECTS),
          of("kotlin", "ObjectInputStream", Proof.ALWAYS, "deserialization", OBJECTS),
          of(
              "go",
              "os\\.(?:Open|OpenFile|ReadFile|Create|Remove|RemoveAll|WriteFile)|ioutil\\.(?:ReadFile|WriteFile)|http\\.ServeFile|filepath\\.Join|path\\.Join|c\\.File",
              Proof.OUTSIDE,
              "path-traversal",
              PATH),
          of(
              "php",
              "\\\\?(?:file_get_contents|fopen|readfile|unlink|file_put_contents|copy|file|rmdir|move_uploaded_file)",
              Proof.OUTSIDE,
              "path-traversal",
              PATH),
          of(
              "ruby",
              "(?:File|IO|Dir)\\.(?:read|open|delete|binread|new|join|readlines|unlink|write|glob)|send_file|FileUtils\\.\\w+|Rails\\.root\\.join",
              Proof.OUTSIDE,
              "path-traversal",
              PATH),
          of(
              "csharp",
              "(?:.*\\.)?(?:File\\.(?:Read\\w+|Open\\w*|Write\\w+|Delete|Copy|Move)|Path\\.Combine|PhysicalFile|Directory\\.\\w+)|new (?:\\w+\\.)*FileStream",
              Proof.OUTSIDE,
              "path-traversal",
              PATH),
          of("kotlin", "File|Paths\\.get|Path\\.of", Proof.OUTSIDE, "path-traversal", PATH),
          of(
              "rust",
              "(?:.*::)?(?:File::open|fs::read\\w*|NamedFile::open\\w*)",
              Proof.OUTSIDE,
              "path-traversal",
              PATH),
          of(
              "go",
              "http\\.(?:Get|Post|Head|PostForm|NewRequest|NewRequestWithContext)|\\w*[cC]lient\\.(?:Get|Post|Head)",
              Proof.OUTSIDE,
              "request-forgery",
              ADDRESS),
          of(
              "php",
              "\\\\?(?:curl_init|curl_setopt)|Http::\\w+|.*[cC]lient->(?:get|request)",
              Proof.OUTSIDE,
              "request-forgery",
              ADDRESS),
          of(
              "ruby",
              "Net::HTTP\\.\\w+|URI\\.open|open|HTTParty\\.\\w+|Faraday\\.\\w+|RestClient\\.\\w+",
              Proof.OUTSIDE,
              "request-forgery",
              ADDRESS),
          of(
              "csharp",
              ".*[cC]lient\\.(?:GetAsync|GetStringAsync|GetStreamAsync|GetByteArrayAsync|PostAsync|DownloadString\\w*)|.*WebRequest\\.Create",
              Proof.OUTSIDE,
              "request-forgery",
              ADDRESS),
          of(
              "kotlin",
              "URL|.*[cC]lient\\.(?:get|post|request)",
              Proof.OUTSIDE,
              "request-forgery",
              ADDRESS),
          of(
              "rust",
              "reqwest::get|.*client\\.(?:get|post|request)",
              Proof.OUTSIDE,
              "request-forgery",
              ADDRESS),
          of("go", "http\\.Redirect|\\w{1,10}\\.Redirect", Proof.OUTSIDE, "open-redirect", GUIDE),
          of("ruby", "redirect_to", Proof.OUTSIDE, "open-redirect", GUIDE),
          of("php", "\\\\?(?:header|redirect)", Proof.OUTSIDE, "open-redirect", GUIDE),
          of("csharp", "(?:.*\\.)?Redirect(?:Permanent)?", Proof.OUTSIDE, "open-redirect", GUIDE),
          of(
              "kotlin",
              ".*\\.(?:respondRedirect|sendRedirect)",
              Proof.OUTSIDE,
              "open-redirect",
              GUIDE),
          of(
              "go",
              "template\\.(?:HTML|JS|URL|HTMLAttr|CSS)",
              Proof.OUTSIDE,
              "markup-injection",
              MARKUP),
          of("ruby", "raw", Proof.OUTSIDE, "markup-injection", MARKUP),
          of("php", "\\\\?assert", Proof.OUTSIDE, "code-injection", CODE),
          of(
              "go",
              "(?:fmt\\.Fprint\\w*|w\\.Write|io\\.WriteString)",
              Proof.OUTSIDE,
              "markup-injection",
              MARKUP));

  /** What makes a value fit for where it goes, somewhere in the function before the call. */
  private static final Pattern CLEANED =
      Pattern.compile(
          "(?i)basename|filepath\\.Base\\(|filepath\\.Rel|IsLocal|HasPrefix|GetFileName|StartsWith|start_with\\?|realpath|in_array|preg_match|match\\?|include\\?"
              + "|whitelist|allow(?:ed)?_?list|allowed|permitted|IsLocalUrl|LocalRedirect|url_from|only_path|allow_other_host:\\s*false|sanitize|secure_join|SecureJoin|path\\.Clean|canonical|uuid|Contains\\(\\s*\"\\.\\.|ParseInt|Atoi|ParseBool");

  private static final Pattern SHELL =
      Pattern.compile(
          "\"(?:/(?:usr/)?bin/(?:env )?)?(?:(?:ba|z|da|k)?sh|cmd|powershell|pwsh)(?:\\.exe)?\"");

  private static final Pattern CONDITION =
      Pattern.compile(
          "(?i)[\\w.\"`\\])]{1,60}\\s*(?:=|<>|!=|<=?|>=?|\\bi?like\\b|\\bin\\b)\\s*[('%]{0,3}");

  private static final Pattern FIXED_SITE =
      Pattern.compile(
          "^(?:(?i:location:\\s*))?(?:/(?![/\\\\])[^\"'`]|[?#]|https?://[\\w.:-]{1,200}+[/?#])");

  private ScriptSinks() {}

  private static Sink of(String in, String callee, Proof proof, String rule, String what) {
    Dialect dialect = Dialect.valueOf(in.toUpperCase(java.util.Locale.ROOT));
    return new Sink(EnumSet.of(dialect), Pattern.compile(callee), proof, rule, Severity.HIGH, what);
  }

  /**
   * The first danger there is in the call.
   *
   * @param isTool whether only those who build the software run this file
   */
  static Optional<Danger> of(At call, boolean isTool) {
    return SINKS.stream()
        .filter(sink -> sink.in().contains(call.script().dialect()))
        .filter(sink -> names(sink, call))
        .filter(sink -> holds(sink.proof(), sink, call))
        .findFirst()
        .map(
            sink ->
                Danger.security(
                    sink.rule(),
                    isTool && sink.rule().equals("command-injection") && !isFed(call)
                        ? Severity.MEDIUM
                        : sink.severity(),
                    sink.what()));
  }

  private static boolean names(Sink sink, At call) {
    return switch (sink.proof()) {
      case STATEMENT, CONDITION ->
          sink.callee().matcher(call.name()).matches()
              || sink.callee().matcher(call.callee()).matches();
      case TEXT, SHELL, VALUE, OUTSIDE, ALWAYS -> sink.callee().matcher(call.callee()).matches();
    };
  }

  private static boolean holds(Proof proof, Sink sink, At call) {
    return switch (proof) {
      case STATEMENT ->
          call.arguments().stream()
              .limit(3)
              .anyMatch(it -> Injection.isStatement(it.written()) && it.isFilledByValue());
      case CONDITION ->
          call.arguments().stream()
              .limit(2)
              .anyMatch(
                  it ->
                      it.isPutTogether()
                          && CONDITION.matcher(it.written()).find()
                          && it.isFilledByValue());
      case TEXT ->
          !call.arguments().isEmpty()
              && (call.arguments().getFirst().isPutTogether()
                  || isOutside(call.arguments().getFirst()));
      case SHELL -> isShell(call);
      case VALUE -> !call.arguments().isEmpty() && isValue(call.arguments().getFirst());
      case OUTSIDE -> isFed(call) && isUnguarded(sink, call);
      case ALWAYS -> true;
    };
  }

  private static boolean isShell(At call) {
    List<Composed> arguments = call.arguments();
    boolean shell = SHELL.matcher(call.text()).find();
    boolean filled = arguments.stream().skip(1).anyMatch(it -> it.isPutTogether() || isOutside(it));
    boolean list = call.text().matches("(?s).*\"(?:-c|/c|/C)\"\\s*,\\s*(?!\\s*\").*");
    return (shell && (filled || list)) || (!arguments.isEmpty() && isOutside(arguments.getFirst()));
  }

  private static boolean isFed(At call) {
    // What is moved comes from outside by its nature; where to is the question.
    int first = call.name().equals("move_uploaded_file") ? 1 : 0;
    return call.arguments().stream().skip(first).limit(4).anyMatch(ScriptSinks::isOutside);
  }

  private static boolean isOutside(Composed argument) {
    return argument.parts().stream()
        .anyMatch(
            part ->
                part instanceof Composed.Part.Filled filled
                    && argument.script().isOutside(filled.expression(), argument.position()));
  }

  private static boolean isValue(Composed argument) {
    return argument.parts().stream()
        .anyMatch(
            part ->
                part instanceof Composed.Part.Filled filled
                    && !filled
                        .expression()
                        .matches(
                            "(?s)[A-Z_][A-Z0-9_:]*|(?:File|IO)\\.read\\(.*|(?:t|I18n\\.t)\\s*\\(?['\":.].*|\\w*(?:json|svg|icon|html_escape|sanitize)\\w*.*"));
  }

  private static boolean isUnguarded(Sink sink, At call) {
    String function = call.script().functionUpTo(call.end());
    if (CLEANED.matcher(function).find()) {
      return false;
    }
    return switch (sink.rule()) {
      case "open-redirect" -> isGuide(call);
      case "request-forgery" ->
          call.arguments().stream()
              .limit(2)
              .filter(ScriptSinks::isOutside)
              .noneMatch(it -> FIXED_SITE.matcher(it.written().strip()).find());
      case "markup-injection" -> call.text().contains("<");
      default -> true;
    };
  }

  private static boolean isGuide(At call) {
    Optional<Composed> target =
        call.arguments().stream().limit(4).filter(ScriptSinks::isOutside).findFirst();
    boolean header = call.name().equals("header") || call.name().equals("Header");
    return target
        .filter(it -> !FIXED_SITE.matcher(it.written().strip()).find())
        .filter(
            it -> !header || it.written().toLowerCase(java.util.Locale.ROOT).contains("location:"))
        .filter(
            it ->
                Arrays.stream(
                        new String[] {
                          "request.referer",
                          ".URL.Path",
                          "SERVER['REQUEST_URI",
                          "SERVER[\"REQUEST_URI",
                          "SERVER['HTTP_HOST"
                        })
                    .noneMatch(call.text()::contains))
        .isPresent();
  }
}
