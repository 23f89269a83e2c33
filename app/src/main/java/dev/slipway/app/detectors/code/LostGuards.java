package dev.slipway.app.detectors.code;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guards that a change takes away. A guard that goes together with what it guarded is no loss, nor
 * is one that moves to another file with the line below it; what it guarded may not turn up
 * elsewhere without it.
 */
final class LostGuards {
  /** What may be done, from least to most; a role of none of these words is not ranked. */
  private static final List<Pattern> RANKS =
      List.of(
          Pattern.compile("(?i)guest|anonymous|public"),
          Pattern.compile("(?i)user|member|customer|viewer|reader|read\\b"),
          Pattern.compile("(?i)editor|writer|write\\b|staff|moderator|manager|operator|support"),
          Pattern.compile("(?i)admin|owner|root|super"));

  private static final Pattern ROUTE =
      Pattern.compile(
          "(?:\\.|::)(?:get|post|put|delete|patch|all|route|Get|Post|Put|Delete|Patch|Handle|HandleFunc|GET|POST|PUT|DELETE|PATCH|MapGet|MapPost|MapPut|MapDelete)\\(\\s*[\"'`]");

  private static final Pattern FUNCTION =
      Pattern.compile(
          "^(?!\\s*(?:if|elif|else|for|while|switch|catch|except|try|with|return|throw|raise|await|new)\\b).*?"
              + "(?:\\b(?:def|function|class|func|fun|fn)\\s+\\w+|=>\\s*\\{?\\s*$"
              + "|^\\s*func\\s+\\([^)]{1,60}\\)\\s+\\w+"
              + "|^\\s*(?:public|private|protected|static|async|final|\\w+(?:<[^>]*>)?)\\s[^=;]*\\([^;]*$"
              + "|^\\s*(?:async\\s+)?\\w+\\([^)]*\\)\\s*\\{\\s*$)");

  private static final Pattern MARKING = Pattern.compile("^\\s*(?:@|\\[\\w)");

  /** What applies a guard to all that follows, and not to one place only. */
  private static final Pattern WIDE =
      Pattern.compile(
          "\\.[uU]se\\(\\s*(?![\"'/`])|\\bbefore_action\\b|\\bbefore_request\\b|\\bdependencies\\s*=|\\baddHook\\(|\\.addFilter\\w*\\(|\\.RequireAuthorization\\(");

  private static final Pattern ROUTED = Pattern.compile("\\(\\s*([\"'`][^\"'`]{1,200}[\"'`])");

  private static final Pattern NAMED =
      Pattern.compile("(\\w+)\\s*(?:\\(|=\\s*(?:async\\s*)?\\(|\\{|:)");

  private static final int LINE_MAX = 2_000;

  private final List<ChangedFile> files;

  /** Pairs of added lines that follow each other, by file: a block that has moved there. */
  private final Map<String, Set<String>> addedPairs = new HashMap<>();

  /** What is declared on added lines, by file. */
  private final Map<String, Set<String>> addedSubjects = new HashMap<>();

  private boolean noted;

  LostGuards(List<ChangedFile> files) {
    this.files =
        files.stream()
            .filter(file -> file.role() == FileRole.PRODUCTION)
            .filter(LostGuards::isGuarded)
            .toList();
  }

  /** Only a change that takes a guard away has to be searched for where that went. */
  private void note() {
    if (!noted) {
      files.forEach(this::noteAdded);
      noted = true;
    }
  }

  private static boolean isGuarded(ChangedFile file) {
    String name = file.name().toLowerCase(java.util.Locale.ROOT);
    return file.syntax().kind() == Syntax.Kind.CODE
        || name.endsWith(".html")
        || name.endsWith(".xml")
        || name.endsWith(".erb")
        || name.endsWith(".conf");
  }

  private void noteAdded(ChangedFile file) {
    Set<String> pairs = new HashSet<>();
    Set<String> subjects = new HashSet<>();
    for (Hunk hunk : file.change().hunks()) {
      String before = "";
      for (Line line : hunk.lines()) {
        if (line instanceof Line.Added added && added.text().length() < LINE_MAX) {
          String text = added.text().strip();
          if (!text.isEmpty()) {
            pairs.add(before + "\n" + text);
            before = text;
          }
          if (ROUTE.matcher(text).find() || FUNCTION.matcher(text).find()) {
            subjects.addAll(names(text));
          }
        }
      }
    }
    addedPairs.put(file.path(), pairs);
    addedSubjects.put(file.path(), subjects);
  }

  void inspect(Findings findings) {
    for (ChangedFile file : files) {
      lost(file, Guards::checksIn)
          .keySet()
          .forEach(
              check -> tell(file, "takes away a check of who may do this: " + check, findings));
      Set<String> safeguards = lost(file, Guards::safeguardsIn).keySet();
      if (!safeguards.isEmpty()) {
        String region = region(file);
        String added = added(file);
        safeguards.stream()
            .filter(name -> Guards.isMissed(name, region, added))
            .forEach(name -> tell(file, "takes away " + name, findings));
      }
    }
  }

