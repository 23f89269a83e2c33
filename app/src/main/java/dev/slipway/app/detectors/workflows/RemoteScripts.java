package dev.slipway.app.detectors.workflows;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.text.AnyOf;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code that comes from elsewhere and runs unseen: downloaded into a shell, decoded and evaluated;
 * and the way back, secrets of the machine sent out.
 */
final class RemoteScripts implements Check {
  private static final String FETCH =
      "\\b(?:curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod)\\b";
  private static final String INTERPRETER =
      "(?:sudo\\s+(?:-\\S{1,20}\\s+){0,3})?(?:/(?:usr/)?bin/)?(?:env\\s+)?"
          + "(?:(?:ba|z|da|k)?sh|python[23]?|perl|ruby|node|php|iex|invoke-expression)\\b";
  private static final Pattern PIPED =
      Pattern.compile(
          FETCH
              + "\\s[^|;]{3,400}+\\|\\s*"
              + INTERPRETER
              + "|(?:\\b(?:ba|z)?sh|\\bsource|\\beval|\\.)\\s+<\\(\\s*"
              + FETCH
              + "|(?:\\b(?:ba|z|da)?sh\\s+-c|\\beval)\\s+[\"']?\\$\\(\\s*"
              + FETCH
              + "|\\b(?:iex|invoke-expression)\\b\\s*[\"'$(&]{1,4}[^|;]{0,60}(?:"
              + FETCH
              + "|downloadstring)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DOWNLOADED =
      Pattern.compile(
          FETCH
              + "[^|;&]{0,400}+(?:&&|;)\\s*(?:sudo\\s+)?(?:(?:ba|z)?sh\\s+\\S|chmod\\s+\\S{0,10}x)",
          Pattern.CASE_INSENSITIVE);

  /** One of these is in every line that a pattern matches: to look for them costs far less. */
  private static final AnyOf SIGNS =
      AnyOf.of(
          List.of(
              "curl",
              "wget",
              "fetch",
              "iwr",
              "irm",
              "invoke-",
              "iex",
              "eval",
              "exec",
              "system",
              "popen",
              "passthru",
              "spawn",
              "function",
              "settimeout",
              "base64",
              "xxd",
              "powershell",
              "env",
              "/dev/",
              "bash",
              "nc ",
              "certificate",
              "trusted-host",
              "unauthenticated",
              "force-yes",
              "ssl",
              "reject",
              "gpg",
              "goinsecure",
              "gonosum",
              "gosumdb"));

  /** Installers that a language or tool asks its users to pipe into a shell. */
  private static final List<String> KNOWN =
      List.of(
          "https://sh.rustup.rs",
          "https://get.sdkman.io",
          "https://get.docker.com",
          "https://deb.nodesource.com/",
          "https://rpm.nodesource.com/",
          "https://install.python-poetry.org",
          "https://astral.sh/",
          "https://bun.sh/install",
          "https://deno.land/install",
          "https://get.pnpm.io/",
          "https://get.k3s.io",
          "https://raw.githubusercontent.com/nvm-sh/nvm/",
          "https://raw.githubusercontent.com/homebrew/install/",
          "https://raw.githubusercontent.com/helm/helm/");

  private static final Pattern UNVERIFIED =
      Pattern.compile(
          "--no-check-certificate|--trusted-host\\b|--allow-unauthenticated|--force-yes"
              + "|strict-ssl[ =\"':]{1,4}false|http\\.sslverify[ =]false|git_ssl_no_verify"
              + "|node_tls_reject_unauthorized[ =\"':\\]]{1,5}0|--no-gpg-check|gpgcheck=0"
              + "|\\bgoinsecure\\b|\\bgonosumdb\\b|\\bgonosumcheck\\b|gosumdb[ =\"':]{1,4}off",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LOCAL =
      Pattern.compile("\\b(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0)\\b|\\[::1\\]");
  private static final Pattern CURL_UNVERIFIED =
      Pattern.compile("\\s(?:-[a-zA-Z]{0,8}k[a-zA-Z]{0,8}|--insecure)\\b");

  private static final Pattern ENCODED =
      Pattern.compile(
          "\\b(?:eval|Function|exec|execSync|setTimeout|system|popen|run|call|Popen|check_output|shell_exec|passthru|instance_eval|spawn|spawnSync)\\s*\\(\\s*(?:new\\s+String\\()?"
              + "(?:compile\\s*\\(\\s*)?(?:[\\w.]{0,40}\\(\\s*)?"
              + "(?:atob|unescape|Buffer\\.from|String\\.fromCharCode|__import__\\(\\s*['\"](?:base64"
              + "|zlib|codecs|marshal)['\"]\\s*\\)|base64\\.|zlib\\.|codecs\\.decode|marshal\\.loads"
              + "|bytes\\.fromhex|base64_decode|gzinflate|gzuncompress|str_rot13|Base64\\.decode64)"
              + "|\\b(?:eval|exec|Function|system)\\s*\\(\\s*(?:compile\\s*\\(\\s*)?(?:await\\s+)?[\\w.(\\s]{0,30}(?:urlopen|requests\\.get|urllib|fetch|axios\\.get|http\\.get|Net::HTTP|file_get_contents)\\s*\\(?[^)]{0,20}[\"'(]?https?:"
              + "|base64\\s+(?:-d|-D|--decode)\\b[^|]{0,100}+\\|\\s*"
              + INTERPRETER
              + "|xxd\\s+-r[^|]{0,60}+\\|\\s*"
              + INTERPRETER
              + "|powershell[^|;]{0,80}\\s-e(?:nc|ncodedcommand)?\\s+[A-Za-z0-9+/=]{40}");

  private static final Pattern SENT_OUT =
      Pattern.compile(
          "\\b(?:env|printenv)\\b[^|;&]{0,40}+\\|\\s*(?:base64\\b[^|]{0,40}+\\|\\s*)?(?:curl|nc|wget)\\b"
              + "|\\b(?:curl|wget)\\b[^|;]{0,300}\\$\\((?:\\s*(?:env|printenv)\\b|[^)]{0,40}(?:/\\.(?:ssh|aws|npmrc|netrc|kube|docker|git-credentials)|/proc/self/environ|/etc/(?:passwd|shadow)))"
              + "|/dev/(?:tcp|udp)/[\\w.$]{1,100}+/|\\bnc\\b[^|;]{0,60}\\s-e\\s|\\bbash\\s+-i\\s+>&");
  private static final Pattern PRIVATE =
      Pattern.compile(
          "\\s(?:-[dFT]|--data[a-z-]{0,12}|--form|--upload-file)[^|;]{0,80}?"
              + "(?:\\$\\(\\s*(?:env|printenv)\\b|/proc/self/environ"
              + "|/\\.(?:ssh|aws|npmrc|netrc|kube|docker)\\b|/etc/(?:passwd|shadow))");

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    if (file.syntax().kind() == Syntax.Kind.PROSE) {
      return;
    }
    List<Row> rows = file.rows();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.isAdded() && !row.code().isBlank()) {
        inspect(file, row, logicalLine(rows, i), findings);
      }
    }
  }

  private static void inspect(ChangedFile file, Row row, String line, Findings findings) {
    if (!SIGNS.isIn(line)) {
      return;
    }
    String lower = line.toLowerCase(Locale.ROOT);
    if (PIPED.matcher(line).find()) {
      boolean known = KNOWN.stream().anyMatch(lower::contains);
      findings.add(
          "supply.piped-script",
          known ? Severity.MEDIUM : grave(file),
          file,
          row,
          "a script from the network runs without being looked at");
    } else if (DOWNLOADED.matcher(line).find()) {
      findings.add(
          "supply.downloaded-program",
          Severity.MEDIUM,
          file,
          row,
          "a program from the network is made to run; check its digest");
    }
    if (isUnverified(row.code())) {
      findings.add(
          "supply.unverified-download",
          Severity.HIGH,
          file,
          row,
          "downloads are not checked to come from where they say");
    }
    Matcher encoded = ENCODED.matcher(line);
    if (encoded.find()) {
      // A test runs too, unless it only holds such a text.
      boolean quoted = line.substring(0, encoded.start()).matches(".*[\"'`][^\"'`]*");
      findings.add(
          "supply.encoded-code",
          quoted ? grave(file) : Severity.HIGH,
          file,
          row,
          "code is hidden in an encoded text and run");
    }
    int curl = line.indexOf("curl ");
    if (SENT_OUT.matcher(line).find() || (curl >= 0 && PRIVATE.matcher(line).find(curl))) {
      findings.add(
          "supply.sent-out",
          grave(file),
          file,
          row,
          "the machine's environment or files are sent away, or a shell is opened to outside");
    }
  }

  /** A test's source often holds such text as an example; scripts and settings are run. */
  private static Severity grave(ChangedFile file) {
    boolean example =
        file.role() == FileRole.TEST && file.syntax().kind() == Syntax.Kind.CODE && !isShell(file);
    return example ? Severity.MEDIUM : Severity.HIGH;
  }

  private static boolean isShell(ChangedFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return name.endsWith("sh")
        || name.endsWith(".ps1")
        || Dockerfiles.isDockerfile(name)
        || name.equals("makefile");
  }

  /** What one asks of one's own machine has a certificate that nobody vouches for. */
  private static boolean isUnverified(String code) {
    return (UNVERIFIED.matcher(code).find() && !LOCAL.matcher(code).find())
        || (code.contains("curl ")
            && List.of(code.split("[|;&]")).stream()
                .anyMatch(
                    c ->
                        c.contains("curl ")
                            && CURL_UNVERIFIED.matcher(c).find()
                            && !LOCAL.matcher(c).find()));
  }

  /** The line with those that continue it: after a backslash, or before a pipe. */
  private static String logicalLine(List<Row> rows, int index) {
    StringBuilder line = new StringBuilder(rows.get(index).code());
    for (int next = index + 1; next < Math.min(rows.size(), index + 6); next++) {
      String more = rows.get(next).code().strip();
      boolean continued = !line.isEmpty() && line.charAt(line.length() - 1) == '\\';
      if (continued) {
        line.setLength(line.length() - 1);
      } else if (!more.startsWith("|")) {
        break;
      }
      line.append(' ').append(more);
    }
    return line.toString();
  }
}
