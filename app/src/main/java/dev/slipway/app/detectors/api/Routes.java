package dev.slipway.app.detectors.api;

import dev.slipway.agents.review.FileRole;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that a service answered and answers no more, as the frameworks' routes say it: compared
 * over the whole change, so that a route that moves, or is said with a common beginning, is none.
 */
final class Routes {
  private static final String PATH = "[\"'`](/?[\\w{}:.*$<>/()+?=&;~^|\\[\\]-]{0,200})[\"'`]";

  private record Framework(Pattern file, Pattern route) {
    static Framework of(String endings, String route) {
      return new Framework(
          Pattern.compile("\\.(?:" + endings + ")$"), Pattern.compile(route.replace("PATH", PATH)));
    }
  }

  private static final List<Framework> FRAMEWORKS =
      List.of(
          // Spring, JAX-RS, Micronaut
          Framework.of(
              "java|kt|groovy|scala",
              "^\\s*@(Get|Post|Put|Delete|Patch|Request)Mapping\\(\\s*(?:value\\s*=\\s*|path\\s*=\\s*)?\\{?\\s*PATH"),
          Framework.of("java|kt|scala", "^\\s*@()(?:Path|Controller)\\(\\s*PATH\\s*\\)"),
          Framework.of("java|kt", "^\\s*@(Get|Post|Put|Delete|Patch)\\(\\s*PATH"),
          // Ktor
          Framework.of("kt", "^\\s*(get|post|put|delete|patch|route)\\(\\s*PATH\\s*\\)\\s*\\{"),
          // Express, Koa, Fastify, NestJS
          Framework.of(
              "js|ts|mjs|cjs|mts|cts",
              "^\\s*(?:\\w+\\.)?(?:app|router|server|fastify|routes?|\\w*Router)\\s*\\.(get|post|put|delete|patch|all)\\(\\s*PATH\\s*,\\s*(?!\\{\\s*\\}\\s*\\))"),
          Framework.of("ts", "^\\s*@(Get|Post|Put|Delete|Patch|Controller)\\(\\s*PATH\\s*\\)"),
          // Flask, FastAPI, Django
          Framework.of(
              "py", "^\\s*@\\w+(?:\\.\\w+)?\\.(route|get|post|put|delete|patch)\\(\\s*PATH"),
          Framework.of("py", "^\\s*()(?:re_)?path\\(\\s*r?PATH\\s*,"),
          // Rails
          Framework.of("rb", "^\\s*(get|post|put|patch|delete)\\s+PATH\\s*(?:,|=>|$)"),
          Framework.of("rb", "^\\s*()resources?\\s+:(\\w+)"),
          // Laravel
          Framework.of(
              "php", "^\\s*Route::(get|post|put|delete|patch|any|resource|apiResource)\\(\\s*PATH"),
          // net/http, gorilla, chi, gin, echo
          Framework.of(
              "go",
              "^\\s*\\w+(?:\\.\\w+)*\\.(Get|Post|Put|Delete|Patch|GET|POST|PUT|DELETE|PATCH|Handle|HandleFunc)\\(\\s*PATH\\s*,"),
          // ASP.NET
          Framework.of("cs", "^\\s*\\[Http(Get|Post|Put|Delete|Patch)\\(\\s*PATH"),
          Framework.of("cs", "^\\s*\\w+\\.Map(Get|Post|Put|Delete|Patch)\\(\\s*PATH"),
          // axum, actix
          Framework.of("rs", "^\\s*\\.(route)\\(\\s*PATH\\s*,"),
          Framework.of("rs", "^\\s*#\\[(get|post|put|delete|patch)\\(\\s*PATH"));

  /** A parameter may be called anything. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\{[^}/]{0,80}\\}|:\\w{1,60}\\??|<[^>/]{0,80}>|\\(\\?P<[^>]{1,60}>[^)]{0,60}\\)");

  /** Something quoted in brackets or after a verb is in every line that says a route. */
  private static final Pattern MAY_BE =
      Pattern.compile(
          "\\(\\s*(?:\\w+\\s*=\\s*)?r?\\{?\\s*[\"'`]|^\\s*(?:get|post|put|patch|delete|resources?)\\s");

