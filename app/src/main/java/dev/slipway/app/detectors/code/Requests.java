package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.treesitter.TSNode;

/** What a request says, used as a path, as an address, or as a page. */
final class Requests {
  private static final Set<String> PATHS =
      Set.of(
          "new File",
          "Paths.get",
          "Path.of",
          "new FileInputStream",
          "new FileReader",
          "new FileOutputStream",
          "new FileWriter",
          "new RandomAccessFile",
          "Files.readAllBytes",
          "Files.readString",
          "Files.newInputStream",
          "Files.newOutputStream",
          "Files.delete",
          "Files.copy",
          "Files.write",
          "Files.lines",
          "new FileSystemResource",
          "new UrlResource",
          "open",
          "io.open",
          "codecs.open",
          "send_file",
          "FileResponse",
          "os.remove",
          "os.path.join",
          "shutil.rmtree",
          "shutil.copy",
          "Path",
          "pathlib.Path",
          "os.unlink",
          "os.listdir",
          "fs.readFile",
          "fs.readFileSync",
          "fs.createReadStream",
          "fs.createWriteStream",
          "fs.writeFile",
          "fs.writeFileSync",
          "fs.unlink",
          "fs.readdir",
          "fs.promises.readFile",
          "fsp.readFile",
          "path.join",
          "path.resolve",
          "res.sendFile",
          "res.download",
          "readFile",
          "readFileSync",
          "createReadStream",
          "fs.unlinkSync",
          "fs.rmSync",
          "fs.rm",
          "join",
          "resolve",
          "require",
          "res.render");

  private static final Pattern RESOLVES =
      Pattern.compile("(?i).*(?:root|dir|base|folder|path\\w*|upload\\w*)\\.resolve");

  private static final Pattern CLEANED =
      Pattern.compile(
          "secure_filename|basename|getFileName\\(|safe_join|\\.normalize\\(\\)[\\s\\S]{0,400}startsWith|startsWith\\([\\s\\S]{0,60}(?i:root|base|dir)"
              + "|is_relative_to|commonpath|realpath[\\s\\S]{0,300}startswith|getCanonicalPath[\\s\\S]{0,300}startsWith|cleanPath|FilenameUtils\\.getName|UUID\\.randomUUID|uuid4?\\(");

  private static final Set<String> FETCHES =
      Set.of(
          "requests.get",
          "requests.post",
          "requests.put",
          "requests.delete",
          "requests.head",
          "requests.request",
          "httpx.get",
          "httpx.post",
          "urllib.request.urlopen",
          "urlopen",
          "aiohttp.get",
          "session.get",
          "client.get",
          "fetch",
          "axios",
          "axios.get",
          "axios.post",
          "axios.request",
          "got",
          "got.get",
          "http.get",
          "https.get",
          "http.request",
          "https.request",
          "needle.get",
          "superagent.get",
          "request.get",
          "new URL",
          "URI.create",
          "new HttpGet",
          "restTemplate.getForObject",
          "restTemplate.getForEntity",
          "restTemplate.exchange",
          "webClient.get().uri",
          "Jsoup.connect",
          "ImageIO.read",
          "page.goto",
          "urllib.request.urlretrieve");

  private static final Set<String> REDIRECTS =
      Set.of(
          "redirect",
          "flask.redirect",
          "HttpResponseRedirect",
          "RedirectResponse",
          "res.redirect",
          "response.sendRedirect",
          "resp.sendRedirect",
          "response.redirect",
          "ctx.redirect",
          "reply.redirect",
          "new RedirectView",
          "NextResponse.redirect",
          "window.open",
          "location.assign",
          "location.replace",
          "window.location.replace",
          "window.location.assign");

  private static final Set<String> HEADERS =
      Set.of("setHeader", "addHeader", "header", "set", "append", "writeHead");

  private static final Pattern LOCATION =
      Pattern.compile("(?i)^\\(\\s*(?:30\\d\\s*,\\s*\\{\\s*)?[\"']?location[\"']?\\s*[,:]");

  /** A text that begins with a path, or with the whole name of a host. */
  private static final Pattern FIXED_SITE =
      Pattern.compile("[fF]?[\"'`](?:/(?![/\\\\])[^\"'`]|[?#]|https?://[\\w.:-]{1,200}+[/?#])");

