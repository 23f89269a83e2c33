package dev.slipway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.project.Project;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is no configuration at all ends as errors that say so. */
class HostileYamlTest {
  private static final String HEAD = "version: 1\nservices: {a: {}}\n";

  private static List<String> errors(byte[] content) {
    Parsed<Project> parsed =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> ProjectFile.parse("f", content));
    return switch (parsed) {
      case Parsed.Valid<Project>(Project project) -> throw new AssertionError("valid: " + project);
      case Parsed.Invalid<Project>(List<ConfigError> errors) ->
          errors.stream().map(ConfigError::toString).toList();
    };
  }

  private static List<String> errors(String text) {
    return errors(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String times(int count, Function<Integer, String> text) {
    return IntStream.range(0, count).boxed().map(text).collect(Collectors.joining());
  }

  @Test
  void aBombOfAliasesIsNotExpanded() {
    String bomb =
        "version: 1\na: &a [x, x, x, x, x, x, x, x, x]\n"
            + times(
                20,
                i ->
                    "b%d: &b%d [%s]\n"
                        .formatted(
                            i, i, times(9, j -> "*" + (i == 0 ? "a" : "b" + (i - 1)) + ", ")));

    assertThat(errors(bomb))
        .contains("f:2: a: an anchor (&) is not accepted; write the value where it is used")
        .anyMatch(error -> error.contains("an alias (*) is not accepted"))
        .hasSizeLessThanOrEqualTo(101);
  }

  @Test
  void anAliasOfItsOwnParentIsRefused() {
    assertThat(errors("version: 1\nservices: &s {a: *s}\n"))
        .anyMatch(error -> error.contains("f:2: services.a: an alias"));
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(errors("version: 1\npolicy: " + "[".repeat(10_000) + "]".repeat(10_000)))
        .containsExactly("f:2: nested deeper than 32 levels");
    assertThat(errors("version: 1\npolicy: " + "{a: ".repeat(10_000) + "1" + "}".repeat(10_000)))
        .containsExactly("f:2: nested deeper than 32 levels");
    assertThat(errors("version: 1\n" + times(300, i -> " ".repeat(i) + "a:\n")))
        .containsExactly("f:34: nested deeper than 32 levels");
  }

  @Test
  void aRepeatedKeyIsRefusedWithBothLines() {
    assertThat(errors(HEAD + "policy: {}\nreview: {}\npolicy: {risk_max: 10}\n"))
        .containsExactly("f:5: policy: the key stands twice; the first is on line 3");
    assertThat(errors("version: 1\nservices: {a: {kind: none, \"kind\": none}}\n"))
        .containsExactly("f:2: services.a.kind: the key stands twice; the first is on line 2");
  }

  @Test
  void tagsAreRefusedAndNothingIsConstructed() {
    assertThat(errors(HEAD + "merge: !!javax.script.ScriptEngineManager [x]\n"))
        .anyMatch(error -> error.startsWith("f:3: merge: a tag"));
    assertThat(errors(HEAD + "merge: !!binary YWZ0ZXI=\n"))
        .anyMatch(error -> error.startsWith("f:3: merge: a tag"));
  }

  @Test
  void aMergeKeyIsAnUnknownKey() {
    assertThat(errors(HEAD + "<<: {merge: after-production}\n"))
        .anyMatch(error -> error.startsWith("f:3: <<: unknown key"));
  }

  @Test
  void whatIsTooLargeIsRefusedWithTheBound() {
    assertThat(errors(new byte[262_145]))
        .containsExactly("f: the file has 262145 bytes; at most 262144");
    assertThat(errors(HEAD + "x: [" + "1,".repeat(20_000) + "]"))
        .containsExactly("f:3: more than 20000 values");
  }

  @Test
  void whatIsNotTextIsRefused() {
    assertThat(errors(new byte[] {'a', ':', ' ', (byte) 0xff}))
        .containsExactly("f: the file is not UTF-8 text");
    assertThat(errors(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
        .containsExactly("f: the file is not UTF-8 text");
    assertThat(errors("a: \u0000")).hasSize(1).allMatch(error -> error.contains("not YAML"));
  }

  @Test
  void whatIsNotAMappingIsRefused() {
    assertThat(errors("")).containsExactly("f:1: the file is empty");
    assertThat(errors("# only a comment\n")).containsExactly("f:1: the file is empty");
    assertThat(errors("- a\n")).containsExactly("f:1: expected a mapping of keys to values");
    assertThat(errors("just text")).containsExactly("f:1: expected a mapping of keys to values");
    assertThat(errors(HEAD + "---\nb: 1\n"))
        .containsExactly("f:3: a second document begins; only one is read");
    assertThat(errors("version: 1\n? [a, b]\n: c\n")).containsExactly("f:2: a key is a plain text");
    assertThat(errors("version: 1\nservices: {a: [}\n"))
        .hasSize(1)
        .allMatch(error -> error.startsWith("f:2: this is not YAML: "));
  }

  @Test
  void numbersThatBlowUpAreRefused() {
    assertThat(errors("version: 1e999999999\nservices: {a: {}}\n"))
        .containsExactly("f:1: version: this number is too large, or not one");
    assertThat(errors("version: " + "9".repeat(100_000) + "\nservices: {a: {}}\n"))
        .containsExactly("f:1: version: this number is too large, or not one");
    assertThat(errors(HEAD + "budgets: {dollars: .nan, tokens: .inf}\n")).hasSize(2);
    assertThat(errors(HEAD + "budgets: {dollars: 1e-999999999}\n")).hasSize(1);
  }

  @Test
  void valuesOutsideReachTheReaderEscaped() {
    assertThat(errors(HEAD + "merge: \"\\e[31m\\u202Eproduction\"\n"))
        .containsExactly(
            "f:3: merge: expected after-production, the only order there is, not the text"
                + " '\\u{1b}[31m\\u{202e}production'");
  }

  @Test
  void aThousandErrorsAreCut() {
    assertThat(errors(HEAD + times(1000, i -> "key%d: 1\n".formatted(i))))
        .hasSize(101)
        .last()
        .isEqualTo("f:103: and 900 more errors from here on");
  }
}
