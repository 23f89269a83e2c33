package dev.slipway.app.detectors.code;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.syntax.Language;
import dev.slipway.app.detectors.syntax.SyntaxTree;
import dev.slipway.app.detectors.text.AnyOf;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.treesitter.TSNode;

/**
 * Dangerous and slow code on changed lines of production files: rules {@code security.*} and {@code
 * performance.*}. A file is parsed only where a changed line holds a word that matters.
 */
public final class CodeDetector implements Detector {
  /** A word of every call that {@link Sinks} and {@link Slowness} know. */
  private static final AnyOf WORTH =
      AnyOf.words(
          "exec query update select raw sql system popen subprocess eval function( file path open "
              + "load decode inputstream xml typing digest hash md5 sha1 cipher des arc blowfish verify "
              + "reject ssl hostname trust write print mark_safe markup template insertadjacent find fetch "
              + "get( objects. requests. axios sleep sync block join( read create serialize runin save "
              + "count delete remove unlink rmtree literal insert redirect send render chmod cookie url "
              + "uri newinstance sax extract pickle yaml key jwt parseexpression lookup forname search "
              + "evaluate xpath bypass .html append timeout interval spawn process aggregate policy run( "
              + "environment response download require resolve goto nullcipher crypto rsa dsa kryo get_ "
              + "initialize header ocation where having .new( __import__ mktemp setsecure sethttponly "
              + ".all( .each( .any( .one( .none( .filter( .order_by( .mutate(");

  /** Arguments that change what a call means, on a line of their own. */
  private static final AnyOf SETTING =
      AnyOf.words(
          "verify shell reject httponly debug autoescape pickle algorithm secure entities noent "
              + "key_size _ecb hostname ssl req. request. select where update delete insert");

  private static final Pattern TOOL =
      Pattern.compile(
          "(?i)(?:^|/)(?:scripts?|tools?|tooling|hack|ci|build|tasks|devtools|bin)/|(?:^|/)(?:rakefile|fastfile|capfile|gulpfile|gruntfile|noxfile|fabfile)|\\.(?:rake|gemspec|kts)$");

  private static final int LINE_MAX = 2_000;

  /** Of a call over more lines than this only the first are asked after. */
  private static final int LINES_MAX = 40;

  /** What was found in a file; its path, if not all of it could be read. */
  private record Seen(List<Finding> findings, List<String> unread) {}

  @Override
  public String name() {
    return "code";
  }

  @Override
  public Outcome inspect(Subject subject) {
    Indexes indexes = new Indexes(subject);
    List<Callable<Seen>> tasks =
        ChangedFile.of(subject).stream()
            .filter(file -> file.role() == FileRole.PRODUCTION)
            .map(file -> (Callable<Seen>) () -> inspect(file, subject, indexes))
            .toList();
    List<Finding> all = new ArrayList<>(lost(subject));
    List<String> unread = new ArrayList<>();
    for (Seen seen : all(tasks)) {
      all.addAll(seen.findings());
      unread.addAll(seen.unread());
    }
    return unread.isEmpty()
        ? new Outcome.Inspected(all)
        : new Outcome.Partly(all, "too long to parse: " + String.join(", ", unread));
  }

  private static List<Finding> lost(Subject subject) {
    Findings findings = new Findings(Kind.SECURITY, subject);
    new LostGuards(ChangedFile.of(subject)).inspect(findings);
    return findings.all();
  }

  /** Trees take longer than all else in a review, so all processors make them; in order. */
  private static List<Seen> all(List<Callable<Seen>> tasks) {
    int threads = Math.clamp(tasks.size(), 1, Runtime.getRuntime().availableProcessors());
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Seen> all = new ArrayList<>();
      for (Future<Seen> task : workers.invokeAll(tasks)) {
        all.add(task.get());
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("called off", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e);
    }
  }