  private static void tell(ChangedFile file, String what, Findings findings) {
    findings.add("security.authorization", Severity.HIGH, file.path(), what);
  }

  private static String region(ChangedFile file) {
    StringBuilder all = new StringBuilder(file.path()).append('\n');
    file.change()
        .hunks()
        .forEach(hunk -> hunk.lines().forEach(line -> all.append(line.text()).append('\n')));
    return all.toString();
  }

  private static String added(ChangedFile file) {
    StringBuilder all = new StringBuilder();
    file.change().added().forEach(line -> all.append(line.text()).append('\n'));
    return all.toString();
  }

  /** The guards that are deleted more often than added, without those whose subject goes too. */
  private Map<String, Integer> lost(ChangedFile file, Function<String, List<String>> guards) {
    if (file.change().deleted().stream()
        .noneMatch(line -> isCode(line.text()) && !guards.apply(line.text()).isEmpty())) {
      return Map.of();
    }
    note();
    Map<String, Integer> counts = new HashMap<>();
    Set<String> wide = new HashSet<>();
    for (Hunk hunk : file.change().hunks()) {
      List<Line> lines = hunk.lines();
      for (int at = 0; at < lines.size(); at++) {
        switch (lines.get(at)) {
          case Line.Deleted deleted -> {
            List<String> names = isCode(deleted.text()) ? guards.apply(deleted.text()) : List.of();
            if (!names.isEmpty()
                && !isMoved(file, lines, at)
                && !isReplaced(lines, at)
                && !isNoLoss(file, lines, at)) {
              names.forEach(name -> counts.merge(name, 1, Integer::sum));
            }
          }
          case Line.Added added -> {
            List<String> names = isCode(added.text()) ? guards.apply(added.text()) : List.of();
            names.forEach(name -> counts.merge(name, -1, Integer::sum));
            if (!names.isEmpty() && isWide(lines, at)) {
              wide.addAll(names);
            }
          }
          case Line.Context ignored -> {}
        }
      }
    }
    List<String> gained =
        counts.entrySet().stream().filter(it -> it.getValue() < 0).map(Map.Entry::getKey).toList();
    counts
        .entrySet()
        .removeIf(
            it ->
                it.getValue() <= 0
                    || wide.contains(it.getKey())
                    || gained.stream().anyMatch(other -> isStricter(other, it.getKey())));
    return counts;
  }

  /** A deleted file loses only what is written anew elsewhere. */
  private boolean isNoLoss(ChangedFile file, List<Line> lines, int at) {
    List<String> subject = subjectOf(lines, at);
    boolean elsewhere =
        addedSubjects.entrySet().stream()
            .anyMatch(
                it ->
                    !it.getKey().equals(file.path())
                        && subject.stream().anyMatch(it.getValue()::contains));
    if (elsewhere) {
      // The other file has it with the guard, or the pair of lines would not be asked after.
      return guardsElsewhere(file, lines.get(at).text());
    }
    return file.change().kind() == FileChange.Kind.DELETED
        || (!subject.isEmpty() && isGone(lines, subject));
  }

  private boolean guardsElsewhere(ChangedFile file, String line) {
    List<String> checks = new ArrayList<>(Guards.checksIn(line));
    checks.addAll(Guards.safeguardsIn(line));
    return files.stream()
        .filter(other -> !other.path().equals(file.path()))
        .flatMap(other -> other.change().added().stream())
        .filter(added -> added.text().length() < LINE_MAX)
        .anyMatch(
            added ->
                Guards.checksIn(added.text()).stream().anyMatch(checks::contains)
                    || Guards.safeguardsIn(added.text()).stream().anyMatch(checks::contains));
  }

  /** Whether the line and the deleted line below it stand together in another file now. */
  private boolean isMoved(ChangedFile file, List<Line> lines, int at) {
    String text = lines.get(at).text().strip();
    for (int below = at + 1; below < lines.size(); below++) {
      String next = lines.get(below).text().strip();
      if (lines.get(below) instanceof Line.Added || next.isEmpty()) {
        continue;
      }
      return lines.get(below) instanceof Line.Deleted
          && addedPairs.entrySet().stream()
              .anyMatch(
                  it ->
                      !it.getKey().equals(file.path())
                          && it.getValue().contains(text + "\n" + next));
    }
    return false;
  }

