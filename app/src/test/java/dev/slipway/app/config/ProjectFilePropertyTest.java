package dev.slipway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the file is, the outcome is a project or a list of errors. */
class ProjectFilePropertyTest {
  private static final int ROUNDS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5})
  void aWrittenProjectIsReadBackTheSame(long seed) {
    RandomProject projects = new RandomProject(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      Project project = projects.next();
      byte[] yaml = ProjectText.write(project);
      Parsed<Project> read = ProjectFile.parse("f", yaml);
      assertThat(read)
          .as(() -> new String(yaml, StandardCharsets.UTF_8))
          .isEqualTo(new Parsed.Valid<>(ProjectText.withDigestOf(project, yaml)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 11, 13})
  void noMutationOfTheTextIsMoreThanErrors(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] original = everything();
    for (int i = 0; i < ROUNDS; i++) {
      assertOutcome(mutate(original, random));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {17, 19, 23})
  void noExchangeOfWordsIsMoreThanErrors(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> words =
        List.of(new String(everything(), StandardCharsets.UTF_8).split("(?<=[\\s\\[\\]{},])"));
    List<String> strange =
        List.of(
            "null",
            "~",
            "[]",
            "{}",
            "-1",
            "1e30",
            "99999999999999999999",
            "0%",
            "100%",
            "100.001%",
            "0.00001%",
            "999999999h",
            "0/s",
            "..",
            "/",
            "~/",
            "*",
            "&a",
            "\"\\0\"",
            "true",
            "''",
            "[[[[]]]]",
            "{a: {b: c}}",
            "<<",
            "? ",
            "- ",
            "|",
            "0x10",
            "1_000",
            "é",
            "\uD83D\uDE00");
    for (int i = 0; i < ROUNDS; i++) {
      List<String> changed = new ArrayList<>(words);
      for (int j = 0; j <= random.nextInt(4); j++) {
        String word =
            random.nextBoolean()
                ? words.get(random.nextInt(words.size()))
                : strange.get(random.nextInt(strange.size())) + " ";
        changed.set(random.nextInt(changed.size()), word);
      }
      assertOutcome(String.join("", changed).getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {29, 31})
  void noBytesAreMoreThanErrors(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      for (int j = 0; random.nextBoolean() && j < bytes.length; j++) {
        bytes[j] = (byte) (' ' + bytes[j] & 0x5f);
      }
      assertOutcome(bytes);
    }
  }

  private static void assertOutcome(byte[] content) {
    switch (ProjectFile.parse("f", content)) {
      case Parsed.Valid<Project>(Project project) -> assertThat(project.services()).isNotEmpty();
      case Parsed.Invalid<Project>(List<ConfigError> errors) -> {
        assertThat(errors).isSortedAccordingTo((a, b) -> Integer.compare(a.line(), b.line()));
        assertThat(errors).allSatisfy(error -> assertThat(error.message()).isNotBlank());
        assertThat(errors)
            .allSatisfy(error -> assertThat(error.toString()).doesNotContain("\n", "\u001b"));
      }
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = 0; i <= random.nextInt(8); i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "{}[]:,-#&*!|>'\"%@`\n \t".charAt(random.nextInt(21));
        case 2 -> bytes = without(bytes, at, 1 + random.nextInt(40));
        default -> bytes = twice(bytes, at, 1 + random.nextInt(200));
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int from, int count) {
    int end = Math.min(bytes.length, from + count);
    byte[] out = new byte[Math.max(1, bytes.length - (end - from))];
    System.arraycopy(bytes, 0, out, 0, from);
    System.arraycopy(bytes, end, out, from, bytes.length - end);
    return out;
  }

  private static byte[] twice(byte[] bytes, int from, int count) {
    int end = Math.min(bytes.length, from + count);
    byte[] out = new byte[bytes.length + (end - from)];
    System.arraycopy(bytes, 0, out, 0, end);
    System.arraycopy(bytes, from, out, end, bytes.length - from);
    return out;
  }

  private static byte[] everything() throws IOException {
    try (var in = ProjectFilePropertyTest.class.getResourceAsStream("everything.yml")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
