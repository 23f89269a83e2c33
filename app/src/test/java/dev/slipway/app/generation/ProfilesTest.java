package dev.slipway.app.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.slipway.agents.testing.LanguageProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The language profiles: what command they make, and what they recognise; no tool is needed. */
class ProfilesTest {
  private static final String GO_LINE =
      "go test -json -coverprofile=coverage.out -coverpkg=./... \"$@\" ./... > go-test.json";

  private static LanguageProfile profile(String name) {
    return Profiles.all().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static Optional<String> server(String source, String... argv) {
    return serving(source, argv).map(LanguageProfile::name);
  }

  private static Optional<LanguageProfile> serving(String source, String... argv) {
    return Profiles.all().stream().filter(it -> it.serves(source, List.of(argv))).findFirst();
  }

  static final List<Arguments> COMMANDS =
      List.of(
          made("java-maven", "src/PriceTest.java", "mvn -q verify")
              .of(
                  "mvn -q verify -o -Dtest=PriceTest -Dsurefire.failIfNoSpecifiedTests=false"
                      + " -DfailIfNoTests=false -Djacoco.haltOnFailure=false"),
          made("java-gradle", "src/PriceTest.java", "./gradlew :api:test :api:jacocoTestReport")
              .of(
                  "./gradlew :api:test --tests *PriceTest --rerun-tasks --offline"
                      + " :api:jacocoTestReport"),
          made("java-gradle-check", "src/PriceTest.java", "gradle check")
              .of("gradle check test --tests *PriceTest --rerun-tasks --offline"),
          made("python-pytest", "tests/test_price.py", "python3 -m pytest --cov")
              .of("python3 -m pytest --cov tests/test_price.py"),
          made("node-npm", "src/price.test.js", "npm run test")
              .of("npm run test -- src/price.test.js"),
          made("node-yarn", "src/price.test.ts", "pnpm test").of("pnpm test src/price.test.ts"),
          made("node-test", "src/price.test.mjs", "node --test")
              .of("node --test src/price.test.mjs"),
          made("vitest", "src/price.test.ts", "npx vitest run --coverage")
              .of(
                  "npx vitest run --coverage --coverage.thresholds.lines=0"
                      + " --coverage.thresholds.functions=0 --coverage.thresholds.statements=0"
                      + " --coverage.thresholds.branches=0 src/price.test.ts"),
          made("jest", "src/price.test.tsx", "npx jest --coverage")
              .of("npx jest --coverage --coverageThreshold={} --runTestsByPath src/price.test.tsx"),
          made("go", "price_test.go", "go test ./...")
              .of("go test ./... -count=1 -run ^(TestPrice|TestTax)$"));

  private record Made(String profile, String file, String command) {
    Arguments of(String narrowed) {
      return Arguments.of(profile, file, command, narrowed);
    }
  }

  private static Made made(String profile, String file, String command) {
    return new Made(profile, file, command);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("COMMANDS")
  void theCommandIsNarrowedToOneTestFile(
      String name, String file, String command, String narrowed) {
    List<String> argv = List.of(command.split(" "));
    String code = "func TestPrice(t *testing.T) {\nfunc TestTax(t *testing.T) {\nfunc tax() {\n";
    LanguageProfile profile = serving(file, argv.toArray(String[]::new)).orElseThrow();
    assertThat(profile.name()).isEqualTo(name);
    assertThat(String.join(" ", profile.narrowed(argv, file, code))).isEqualTo(narrowed);
    assertThat(profile.testPath().matcher(file).find()).isTrue();
  }

  @Test
  void everyProfileHasACommandHere() {
    assertThat(Profiles.all())
        .extracting(LanguageProfile::name)
        .containsExactlyInAnyOrderElementsOf(
            COMMANDS.stream().map(it -> (String) it.get()[0]).toList());
  }

  /** As {@code slipway init} proposes them. */
  @Test
  void aLineForAShellIsServedIfItPassesItsWordsOn() {
    assertThat(server("price.go", "sh", "-c", GO_LINE, "go-test")).contains("go");
    assertThat(server("price.go", "sh", "-c", GO_LINE.replace("\"$@\" ", ""))).isEmpty();
    assertThat(server("a.ts", "sh", "-c", "npm ci && exec \"$0\" \"$@\"", "npx", "jest", "--ci"))
        .contains("jest");
    assertThat(
            server(
                "a.py",
                "bash",
                "-ec",
                ". venv/activate; exec \"$0\" \"$@\"",
                "python",
                "-m",
                "pytest"))
        .contains("python-pytest");
  }

  @ParameterizedTest
  @CsvSource({
    "price.rb, bundle exec rspec",
    "Price.java, ant test",
    "price.py, python -m unittest",
    "price.js, npx mocha",
    "price.go, mvn verify"
  })
  void whatIsNotKnownIsNotServed(String source, String command) {
    assertThat(serving(source, command.split(" "))).isEmpty();
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        Arguments.of("java-maven", "  public static <T> List<T> of(Map<String, T> by) {", "of"),
        Arguments.of("java-maven", "    int[] counts(int... of) { return of; }", "counts"),
        Arguments.of("java-maven", "  @Override public String toString() {", "toString"),
        Arguments.of("java-maven", "  public PriceList(Clock clock) {", "PriceList"),
        Arguments.of("java-gradle", "  default Optional<Price> price(", "price"),
        Arguments.of("python-pytest", "    async def price(self, item):", "price"),
        Arguments.of("node-test", "async function* prices(of) {", "prices"),
        Arguments.of("node-npm", "export const price = async (item) => {", "price"),
        Arguments.of("node-npm", "const price = item => item.price;", "price"),
        Arguments.of("vitest", "export function price<T>(of: T): number {", "price"),
        Arguments.of("vitest", "  private async price(of: Item): Promise<number> {", "price"),
        Arguments.of("jest", "  static of(item) {", "of"),
        Arguments.of("go", "func (p *PriceList) Price(item string) (int, error) {", "Price"),
        Arguments.of("go", "func Max[T int | float64](of ...T) T {", "Max"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("functions")
  void whereAFunctionBegins(String profile, String line, String function) {
    assertThat(profile(profile).functionAt(line)).contains(function);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java-maven | '    return price(item);'",
        "java-maven | '    prices.forEach(it -> {'",
        "java-maven | '    } else if (tax(item)) {'",
        "java-maven | '    throw new IllegalStateException('",
        "python-pytest | '    # def price(self)'",
        "node-npm | '    if (price(item)) {'",
        "node-npm | '  return function_of(item);'",
        "go | '\tprices := func(item string) int {'",
      })
  void whereNoneDoes(String profile, String line) {
    assertThat(profile(profile).functionAt(line)).isEmpty();
  }

  static Stream<Arguments> fixtures() {
    return Stream.of(
        Arguments.of(
            "java-maven",
            "class Shops {\n  static Shop open() {}\n  @BeforeEach\n  void fill() {}\n}",
            List.of("Shops", "fill", "open")),
        Arguments.of(
            "python-pytest",
            "@pytest.fixture(scope='session')\ndef shop():\n  pass\n\ndef helper():\n  pass\n",
            List.of("shop")),
        Arguments.of(
            "jest",
            "export function openShop() {}\nconst emptyShop = () => ({});\nlet count = 0;\n",
            List.of("emptyShop", "openShop")),
        Arguments.of("vitest", "export async function openShop() {}\n", List.of("openShop")),
        Arguments.of(
            "go",
            "type fakeClock struct {}\nfunc newShop(t *testing.T) *Shop {\nfunc TestIt(t *testing.T) {\n",
            List.of("fakeClock", "newShop")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void fixturesThatExist(String profile, String text, List<String> names) {
    assertThat(profile(profile).fixturesIn(text)).containsExactlyElementsOf(names);
  }

  @ParameterizedTest
  @CsvSource({
    "java-maven, src/test/java/shop/Shops.java",
    "java-gradle, src/testFixtures/java/shop/Shops.java",
    "python-pytest, tests/shops.py",
    "jest, jest.setup.ts",
    "jest, src/__fixtures__/shops.js",
    "vitest, vitest-setup.ts",
    "node-test, test/shops.cjs",
    "go, internal/testutil/shops.go",
  })
  void fixturesAreAlsoInFilesThatAreNoTests(String profile, String path) {
    assertThat(profile(profile).helperPath().matcher(path).find()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "java-maven, src/main/java/shop/Prices.java",
    "python-pytest, shop/prices.py",
    "jest, src/prices.js",
    "go, shop/prices.go",
  })
  void productionCodeHoldsNone(String profile, String path) {
    assertThat(profile(profile).helperPath().matcher(path).find()).isFalse();
    assertThat(profile(profile).testPath().matcher(path).find()).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "java-maven | '    return a <= b;' | '    return a > b;'",
        "java-gradle | '    return price - tax;' | '    return price + tax;'",
        "java-maven | '    return price(item);' | '    return null;'",
        "java-maven | '    throw new Gone(item);' | '    ;'",
        "python-pytest | '    return price - tax' | '    return price + tax'",
        "python-pytest | '    return items' | '    return None'",
        "python-pytest | '    if not item:' | '    if item:'",
        "node-test | '  if (open) {' | '  if (!(open)) {'",
        "jest | 'const of = (x) => x.price;' | 'const of = (x) => undefined;'",
        "vitest | '  return \"none\";' | '  return \"mutant\";'",
        "go | '\tif err != nil {' | '\tif err == nil {'",
        "go | '\treturn 0, err' | '\treturn 0, nil'",
        "go | '\treturn price * 2' | '\treturn price / 2'",
      })
  void mutants(String profile, String line, String mutant) {
    assertThat(profile(profile).mutants(line)).contains(mutant).doesNotContain(line);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "java-maven | '    assertTrue(true);'",
        "java-gradle | '    assertEquals(price, price);'",
        "python-pytest | '    assert price(1) == price(1)'",
        "python-pytest | '    assert True, \"so\"'",
        "node-test | '  assert.strictEqual(price, price);'",
        "jest | '  expect(price).toBe(price);'",
        "vitest | '  expect(price(1)).toMatchSnapshot();'",
        "vitest | '  expect(true).toBe(true);'",
        "go | '\tassert.Equal(t, price, price)'",
        "go | '\tif false { t.Fatal() }'",
      })
  void t9_tautologies(String name, String line) {
    LanguageProfile profile = profile(name);
    assertThat(profile.assertion().matcher(line).find()).isTrue();
    assertThat(profile.tautology().matcher(line).find()).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "java-maven | '    System.exit(0);' | calls exit",
        "java-maven | '    new ProcessBuilder(\"ls\");' | starts a process",
        "java-gradle | 'import java.net.http.HttpClient;' | opens the network",
        "java-gradle | '  @Disabled' | can be skipped",
        "python-pytest | '    os.fork()' | starts a process",
        "python-pytest | '    sys.exit(0)' | calls exit",
        "python-pytest | 'import socket' | opens the network",
        "python-pytest | '@pytest.mark.skip' | can be skipped",
        "node-test | '  process.exit(0);' | calls exit",
        "jest | \"const run = require('child_process');\" | starts a process",
        "jest | \"import net from 'node:net';\" | opens the network",
        "vitest | '  it.skip(\"no\", () => {});' | can be skipped",
        "go | '\tos.Exit(0)' | calls exit",
        "go | 'import \"os/exec\"' | starts a process",
        "go | '\tnet.Dial(\"tcp\", at)' | opens the network",
        "go | '\tt.Skip()' | can be skipped",
      })
  void t6_t7_whatNoTestMayDo(String profile, String line, String what) {
    assertThat(profile(profile).forbidden())
        .filteredOn(it -> it.pattern().matcher(line).find())
        .extracting(LanguageProfile.Forbidden::what)
        .contains(what);
  }

  @Test
  void randomOrderWhereTheRunnerCan() {
    assertThat(profile("java-maven").shuffle().getFirst()).endsWith("MethodOrderer$Random");
    assertThat(profile("jest").shuffle()).containsExactly("--randomize");
    assertThat(profile("vitest").shuffle()).containsExactly("--sequence.shuffle");
    assertThat(profile("go").shuffle()).containsExactly("-shuffle=on");
    assertThat(profile("java-gradle").shuffle()).isEmpty();
    assertThat(profile("node-test").shuffle()).isEmpty();
  }

  private static final List<String> EXPLOSIVE =
      List.of(
          " ",
          "a",
          "(",
          "<",
          "<a ",
          "a ",
          "\n",
          "public ",
          "async ",
          "if (",
          "= (",
          "\"",
          "$ ",
          "a.b(",
          "@BeforeEach ",
          "@pytest.fixture\n",
          "static a",
          "const a",
          "\nfunc a",
          "export ",
          "=>");

  @ParameterizedTest
  @MethodSource("dev.slipway.app.generation.Profiles#all")
  void d11_textOfAStrangerDoesNotKeepThePatternsBusy(LanguageProfile profile) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String word : EXPLOSIVE) {
            String line = " " + word.repeat(998 / word.length());
            assertThat(profile.mutants(line)).doesNotContain(line);
            assertThat(profile.functionAt(line).orElse("a")).isNotEmpty();
            assertThat(profile.mutants(word.repeat(2_000))).isEmpty();
            assertThat(profile.functionAt(word.repeat(2_000))).isEmpty();
            assertThat(profile.fixturesIn(word.repeat(200_000 / word.length()))).doesNotContain("");
          }
        });
  }
}