  private static final int LINE_MAX = 600;

  private record Found(String verb, String path) {}

  private Routes() {}

  static List<Break> between(List<FileChange> files) {
    if (files.stream().noneMatch(Routes::takesAway)) {
      return List.of();
    }
    Map<Found, String> gone = new LinkedHashMap<>();
    Map<Found, Integer> balance = new HashMap<>();
    Set<String> now = new LinkedHashSet<>();
    Set<String> old = new LinkedHashSet<>();
    for (FileChange file : files) {
      List<Pattern> routes = routesOf(file);
      if (!routes.isEmpty()) {
        file.hunks()
            .forEach(
                hunk ->
                    hunk.lines()
                        .forEach(line -> take(file, routes, line, gone, balance, now, old)));
      }
    }
    List<Break> breaks = new ArrayList<>();
    gone.forEach(
        (route, path) -> {
          if (balance.getOrDefault(route, 0) < 0 && !isSaidOtherwise(route, now, old)) {
            breaks.add(
                new Break(
                    "route.removed",
                    path,
                    0,
                    (route.verb() + " " + route.path()).strip() + " is answered no more"));
          }
        });
    return breaks;
  }

  private static boolean takesAway(FileChange file) {
    return file.deleted().stream()
        .anyMatch(line -> line.text().length() <= LINE_MAX && MAY_BE.matcher(line.text()).find());
  }

  /** How the file says its routes; nothing where no line is taken away, and none can be missed. */
  private static List<Pattern> routesOf(FileChange file) {
    boolean loses =
        FileRole.of(file.path()) == FileRole.PRODUCTION
            && (!file.deleted().isEmpty() || file.kind() == FileChange.Kind.ADDED);
    return FRAMEWORKS.stream()
        .filter(it -> loses && it.file().matcher(file.path()).find())
        .map(Framework::route)
        .toList();
  }

  private static void take(
      FileChange file,
      List<Pattern> routes,
      Line line,
      Map<Found, String> gone,
      Map<Found, Integer> balance,
      Set<String> now,
      Set<String> old) {
    if (line.text().length() > LINE_MAX || !MAY_BE.matcher(line.text()).find()) {
      return;
    }
    for (Pattern pattern : routes) {
      Matcher route = pattern.matcher(line.text());
      if (!route.find()) {
        continue;
      }
      Found found = new Found(verb(route.group(1)), spelt(route.group(2)));
      switch (line) {
        case Line.Deleted ignored -> {
          old.add(found.path());
          gone.putIfAbsent(found, file.path());
          balance.merge(found, -1, Integer::sum);
        }
        case Line.Added ignored -> {
          now.add(found.path());
          balance.merge(found, 1, Integer::sum);
        }
        case Line.Context ignored -> {
          old.add(found.path());
          now.add(found.path());
        }
      }
      return;
    }
  }

  private static String verb(String written) {
    String verb = written.toUpperCase(Locale.ROOT);
    return Set.of("REQUEST", "ROUTE", "ALL", "ANY", "HANDLE", "HANDLEFUNC", "CONTROLLER")
            .contains(verb)
        ? ""
        : verb;
  }

  private static String spelt(String path) {
    String plain = PARAMETER.matcher(path).replaceAll("{}");
    plain = plain.replaceAll("^\\^|\\$$", "");
    return "/" + plain.replaceAll("^/+|/+$", "");
  }

  /** Whether its beginning is said elsewhere now, or was said elsewhere and is said with it now. */
  private static boolean isSaidOtherwise(Found route, Set<String> now, Set<String> old) {
    for (String one : now) {
      if (one.equals(route.path())) {
        return true;
      }
      boolean begins = route.path().startsWith(one + "/");
      if (begins && now.contains(route.path().substring(one.length()))) {
        return true;
      }
      boolean ends = one.length() > route.path().length() && one.endsWith(route.path());
      if (ends && old.contains(one.substring(0, one.length() - route.path().length()))) {
        return true;
      }
    }
    return false;
  }
}
