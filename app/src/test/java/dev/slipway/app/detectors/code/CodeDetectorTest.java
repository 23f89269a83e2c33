package dev.slipway.app.detectors.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.Detector.Outcome;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeDetectorTest {
  private final CodeDetector detector = new CodeDetector();

  private static Subject file(String path, String body) {
    return Changes.adding(
        path,
        switch (path.substring(path.lastIndexOf('.'))) {
          case ".java" ->
              "class A {\n  Object run(String id, Request request) throws Exception {\n    "
                  + body
                  + "\n  }\n}\n";
          case ".py" -> "def run(id, request):\n    " + body.replace("\n", "\n    ") + "\n";
          default -> "function run(id, req) {\n  " + body + "\n}\n";
        });
  }

  private void measure(
      String family, Map<String, List<String>> bad, Map<String, List<String>> good) {
    Corpus corpus = new Corpus(family, detector, it -> true);
    bad.forEach(
        (path, bodies) ->
            bodies.forEach(
                body -> {
                  corpus.positive(body, file(path, body));
                  corpus.positive(body + " (over lines)", file(path, overLines(path, body)));
                  corpus.positive(
                      body + " (renamed)", file(path, body.replaceAll("\\bid\\b", "whoever")));
                  corpus.positive(body + " (reformatted)", file(path, reformatted(body)));
                }));
    good.forEach((path, bodies) -> bodies.forEach(body -> corpus.negative(body, file(path, body))));
    assertThat(corpus.positives()).isGreaterThanOrEqualTo(20);
    assertThat(corpus.negatives()).isGreaterThanOrEqualTo(20);
    corpus.measure(1, 1);
  }

  /** The same code with blanks where they mean nothing, and a remark behind it. */
  private static String reformatted(String body) {
    boolean blocks = body.contains("\n") || body.contains("'(") || body.contains("\"(");
    return blocks ? body : body.replaceAll("(?<=\\w)\\((?=[\\w\"'])", "( ");
  }

  /** The same call with its arguments on lines of their own. */
  private static String overLines(String path, String body) {
    int open = body.indexOf('(');
    boolean splits =
        open > 0 && !body.contains("\n") && !body.startsWith("for ") && !body.startsWith("async");
    return splits ? body.substring(0, open + 1) + "\n      " + body.substring(open + 1) : body;
  }

  @Test
  void dangerousCodeIsToldFromItsSafeForm() {
    measure("code security", CodeCases.DANGEROUS, CodeCases.SAFE);
  }

  @Test
  void settingsThatSwitchChecksOffAreToldFromThoseThatDoNot() {
    Corpus corpus = new Corpus("code, settings", detector, it -> true);
    CodeCases.BAD_SETTINGS.forEach(
        (path, lines) ->
            lines.forEach(
                line -> corpus.positive(path + ": " + line, Changes.adding(path, line + "\n"))));
    CodeCases.GOOD_SETTINGS.forEach(
        (path, lines) ->
            lines.forEach(
                line -> corpus.negative(path + ": " + line, Changes.adding(path, line + "\n"))));
    corpus.measure(1, 1);
  }

  @Test
  void slowCodeIsToldFromItsQuickForm() {
    measure(
        "code performance",
        Map.of(
            "src/A.java",
                List.of(
                    "for (String key : keys) { repository.findById(key); }",
                    "while (more) { jdbcTemplate.queryForObject(SQL, key); }",
                    "keys.forEach(key -> { userRepository.findByName(key); });",
                    "return repository.findAll();"),
            "src/a.py",
                List.of(
                    "for key in id:\n    User.objects.get(pk=key)",
                    "for key in id:\n    cursor.execute(SQL, (key,))",
                    "for key in id:\n    requests.get(key)",
                    "rows = cursor.fetchall()",
                    "async def inner():\n    time.sleep(1)",
                    "async def inner():\n    requests.get(id)"),
            "src/a.js",
                List.of(
                    "for (const key of id) { await prisma.user.findUnique({ where: { key } }); }",
                    "for (const key of id) { await fetch(key); }",
                    "for (let i = 0; i < 9; i++) { db.query(SQL, [i]); }",
                    "return users.find({}).toArray();",
                    "const load = async () => { fs.readFileSync(id); };")),
        Map.of(
            "src/A.java",
                List.of(
                    "for (User user : repository.findByIdIn(ids)) { list.add(user); }",
                    "repository.findById(id);",
                    "for (String key : keys) { map.get(key); }",
                    "for (String key : keys) { cacheMap.find(key); }",
                    "return repository.findAll(page);",
                    "list.stream().map(x -> x.trim()).toList();"),
            "src/a.py",
                List.of(
                    "for user in User.objects.filter(pk=id):\n    print(user)",
                    "User.objects.get(pk=id)",
                    "for key in id:\n    cache.get(key)",
                    "for key in id:\n    params.get(key)",
                    "time.sleep(1)",
                    "async def inner():\n    await asyncio.sleep(1)",
                    "rows = cursor.fetchmany(10)",
                    "requests.get(id)"),
            "src/a.js",
                List.of(
                    "await prisma.user.findMany({ take: 10 });",
                    "for (const key of id) { list.find((x) => x === key); }",
                    "for (const key of await db.query(SQL)) { print(key); }",
                    "fs.readFileSync(id);",
                    "const load = async () => { await fs.promises.readFile('a'); };",
                    "for (const key of id) { headers.get(key); }",
                    "users.find({}).limit(10);")));
  }

  @Test
  void checksThatGoAreToldFromThoseThatGoWithWhatTheyGuard() {
    Corpus corpus = new Corpus("code, authorisation", detector, it -> true);
    for (String[] edit : AuthorizationCases.WEAKER) {
      corpus.positive(edit[1] + " -> " + edit[2], edited(edit));
    }
    for (String[] edit : AuthorizationCases.NO_WEAKER) {
      corpus.negative(edit[1] + " -> " + edit[2], edited(edit));
    }
    assertThat(corpus.positives()).isGreaterThanOrEqualTo(20);
    assertThat(corpus.negatives()).isGreaterThanOrEqualTo(20);
    corpus.measure(1, 1);
  }

  private static Subject edited(String[] edit) {
    return Changes.between(Map.of(edit[0], edit[1]), Map.of(edit[0], edit[2]));
  }

  /** What a person has to see is high; what may well be meant is not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a.py | return redirect(request.args.get('next')) | open-redirect | HIGH",
        "a.js | res.redirect(301, req.query.next); | open-redirect | HIGH",
        "a.js | res.redirect(req.originalUrl); | open-redirect | LOW",
        "a.py | tarfile.open(id).extractall(target) | path-traversal | HIGH",
        "a.py | zipfile.ZipFile(id).extractall(target) | path-traversal | LOW",
        "A.java | SAXParserFactory.newInstance().newSAXParser().parse(in, h); | xml-entities | HIGH",
        "A.java | TransformerFactory.newInstance().newTransformer(); | xml-entities | LOW",
        "A.java | Cipher.getInstance(\"DES\"); | weak-crypto | HIGH",
        "a.py | stored = hashlib.md5(password.encode()) | weak-crypto | HIGH",
        "a.py | etag = hashlib.md5(body) | weak-crypto | MEDIUM"
      })
  void severityFollowsWhatIsAtStake(String path, String body, String rule, Severity severity) {
    assertThat(Corpus.findings(detector, file("src/" + path, body)))
        .filteredOn(finding -> finding.rule().equals("security." + rule))
        .extracting(Finding::severity)
        .containsExactly(severity);
  }

  /** Each dialect of JavaScript is read by its own grammar. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a.tsx | const A = ({ id }: P): JSX.Element => { db.query(`select a from b where c = ${id}`); return <ul>{r.map((x: R) => <li>{x.a}</li>)}</ul>; };",
        "a.tsx | const f = <T,>(id: T) => { eval(id as string); return <b>{id}</b>; };",
        "a.jsx | const A = ({ id }) => <p onClick={() => eval(id)}>a</p>;",
        "a.mts | export const f = (id: string): void => { eval(<string>id); };",
        "a.cts | export = (id: string): void => { eval(<string>id); };",
        "a.mjs | export const f = async (id) => { await import('a'); eval(id); };",
        "a.cjs | module.exports = (id) => { eval(id); };"
      })
  void everyDialectIsReadByItsGrammar(String path, String text) {
    assertThat(Corpus.findings(detector, Changes.adding("src/" + path, text + "\n")))
        .extracting(Finding::rule)
        .containsAnyOf("security.sql-injection", "security.code-injection");
  }

  @Test
  void aPredicateWithoutAnIndexIsTold() {
    Map<String, String> base =
        Map.of(
            "db/migration/V1__a.sql",
            "CREATE TABLE orders (\n"
                + "  id bigint PRIMARY KEY,\n"
                + "  note text,\n"
                + "  owner text\n"
                + ");\n"
                + "CREATE INDEX CONCURRENTLY i ON orders (owner);\n",
            "src/A.java",
            "class A {}\n");
    for (Map.Entry<String, Integer> expected : Map.of("note", 1, "owner", 0, "id", 0).entrySet()) {
      Map<String, String> after = new java.util.HashMap<>(base);
      after.put(
          "src/A.java",
          "class A { String s = \"SELECT id FROM orders WHERE "
              + expected.getKey()
              + " = ?\"; }\n");
      assertThat(Corpus.findings(detector, Changes.between(base, after)))
          .as(expected.getKey())
          .hasSize(expected.getValue());
    }
  }

  @Test
  void onlyChangedLinesAreJudged() {
    String before = "def a(id):\n    eval(id)\n    return 1\n";
    assertThat(
            Corpus.findings(
                detector,
                Changes.between(
                    Map.of("a.py", before),
                    Map.of("a.py", before.replace("return 1", "return 2")))))
        .isEmpty();
  }

  @Test
  void brokenAndHugeTextIsReadToItsEnd() {
    for (String unit :
        new String[] {"exec(", "f(`${", "query(\"a\"+", "\ud83d\ude00exec(a+\"\")", "\0exec("}) {
      for (String path : new String[] {"a.java", "a.py", "a.js", "a.ts"}) {
        String text = (unit + "\n").repeat(20_000 / unit.length());
        assertThat(detector.inspect(Changes.adding(path, text))).isInstanceOf(Outcome.class);
      }
    }
  }
}