  /** Whether the line stands there again, with another check that asks for no less. */
  private static boolean isReplaced(List<Line> lines, int at) {
    String text = lines.get(at).text();
    String bare = Guards.withoutChecks(text);
    return bare.contains("§")
        && lines.stream()
            .filter(Line.Added.class::isInstance)
            .map(Line::text)
            .filter(other -> other.length() < LINE_MAX && !other.strip().equals(text.strip()))
            .anyMatch(
                other ->
                    Guards.withoutChecks(other).equals(bare)
                        && strength(other) >= strength(text)
                        && strength(text) > 0);
  }

  /** How much the checks of a line ask for by their names; 0 where the names do not say. */
  private static int strength(String code) {
    String checks = String.join(" ", Guards.checksIn(code));
    if (checks.contains("(")) {
      // What is asked for stands in the arguments: see isStricter.
      return 0;
    }
    for (int rank = RANKS.size() - 1; rank > 0; rank--) {
      if (RANKS.get(rank).matcher(checks).find()) {
        return rank + 1;
      }
    }
    return checks.matches("(?i).*(?:auth|log|session|token|jwt|csrf|signature).*") ? 1 : 0;
  }

  private static boolean isWide(List<Line> lines, int at) {
    if (WIDE.matcher(lines.get(at).text()).find()) {
      return true;
    }
    if (!MARKING.matcher(lines.get(at).text()).find()) {
      return false;
    }
    for (int below = at + 1; below < lines.size(); below++) {
      String text = lines.get(below).text();
      if (!(lines.get(below) instanceof Line.Deleted)
          && !text.isBlank()
          && !MARKING.matcher(text).find()) {
        return text.matches(".*\\bclass\\s+\\w+.*");
      }
    }
    return false;
  }

  /** Whether the same check now asks for more than before. */
  private static boolean isStricter(String now, String before) {
    int open = before.indexOf('(');
    return open > 0
        && now.startsWith(before.substring(0, open + 1))
        && rank(before) >= 0
        && rank(now) > rank(before);
  }

  /** The lowest of the roles that are named. */
  private static int rank(String check) {
    String roles = check.substring(check.indexOf('(') + 1);
    for (int rank = 0; rank < RANKS.size(); rank++) {
      if (RANKS.get(rank).matcher(roles).find()) {
        return rank;
      }
    }
    return -1;
  }

  static boolean isCode(String text) {
    String code = text.strip();
    return text.length() < LINE_MAX
        && !code.startsWith("import ")
        && !code.startsWith("from ")
        && !code.startsWith("using ")
        && !code.startsWith("use ")
        && !code.startsWith("//")
        && !code.startsWith("#")
        && !code.startsWith("*")
        && !code.startsWith("/*")
        && !code.matches("(?:const|let|var)\\b.*\\brequire\\(.*");
  }

  /** What the guarded function or route is known by, if that is deleted with the guard. */
  private static List<String> subjectOf(List<Line> lines, int at) {
    String text = lines.get(at).text();
    if (MARKING.matcher(text).find()) {
      return subjectBelow(lines, at);
    }
    if (ROUTE.matcher(text).find() || FUNCTION.matcher(text).find()) {
      return names(text);
    }
    return functionAbove(lines, at);
  }

  /** The declaration under an annotation, if it is deleted too. */
  private static List<String> subjectBelow(List<Line> lines, int at) {
    for (int below = at + 1; below < lines.size(); below++) {
      String text = lines.get(below).text();
      if (lines.get(below) instanceof Line.Added
          || text.isBlank()
          || MARKING.matcher(text).find()) {
        continue;
      }
      return lines.get(below) instanceof Line.Deleted ? names(text) : List.of();
    }
    return List.of();
  }

  /** The function's head above a statement, if all lines between them are deleted. */
  private static List<String> functionAbove(List<Line> lines, int at) {
    int indent = indent(lines.get(at).text());
    for (int above = at - 1; above >= 0; above--) {
      Line line = lines.get(above);
      if (line instanceof Line.Context && !line.text().isBlank()) {
        return List.of();
      }
      if (line instanceof Line.Deleted
          && indent(line.text()) < indent
          && FUNCTION.matcher(line.text()).find()) {
        return names(line.text());
      }
    }
    return List.of();
  }

  /** Whether nothing that is added names what this line names. */
  private static boolean isGone(List<Line> lines, List<String> names) {
    return lines.stream()
        .filter(Line.Added.class::isInstance)
        .noneMatch(line -> names.stream().anyMatch(line.text()::contains));
  }

  /** What a declaration is known by: a route's text, else the name before the parameters. */
  private static List<String> names(String subject) {
    Matcher route = ROUTED.matcher(subject);
    Matcher name = NAMED.matcher(subject);
    if (ROUTE.matcher(subject).find() && route.find()) {
      return List.of(route.group(1));
    }
    return name.find()
        ? List.of(name.group(1) + "(", name.group(1) + " ")
        : List.of(subject.strip());
  }

  private static int indent(String text) {
    return text.length() - text.stripLeading().length();
  }
}
