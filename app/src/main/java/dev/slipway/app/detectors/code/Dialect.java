package dev.slipway.app.detectors.code;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Languages of which no tree is made: their calls are found by words, brackets and quotes.
 *
 * <p>The patterns are facts of the languages and of their common frameworks.
 */
enum Dialect {
  GO(
      "(?!)",
      "+",
      "fmt\\.(?:Sprintf|Sprint|Sprintln|Appendf)",
      "\\b\\w{1,20}\\.(?:FormValue|PostFormValue|PathValue|UserAgent|Referer|RequestURI)\\b"
          + "|\\.URL\\.(?:Query\\(|RawQuery|Path\\b)|\\.Header\\.Get\\(|\\bmux\\.Vars\\(|\\bchi\\.URLParam\\("
          + "|\\b(?:c|ctx|gc|context)\\.(?:Query|DefaultQuery|Param|Params|PostForm|GetHeader|QueryParam|FormValue|GetQuery|Body)\\(",
      "func\\s"),
  RUBY(
      "#\\{([^}]{1,200})\\}",
      "+",
      "(?:Kernel\\.)?(?:format|sprintf)",
      "\\bparams\\b\\s*(?:\\[|\\.|$)|\\bcookies(?:\\.\\w+)?\\[|\\brequest\\.(?:headers|env|body|raw_post|query_string|referer|path|url|GET|POST|params)\\b",
      "(?:def|task|get|post|put|delete)\\s"),
  PHP(
      "\\{?(\\$\\w{1,60}(?:(?:->\\w{1,60}|\\[[^\\]]{1,60}\\]))*)\\}?",
      ".",
      "sprintf|vsprintf",
      "\\$_(?:GET|POST|REQUEST|COOKIE|FILES|SERVER)\\b|\\$HTTP_RAW_POST_DATA|php://input"
          + "|\\$request->(?:input|get|query|post|all|cookie|header|route|file|string|\\w+\\b(?!\\())"
          + "|\\brequest\\(\\)->|\\brequest\\(\\s*['\"]|\\bInput::get\\(|\\bgetQueryParams\\(|\\bgetParsedBody\\(",
      "(?:[\\w\\s]{0,60}\\b)?function\\b"),
  CSHARP(
      "\\{([^{}:]{1,200})(?::[^{}]{1,30})?\\}",
      "+",
      "[sS]tring\\.(?:Format|Concat|Join)",
      "\\bRequest\\.(?:Query|Form|Headers|Cookies|Path|QueryString|RouteValues|Body|Params)\\b"
          + "|\\bRequest\\[|\\bHttpContext\\.Request\\.|\\bConsole\\.ReadLine\\(",
      "(?:\\[[^\\]]{1,200}\\]\\s*)?(?:public|private|protected|internal|static|async)\\s"),
  KOTLIN(
      "\\$(?:\\{([^}]{1,200})\\}|(\\w{1,60}))",
      "+",
      "[sS]tring\\.format",
      "\\bcall\\.(?:parameters|request|receive\\w*)\\b|\\brequest\\.(?:getParameter|getHeader|queryParams|params|getQueryString)\\b"
          + "|\\bctx\\.(?:queryParam|pathParam|formParam|header|body)\\(|\\bintent\\.(?:getStringExtra|data|extras)\\b",
      "(?:[\\w@\\s]{0,80}\\b)?fun\\b"),
  RUST(
      "\\{([a-z_]\\w{0,60})?(?::[^{}]{0,30})?\\}",
      "+",
      "(?:format|write|writeln|concat)!",
      "\\b(?:query|params|form|path|payload|req|request)\\.(?:0\\b|into_inner|get\\(|query_string|match_info|headers|uri)|\\benv::args\\(",
      "(?:pub(?:\\([^)]{1,20}\\))?\\s+)?(?:async\\s+)?fn\\s");

  /** What is filled into a text; a group holds what with. */
  final Pattern hole;

  /** The sign that joins texts. */
  final char join;

  /** A call whose first argument is a text with places for the others. */
  final Pattern format;

  /** A value that a request or a user gives. */
  final Pattern outside;

  /** The line that begins a function. */
  final Pattern head;

  Dialect(String hole, String join, String format, String outside, String head) {
    this.hole = Pattern.compile(hole);
    this.join = join.charAt(0);
    this.format = Pattern.compile("(?:" + format + ")$");
    this.outside = Pattern.compile(outside);
    this.head = Pattern.compile("^\\s*(?:" + head + ")");
  }

  static Optional<Dialect> of(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "go" -> Optional.of(GO);
      case "rb", "rake", "erb" -> Optional.of(RUBY);
      case "php", "phtml", "inc" -> Optional.of(PHP);
      case "cs", "cshtml" -> Optional.of(CSHARP);
      case "kt", "kts" -> Optional.of(KOTLIN);
      case "rs" -> Optional.of(RUST);
      default -> Optional.empty();
    };
  }

  /** Whether what a string literal holds is filled in where it stands. */
  boolean fillsIn(String literal, String before) {
    return switch (this) {
      case GO, RUST -> false;
      case RUBY, PHP -> !literal.startsWith("'");
      case KOTLIN -> !literal.startsWith("'");
      case CSHARP -> before.endsWith("$") || before.endsWith("$@") || before.endsWith("@$");
    };
  }

  /** Whether a call may stand without brackets. */
  boolean callsBare() {
    return switch (this) {
      case RUBY, PHP -> true;
      case GO, CSHARP, KOTLIN, RUST -> false;
    };
  }
}
