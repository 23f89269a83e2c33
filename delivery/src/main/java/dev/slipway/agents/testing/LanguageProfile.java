package dev.slipway.agents.testing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What there is to know of a language and its test runner in order to have tests written and
 * proved: data, so that another language is another entry of a file. Patterns are regular
 * expressions that are applied to one line at a time.
 *
 * @param name such as {@code python-pytest}
 * @param extensions of the sources it is for
 * @param runner what the test command, joined by blanks, has to match
 * @param testPath what the paths of existing tests match
 * @param testName name of a new test file: {@code {stem}} is the source's name, {@code {n}} a
 *     number, {@code {ext}} the source's extension
 * @param append words that make the test command run one test file: {@code {file}} is its path
 *     where the command runs, {@code {class}} its name without extension, {@code {tests}} the
 *     names of its test functions, as alternatives of a regular expression
 * @param shuffle more words for the repeated runs, where the runner can run tests in random order
 * @param function where a function begins; the first group that takes part is its
 *     name
 * @param fixtures where a fixture, factory or helper of the tests is defined; group 1 is its name
 * @param unrunnable a failure that says that the tests could not even be run, such as by a syntax
 *     error: a mutant that ends so shows nothing
 * @param assertion a line that asserts something
 * @param tautology a line that asserts nothing, although it looks as if
 * @param forbidden what no test may do
 * @param mutations changes that break a line of code
 * @param guide what a model is told about tests in this language
 */
public record LanguageProfile(
    String name,
    List<String> extensions,
    String runner,
    String testPath,
    String testName,
    List<String> append,
    List<String> shuffle,
    String function,
    List<String> fixtures,
    String unrunnable,
    String assertion,
    String tautology,
    List<Forbidden> forbidden,
    List<Mutation> mutations,
    String guide) {

  /** Something that no test may do, and what to call it. */
  public record Forbidden(String pattern, String what) {}

  /** A change of a line; the first that applies and changes something is used. */
  public record Mutation(String pattern, String replacement) {}

  public LanguageProfile {
    extensions = List.copyOf(extensions);
    append = List.copyOf(append);
    shuffle = List.copyOf(shuffle);
    fixtures = List.copyOf(fixtures);
    forbidden = List.copyOf(forbidden);
    mutations = List.copyOf(mutations);
    List.of(runner, testPath, function, unrunnable, assertion, tautology)
        .forEach(Pattern::compile);
    fixtures.forEach(Pattern::compile);
    forbidden.forEach(it -> Pattern.compile(it.pattern()));
    mutations.forEach(it -> Pattern.compile(it.pattern()));
  }

  /** Whether it is for this source, tested by this command. */
  boolean serves(String source, List<String> argv) {
    return extensions.contains(extension(source))
        && Pattern.compile(runner).matcher(String.join(" ", argv)).find();
  }

  /** Every way to break the line, each different from it. */
  List<String> mutants(String line) {
    return mutations.stream()
        .map(it -> Pattern.compile(it.pattern()).matcher(line).replaceFirst(it.replacement()))
        .filter(mutant -> !mutant.equals(line))
        .distinct()
        .toList();
  }

  /** The name of the function that begins in this line; empty if none does. */
  Optional<String> functionAt(String line) {
    Matcher matcher = Pattern.compile(function).matcher(line);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return IntStream.rangeClosed(1, matcher.groupCount())
        .mapToObj(matcher::group)
        .filter(Objects::nonNull)
        .findFirst();
  }

  static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The file's name without folders and without its last extension. */
  static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
