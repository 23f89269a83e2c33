package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.treesitter.TSNode;

/**
 * Values that come from outside: from a request, a command line, a page's address. Followed through
 * the names of one function, not from function to function.
 */
final class Outside {
  private static final Pattern SOURCE =
      Pattern.compile(
          "\\b(?:req|request|ctx\\.request|ctx|flask\\.request|httpRequest|servletRequest|event)(?:\\.|\\[['\"])"
              + "(?:params|query|body|headers|cookies|args|form|files?|GET|POST|json|get_json|values|data"
              + "|path_params|query_params|url|originalUrl|path|hostname|rawQuery|queryStringParameters|pathParameters|nextUrl)\\b"
              + "|\\b\\w{0,20}[rR]eq(?:uest)?\\.get(?:Parameter|ParameterValues|ParameterMap|Header|QueryString|PathInfo|Part|Cookies|RequestURI|RequestURL|InputStream|Reader)\\b"
              + "|\\bgetOriginalFilename\\(|\\.originalname\\b|\\.filename\\b|\\b\\w{0,20}[eE]ntry\\.getName\\(|\\bsys\\.argv\\b|\\binput\\(|\\bprocess\\.argv\\b"
              + "|\\b(?:window\\.|document\\.)?location\\.(?:hash|search|href)\\b|\\bdocument\\.(?:URL|referrer)\\b|\\bsearchParams\\.get\\(|\\bURLSearchParams\\(\\s*(?:window\\.|document\\.)?location\\b");

  /** Parameters that a framework fills from a request. */
  private static final Pattern FILLED =
      Pattern.compile(
          "@(?:RequestParam|PathVariable|RequestHeader|CookieValue|QueryParam|PathParam|FormParam|HeaderParam|MatrixParam|ModelAttribute|Query|Param|Body|Headers)\\b");

  private static final Pattern ROUTE =
      Pattern.compile("@\\w+(?:\\.\\w+)?\\.(?:route|get|post|put|delete|patch|websocket)\\(");

  private static final Set<String> PARAMETERS =
      Set.of(
          "formal_parameter",
          "required_parameter",
          "identifier",
          "typed_parameter",
          "typed_default_parameter");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "method_declaration",
          "function_definition",
          "function_declaration",
          "function_expression",
          "arrow_function",
          "method_definition");

  private Outside() {}

  /** Whether one of the first arguments holds a value from outside. */
  static boolean feeds(Call call) {
    return call.arguments().stream().limit(6).anyMatch(it -> isFrom(call.tree(), it));
  }

  /** Whether the node holds a value from outside, by itself or by a name it uses. */
  static boolean isFrom(SyntaxTree tree, TSNode node) {
    if (SOURCE.matcher(tree.text(node)).find()) {
      return true;
    }
    for (TSNode name : tree.all(node, Set.of("identifier"))) {
      boolean bound =
          Text.bindings(tree, name).stream()
              .anyMatch(value -> SOURCE.matcher(tree.text(value)).find());
      if (bound || isFilled(tree, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFilled(SyntaxTree tree, TSNode name) {
    Optional<TSNode> function = tree.around(name, FUNCTIONS);
    if (function.isEmpty()) {
      return false;
    }
    TSNode list = function.get().getChildByFieldName("parameters");
    if (list.isNull()) {
      return false;
    }
    boolean routed = ROUTE.matcher(decorators(tree, function.get())).find();
    String wanted = tree.text(name);
    for (int i = 0; i < list.getNamedChildCount(); i++) {
      TSNode parameter = list.getNamedChild(i);
      boolean known = PARAMETERS.contains(parameter.getType());
      String text = tree.text(parameter);
      if (known
          && isNamed(text, wanted)
          && (FILLED.matcher(text).find() || routed && isText(text))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamed(String parameter, String name) {
    return List.of(parameter.split("[^\\w$]+", -1)).contains(name);
  }

  /** A number cannot carry an injection. */
  private static boolean isText(String parameter) {
    return !parameter.matches(".*:\\s*(?:int|float|bool|UUID|uuid\\.UUID|date|datetime)\\b.*");
  }

  private static String decorators(SyntaxTree tree, TSNode function) {
    String text =
        tree.parent(function)
            .filter(parent -> parent.getType().equals("decorated_definition"))
            .map(tree::text)
            .orElse("");
    return text.substring(0, Math.max(0, text.indexOf("def ")));
  }
}
