package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Calls that are dangerous with what they are given. */
final class Sinks {
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
          "literal",
          "$queryRawUnsafe",
          "$executeRawUnsafe",
          "run",
          "all",
          "get",
          "exec",
          "unsafe",
          "sql",
          "fetch",
          "fetchrow",
          "fetchval",
          "nativeQuery",
          "select",
          "mutate");

  private static final Pattern SQL =
      Pattern.compile(
          "(?is)\\b(?:select\\b.{1,400}?\\bfrom|insert\\s+into|update\\s+[\\w\"`.{$]+.{0,40}?\\bset|delete\\s+from|from\\s+\\w+\\s+(?:\\w+\\s+)?where|drop\\s+table|alter\\s+table|create\\s+(?:table|user|index)|truncate|order\\s+by|where\\s+[\\w.]+\\s*(?:=|like|in))");

  private static final Set<String> SHELLS =
      Set.of(
          "os.system",
          "os.popen",
          "commands.getoutput",
          "commands.getstatusoutput",
          "subprocess.getoutput",
          "subprocess.getstatusoutput",
          "asyncio.create_subprocess_shell",
          "child_process.exec",
          "child_process.execSync",
          "execSync",
          "shell.exec",
          "cp.exec",
          "cp.execSync");

  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\b(?:req|request|ctx\\.request|ctx)\\.(?:params|query|body|headers|cookies|args|form|files|GET|POST|json|values|data|path_params|query_params|url)\\b"
              + "|\\brequest\\.get(?:Parameter|Header|QueryString|PathInfo|Part)\\b|\\bgetOriginalFilename\\(|\\.filename\\b|\\bentry\\.getName\\(|\\bsys\\.argv\\b|\\binput\\(");

  private static final Set<String> PATHS =
      Set.of(
          "new File",
          "Paths.get",
          "Path.of",
          "new FileInputStream",
          "new FileReader",
          "new FileOutputStream",
          "Files.readAllBytes",
          "Files.readString",
          "Files.newInputStream",
          "Files.delete",
          "Files.copy",
          "open",
          "send_file",
          "send_from_directory",
          "FileResponse",
          "os.remove",
          "os.path.join",
          "shutil.rmtree",
          "Path",
          "os.unlink",
          "fs.readFile",
          "fs.readFileSync",
          "fs.createReadStream",
          "fs.writeFile",
          "fs.writeFileSync",
          "fs.unlink",
          "fs.promises.readFile",
          "path.join",
          "path.resolve",
          "res.sendFile",
          "res.download",
          "readFile",
          "readFileSync",
          "createReadStream",
          "fs.unlinkSync",
          "fs.rmSync");

  private static final Set<String> LOADERS =
      Set.of(
          "pickle.load",
          "pickle.loads",
          "cPickle.load",
          "cPickle.loads",
          "dill.load",
          "dill.loads",
          "marshal.loads",
          "marshal.load",
          "shelve.open",
          "jsonpickle.decode",
          "joblib.load",
          "new ObjectInputStream",
          "new XMLDecoder",
          "serialize.unserialize",
          "unserialize",
          "pickle.Unpickler",
          "yaml.unsafe_load",
          "yaml.full_load",
          "vm.runInNewContext",
          "vm.runInThisContext");

  private static final Pattern WEAK_HASH = Pattern.compile("(?i)[\"'](?:md[245]|sha-?1)[\"']");
  private static final Pattern WEAK_CIPHER =
      Pattern.compile(
          "(?i)[\"'](?:des|desede|3des|rc2|rc4|arcfour|blowfish|aes|aes/ecb[^\"']*|[^\"']*-ecb|des-[^\"']*|rc4[^\"']*|bf-[^\"']*)[\"']");

  private static final Set<String> OUTPUTS =
      Set.of(
          "document.write",
          "document.writeln",
          "mark_safe",
          "Markup",
          "render_template_string",
          "insertAdjacentHTML",
          "format_html_unsafe",
          "Template");

  private Sinks() {}

  static Optional<Danger> of(Call call) {
    return injection(call)
        .or(() -> path(call))
        .or(() -> loader(call))
        .or(() -> crypto(call))
        .or(() -> trust(call))
        .or(() -> markup(call));
  }

  private static Optional<Danger> injection(Call call) {
    boolean query =
        QUERIES.contains(call.name())
            && call.isFedByParts()
            && (call.name().endsWith("Unsafe") || SQL.matcher(call.composed()).find());
    if (query) {
      return Optional.of(
          Danger.security(
              "sql-injection", Severity.HIGH, "a query is put together from text and values"));
    }
    if (isShell(call)) {
      return Optional.of(
          Danger.security(
              "command-injection", Severity.HIGH, "a shell command is put together from values"));
    }
    boolean evaluates =
        Set.of("eval", "exec", "new Function", "ScriptEngine.eval", "engine.eval")
                .contains(call.callee())
            && call.isFedByValue();
    return evaluates
        ? Optional.of(
            Danger.security("code-injection", Severity.HIGH, "code is made from values and run"))
        : Optional.empty();
  }

  private static boolean isShell(Call call) {
    String text = call.text();
    if (SHELLS.contains(call.callee()) || call.callee().equals("exec") && isScript(call)) {
      return call.isFedByParts() || OUTSIDE.matcher(text).find();
    }
    if (text.matches("(?s).*\\bshell\\s*[=:]\\s*[Tt]rue\\b.*")) {
      return call.isFedByValue() && !call.text().startsWith("([");
    }
    boolean runtime = call.callee().endsWith(".exec") && call.callee().contains("untime");
    boolean builder =
        call.callee().equals("new ProcessBuilder") && text.matches("(?s).*\"-c\".*|.*\"/c\".*");
    return (runtime || builder) && call.isFedByParts();
  }

  private static boolean isScript(Call call) {
    return switch (call.language()) {
      case JAVASCRIPT, TYPESCRIPT -> true;
      case JAVA, PYTHON -> false;
    };
  }

  private static Optional<Danger> path(Call call) {
    boolean outside =
        PATHS.contains(call.callee())
            && (OUTSIDE.matcher(call.text()).find()
                || call.arguments().stream()
                    .anyMatch(it -> OUTSIDE.matcher(Text.spelt(call.tree(), it)).find()));
    boolean cleaned =
        call.text().contains("secure_filename")
            || call.text().contains("basename")
            || call.text().contains("getFileName");
    return outside && !cleaned
        ? Optional.of(
            Danger.security("path-traversal", Severity.HIGH, "a path holds what a request says"))
        : Optional.empty();
  }

  private static Optional<Danger> loader(Call call) {
    String text = call.text();
    boolean yaml =
        call.callee().equals("yaml.load")
            && call.language() == dev.slipway.app.detectors.syntax.Language.PYTHON
            && !text.contains("SafeLoader");
    boolean typing =
        call.name().equals("enableDefaultTyping") || call.name().equals("activateDefaultTyping");
    boolean stream =
        call.name().equals("fromXML")
            && call.callee().toLowerCase(java.util.Locale.ROOT).contains("stream");
    boolean snake = call.callee().endsWith("new Yaml().load");
    boolean torch = call.callee().equals("torch.load") && !text.contains("weights_only=True");
    return LOADERS.contains(call.callee()) || yaml || typing || stream || snake || torch
        ? Optional.of(
            Danger.security(
                "deserialization",
                Severity.HIGH,
                call.callee() + " makes whatever objects the data names"))
        : Optional.empty();
  }

  private static Optional<Danger> crypto(Call call) {
    String text = call.text();
    boolean python =
        call.callee().matches("hashlib\\.(?:md5|sha1)") && !text.contains("usedforsecurity=False");
    boolean hash =
        (call.callee().equals("MessageDigest.getInstance")
                || call.name().equals("createHash")
                || call.name().equals("createHmac")
                || call.callee().equals("hashlib.new"))
            && WEAK_HASH.matcher(text).find();
    boolean cipher =
        ((call.callee().equals("Cipher.getInstance")
                    || call.name().equals("createCipheriv")
                    || call.callee().equals("KeyGenerator.getInstance"))
                && WEAK_CIPHER.matcher(text).find()
                && !(call.callee().startsWith("KeyGenerator") && text.matches("(?i)\\(\"aes\"\\)")))
            || call.name().equals("createCipher")
            || call.callee().matches("(?:DES3?|ARC4|Blowfish|ARC2)\\.new")
            || text.contains("MODE_ECB");
    return python || hash || cipher
        ? Optional.of(
            Danger.security("weak-crypto", Severity.MEDIUM, "an algorithm that no longer protects"))
        : Optional.empty();
  }

  private static Optional<Danger> trust(Call call) {
    String text = call.text();
    boolean off =
        text.matches(
                "(?s).*(?:\\bverify\\s*=\\s*False|\\bverify_ssl\\s*=\\s*False|\\bssl\\s*=\\s*False|rejectUnauthorized\\s*:\\s*false|insecureSkipVerify\\s*:\\s*true|CERT_NONE|NoopHostnameVerifier|ALLOW_ALL_HOSTNAME_VERIFIER|TrustAllStrategy|InsecureTrustManagerFactory).*")
            || call.callee().equals("ssl._create_unverified_context")
            || (call.name().endsWith("ostnameVerifier") && text.matches("(?s).*->\\s*true.*"));
    boolean outermost = off && !call.callee().contains("jwt");
    if (call.callee().matches("(?:jwt|jose)\\.decode")
        && text.matches("(?s).*(?:verify\\s*=\\s*False|verify_signature['\"]?\\s*:\\s*False).*")) {
      return Optional.of(
          Danger.security("authorization", Severity.HIGH, "a token's signature is not checked"));
    }
    return outermost
        ? Optional.of(
            Danger.security(
                "tls-disabled", Severity.HIGH, "the other side's certificate is not checked"))
        : Optional.empty();
  }

  private static Optional<Danger> markup(Call call) {
    return OUTPUTS.contains(call.callee())
            && (call.isFedByParts() || OUTSIDE.matcher(call.text()).find())
        ? Optional.of(
            Danger.security("markup-injection", Severity.HIGH, "values become markup unescaped"))
        : Optional.empty();
  }
}
