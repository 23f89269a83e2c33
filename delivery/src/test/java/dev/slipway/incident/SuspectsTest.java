package dev.slipway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import dev.slipway.incident.Ranking.Side;
import dev.slipway.incident.Ranking.Suspect;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspectsTest {
  private static final List<Reason> SLOWER = MadeUp.slow();
  private static final List<Reason> FAILING =
      List.of(new Reason("canary.error_rate", "error_rate", "9 of 90 failed"));

  /** The first of two added lines is the more suspected one. */
  @ParameterizedTest(name = "slower: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Thread.sleep(pause);                         | return total + 1;",
        "await asyncio.sleep(1)                       | name = user.title()",
        "synchronized (this) {                        | int sum = a + b;",
        "mu.Lock()                                    | sum := a + b",
        "rows = session.execute(query)                | rows = sum(parts)",
        "for customer in customers: repo.find(customer) | customer = first(customers)",
        "const r = await fetch(url)                   | const r = make(it)",
        "SELECT * FROM orders ORDER BY placed_at      | total integer",
        "pool.maxSize = 2                             | colour = green",
        "prices.sort_by { |p| p.cents }               | prices.size",
      })
  void whatTakesTimeIsSuspectedOfBeingSlow(String slow, String harmless) {
    assertThat(lines(rank(SLOWER, MadeUp.added("app/shop.x", harmless, slow)))).startsWith(2);
  }

  @ParameterizedTest(name = "failing: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new IllegalStateException(sku);  | var sku = items.first();",
        "raise ValueError(sku)                  | sku = items[0]",
        "return Response.problem(503, sku);     | return page.of(items);",
        "int n = Integer.parseInt(text);        | int n = count(text);",
        "value.unwrap()                         | value.count()",
        "if (order.customer == null) {          | order.customer();",
      })
  void whatCanFailIsSuspectedOfFailing(String failing, String harmless) {
    assertThat(lines(rank(FAILING, MadeUp.added("app/shop.x", harmless, failing)))).startsWith(2);
  }

  @Test
  void errorHandlingThatIsTakenAwayIsSuspectedOfFailing() {
    FileChange file =
        MadeUp.file(
            "src/Shop.java",
            Kind.MODIFIED,
            List.of(
                new Line.Context("try {"),
                new Line.Deleted("} catch (TimeoutException e) {"),
                new Line.Deleted("  return cached();"),
                new Line.Added("  return ask();")));

    Suspect first = rank(FAILING, file).suspects().getFirst();

    assertThat(first.side()).isEqualTo(Side.REMOVED);
    assertThat(first.text()).contains("catch (TimeoutException e)");
    assertThat(first.reasons()).contains("takes away error handling");
  }

  @Test
  void whatIsDoneInEveryRoundOfALoopIsMoreSuspectedThanTheSameOnce() {
    Ranking ranking =
        rank(
            SLOWER,
            MadeUp.added(
                "src/shop.py",
                "prices = store.all(sku)",
                "for order in orders:",
                "    price = store.price(order)",
                "",
                "    total += price",
                "done = store.total(sku)"));

    assertThat(lines(ranking)).startsWith(3);
    assertThat(ranking.suspects().getFirst().reasons())
        .contains("is done in every round of the loop on line 2");
    assertThat(reasons(ranking, 6)).noneMatch(it -> it.contains("round"));
  }

  @Test
  void whatTheReviewFoundOnTheLineIsSpelledOut() {
    Finding found =
        new Finding(
            "performance.query-in-loop",
            Finding.Kind.PERFORMANCE,
            Severity.HIGH,
            "src/Shop.java",
            2,
            "one query for each order");

    Ranking ranking =
        rank(SLOWER, List.of(found), MadeUp.added("src/Shop.java", "Thread.sleep(9);", "go(it);"));

    assertThat(lines(ranking)).startsWith(2);
    assertThat(reasons(ranking, 2))
        .contains("the review found performance (high): one query for each order");
  }

  @Test
  void configurationAndDependenciesAreSuspectedWhateverTheySay() {
    Ranking ranking =
        rank(
            FAILING,
            MadeUp.added("deploy/app.yml", "region: elsewhere"),
            MadeUp.added("package.json", "  \"left-pad\": \"2.0.0\","),
            MadeUp.added("src/Shop.java", "int total = 1;"));

    assertThat(ranking.suspects())
        .extracting(Suspect::file)
        .containsExactly("deploy/app.yml", "package.json");
    assertThat(ranking.suspects())
        .flatExtracting(Suspect::reasons)
        .contains("changes configuration", "changes a dependency");
  }

  @Test
  void whatDoesNotRunInProductionStandsLast() {
    Ranking ranking =
        rank(
            SLOWER,
            MadeUp.added("src/test/java/ShopTest.java", "for (int i = 0; i < 9; i++) db.query(i);"),
            MadeUp.added("docs/guide.md", "then `Thread.sleep(query())` waits"),
            MadeUp.added("src/main/java/Shop.java", "int a = b();"));

    assertThat(ranking.suspects().getFirst().file()).isEqualTo("src/main/java/Shop.java");
    assertThat(ranking.suspects())
        .filteredOn(it -> !it.file().contains("main"))
        .allSatisfy(it -> assertThat(it.reasons().getFirst()).contains("does not run"));
  }

  @Test
  void commentsImportsAndBracesAreNotSuspected() {
    assertThat(
            rank(
                    SLOWER,
                    MadeUp.added(
                        "src/Shop.java",
                        "import java.util.concurrent.locks.Lock;",
                        "/** Sleeps while it waits for the database. */",
                        "// for each query",
                        "}",
                        "int total;"))
                .suspects())
        .isEmpty();
  }

  @Test
  void lineNumbersAreThoseOfTheCandidate() {
    FileChange file =
        MadeUp.file(
            "src/Shop.java",
            Kind.MODIFIED,
            List.of(
                new Line.Context("class Shop {"),
                new Line.Deleted("  int old;"),
                new Line.Added("  int now;"),
                new Line.Added("  void go() { Thread.sleep(1); }")));

    assertThat(rank(SLOWER, file).suspects())
        .singleElement()
        .satisfies(it -> assertThat(it.line()).isEqualTo(3));
  }

  @Test
  void aLineThatHoldsACredentialIsWithheld() {
    Finding secret =
        new Finding(
            "secret.aws", Finding.Kind.SECRET, Severity.CRITICAL, "src/Shop.java", 1, "a key");

    Ranking ranking =
        rank(
            SLOWER,
            List.of(secret),
            MadeUp.added(
                "src/Shop.java",
                "client.connect(\"AKIAEXAMPLE\");",
                "pool.open(password = \"hunter2\");"));

    assertThat(ranking.suspects()).hasSize(2);
    assertThat(ranking.toString()).doesNotContain("AKIA", "hunter2").contains("withheld");
  }

  @Test
  void whereNothingWasMeasuredAllSymptomsCount() {
    List<Reason> unseen = List.of(new Reason("canary.no_data", "traffic", "it was silent"));

    assertThat(rank(unseen, MadeUp.added("a.py", "raise Closed()", "time.sleep(1)")).symptoms())
        .containsExactly("failing", "slower");
  }

  @Test
  @Timeout(20)
  void aHostileDiffIsRankedInTime_D11() {
    String loops = " ".repeat(3_000) + "for(".repeat(30_000);
    FileChange file =
        MadeUp.file(
            "src/a.js",
            Kind.ADDED,
            Stream.generate(() -> (Line) new Line.Added(loops)).limit(300).toList());
    long start = System.nanoTime();

    assertThat(rank(SLOWER, file).suspects()).hasSize(10);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  private static Ranking rank(List<Reason> reasons, FileChange... files) {
    return rank(reasons, List.of(), files);
  }

  private static Ranking rank(List<Reason> reasons, List<Finding> findings, FileChange... files) {
    return Suspects.rank(Diff.complete(List.of(files)), findings, reasons);
  }

  private static List<Integer> lines(Ranking ranking) {
    return ranking.suspects().stream().map(Suspect::line).toList();
  }

  private static List<String> reasons(Ranking ranking, int line) {
    return ranking.suspects().stream()
        .filter(it -> it.line() == line)
        .flatMap(it -> it.reasons().stream())
        .toList();
  }
}