  private static final Pattern OWN_PAGE =
      Pattern.compile(
          "\\b(?:req|request|ctx)\\.(?:originalUrl|url|path|hostname)\\b|getRequestUR[IL]\\(|location\\.(?:href|pathname)\\b");

  private static final Pattern GIVEN =
      Pattern.compile(
          "query|body|params|args|form|GET\\b|POST\\b|getParameter|getHeader|headers|searchParams|location\\.(?:search|hash)");

  private static final Pattern CHECKED =
      Pattern.compile(
          "(?i)allow_?(?:ed|list)|white_?list|url_has_allowed|is_safe_url|trusted|permitted|startsWith\\(['\"]/|startswith\\(['\"]/|isLocalUrl|hostname\\s*(?:!==?|===?|in\\b|not"
              + " in)|netloc|ALLOWED|\\.has\\(|\\.includes\\(|encodeURIComponent\\(\\s*(?:req|id)|url_for\\(");

  private static final Set<String> PAGES =
      Set.of(
          "res.send",
          "res.write",
          "res.end",
          "response.send",
          "ctx.send",
          "HttpResponse",
          "make_response",
          "Response",
          "response.getWriter().write",
          "response.getWriter().println",
          "response.getWriter().print",
          "out.println",
          "out.print",
          "out.write",
          "writer.println",
          "writer.write");

  private Requests() {}

  static Optional<Danger> of(Call call) {
    if (!mayMatter(call) || !Outside.feeds(call)) {
      return Optional.empty();
    }
    String function = Text.around(call.tree(), call.node());
    if (isPath(call)) {
      return CLEANED.matcher(function).find()
          ? Optional.empty()
          : found("path-traversal", "a path holds what a request says");
    }
    if (isAddress(call)) {
      return CHECKED.matcher(function).find()
          ? Optional.empty()
          : found("request-forgery", "an address that a request names is asked");
    }
    if (isRedirect(call)) {
      return CHECKED.matcher(function).find() ? Optional.empty() : redirect(call);
    }
    return isPage(call)
            && !function.matches(
                "(?s).*(?:escape|sanitize|encode|bleach|Encode\\.for|purify|DOMPurify).*")
        ? found("markup-injection", "what a request says becomes markup unescaped")
        : Optional.empty();
  }

  /**
   * Who sends visitors back to the page they are on, or to a place of a fixed site, is no guide.
   */
  private static Optional<Danger> redirect(Call call) {
    Optional<TSNode> target =
        call.arguments().stream()
            .limit(3)
            .filter(argument -> Outside.isFrom(call.tree(), argument))
            .findFirst();
    if (target.isEmpty()) {
      return Optional.empty();
    }
    String text = call.tree().text(target.get());
    if (FIXED_SITE.matcher(text).lookingAt()) {
      return Optional.empty();
    }
    boolean own = OWN_PAGE.matcher(text).find() && !GIVEN.matcher(text).find();
    return Optional.of(
        Danger.security(
            "open-redirect",
            own ? Severity.LOW : Severity.HIGH,
            "visitors are sent where a request says"));
  }

  private static Optional<Danger> found(String rule, String what) {
    return Optional.of(Danger.security(rule, Severity.HIGH, what));
  }

  private static boolean mayMatter(Call call) {
    return isPath(call) || isAddress(call) || isRedirect(call) || isPage(call);
  }

  private static boolean isRedirect(Call call) {
    return REDIRECTS.contains(call.callee())
        || (HEADERS.contains(call.name()) && LOCATION.matcher(call.text()).find());
  }

  private static boolean isPath(Call call) {
    return PATHS.contains(call.callee()) || RESOLVES.matcher(call.callee()).matches();
  }

  /** Only the address itself counts: what is sent along may well come from a request. */
  private static boolean isAddress(Call call) {
    return FETCHES.contains(call.callee())
        && !call.arguments().isEmpty()
        && Outside.isFrom(call.tree(), call.arguments().getFirst())
        && !call.tree()
            .text(call.arguments().getFirst())
            .matches("(?s)[f]?[\"'`]https?://[\\w.-]+[/?].*");
  }

  private static boolean isPage(Call call) {
    return PAGES.contains(call.callee())
        && (call.isFedByParts() ? call.composed().contains("<") : isBareValue(call));
  }

  private static boolean isBareValue(Call call) {
    return call.callee().contains("riter")
        && call.text().matches("(?s).*[rR]eq\\w*\\.getParameter\\(.*");
  }
}