  private static Seen inspect(ChangedFile file, Subject subject, Indexes indexes) {
    Findings security = new Findings(Kind.SECURITY, subject);
    Findings performance = new Findings(Kind.PERFORMANCE, subject);
    List<String> unread = new ArrayList<>();
    Marks.inspect(file, security);
    Language.of(file.path())
        .ifPresent(
            language ->
                file.newSides()
                    .forEach(
                        side ->
                            calls(language, side, isTool(file), security, performance, unread)));
    Dialect.of(file.path())
        .ifPresent(
            dialect ->
                file.newSides()
                    .forEach(side -> ScriptCalls.inspect(dialect, side, isTool(file), security)));
    if (file.syntax().kind() == Syntax.Kind.CODE) {
      Authorization.inspect(file, security);
      AlwaysAllows.inspect(file, security);
      SecretLogs.inspect(file, security);
      indexes.inspect(file, performance);
    }
    List<Finding> findings = new ArrayList<>(security.all());
    findings.addAll(performance.all());
    return new Seen(findings, unread);
  }

  /** Programs that only those run who build the software: what they are given is their own. */
  private static boolean isTool(ChangedFile file) {
    return TOOL.matcher(file.path()).find();
  }

  private static void calls(
      Language language,
      NewSide side,
      boolean isTool,
      Findings security,
      Findings performance,
      List<String> unread) {
    List<Integer> starts = new ArrayList<>();
    NavigableSet<Integer> rows = worthRows(side, starts);
    if (rows.isEmpty()) {
      return;
    }
    Optional<SyntaxTree> parsed = SyntaxTree.of(language, side.text(), rows);
    if (parsed.isEmpty()) {
      unread.add(side.path());
      return;
    }
    try (SyntaxTree tree = parsed.get()) {
      if (!tree.isWhole()) {
        unread.add(side.path());
      }
      Set<String> told = new HashSet<>();
      for (TSNode node : tree.all(tree.root(), Call.TYPES)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException("called off");
        }
        rowOf(language, tree, node, rows)
            .ifPresent(
                row ->
                    Call.of(language, tree, node)
                        .ifPresent(
                            call ->
                                tell(
                                    call,
                                    side,
                                    isTool,
                                    starts.get(row),
                                    security,
                                    performance,
                                    told)));
      }
    }
  }

  /** The row to tell of a call: its own if it is new, else that of a new value it is given. */
  private static Optional<Integer> rowOf(
      Language language, SyntaxTree tree, TSNode node, NavigableSet<Integer> rows) {
    return isOn(node, rows)
        ? Optional.of(SyntaxTree.row(node))
        : Call.of(language, tree, node).flatMap(call -> call.givenOn(rows));
  }

  private static boolean isOn(TSNode node, NavigableSet<Integer> rows) {
    int begin = SyntaxTree.row(node);
    Integer first = rows.ceiling(begin);
    return first != null
        && (first == begin || first <= Math.min(node.getEndPoint().getRow(), begin + LINES_MAX));
  }

  private static void tell(
      Call call,
      NewSide side,
      boolean isTool,
      int position,
      Findings security,
      Findings performance,
      Set<String> told) {
    for (Optional<Danger> danger : List.of(Sinks.of(call), Slowness.of(call))) {
      danger.ifPresent(
          it -> {
            if (told.add(it.rule() + call.row())) {
              (it.kind() == Kind.SECURITY ? security : performance)
                  .add(it.rule(), severity(it, call, isTool), side, position, it.what());
            }
          });
    }
  }

  private static Severity severity(Danger danger, Call call, boolean isTool) {
    boolean own = isTool && danger.rule().equals("security.command-injection");
    return own && !Outside.feeds(call) ? Severity.MEDIUM : danger.severity();
  }

  /** The rows, from 0, of added lines that hold a word of interest; notes where each row begins. */
  private static NavigableSet<Integer> worthRows(NewSide side, List<Integer> starts) {
    NavigableSet<Integer> rows = new TreeSet<>();
    String text = side.text();
    int row = 0;
    for (int at = 0; at < text.length(); row++) {
      starts.add(at);
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      // A line that no person wrote is no code to judge by its calls.
      boolean isWritten = end > at && end - at <= LINE_MAX;
      if (isWritten && side.addsBetween(at, end) && isWorth(text.substring(at, end))) {
        rows.add(row);
      }
      at = end + 1;
    }
    return rows;
  }

  private static boolean isWorth(String line) {
    return (line.indexOf('(') >= 0 && WORTH.isIn(line)) || SETTING.isIn(line);
  }
}
