package dev.slipway.agents.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What there is to know of a language and its test runner in order to have tests written and
 * proved: data, so that another language is another entry of a file. Patterns are applied to one
 * line at a time, except those for fixtures, which see a whole file.
 *
 * @param name such as {@code python-pytest}
 * @param extensions of the sources it is for
 * @param runner what the test command, joined by blanks, has to match
 * @param testPath what the paths of existing tests match
 * @param helperPath what the paths of other files match that hold fixtures, factories and helpers
 * @param testName name of a new test file: {@code {stem}} is the source's name, {@code {n}} a
 *     number, {@code {ext}} the source's extension; beside the nearest test, or beside the source
 *     if the name begins with {@code {folder}}
 * @param after the word of the test command behind which {@code append} goes; its end if empty or
 *     if the command has no such word
 * @param append words that make the test command run one test file, and fail for nothing but its
 *     tests: {@code {file}} is its path where the command runs, {@code {class}} its name without
 *     extension, {@code {tests}} the names of its test functions, as alternatives of a regular
 *     expression
 * @param shuffle more words for the repeated runs, where the runner can run tests in random order
 * @param function where a function begins; the first group that takes part is its name
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
    Pattern runner,
    Pattern testPath,
    Pattern helperPath,
    String testName,
    Optional<Pattern> after,
    List<String> append,
    List<String> shuffle,
    Pattern function,
    List<Pattern> fixtures,
    Pattern unrunnable,
    Pattern assertion,
    Pattern tautology,
    List<Forbidden> forbidden,
    List<Mutation> mutations,
    String guide) {
  private static final Pattern TEST_FUNCTION = Pattern.compile("[Tt]est\\w*");
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash");

  /** Longer lines are not written by people; patterns are spared them. */
  static final int LINE_CHARS_MAX = 1_000;

  /** Something that no test may do, and what to call it. */
  public record Forbidden(Pattern pattern, String what) {}

  /** A change of a line, where it applies. */
  public record Mutation(Pattern pattern, String replacement) {}

  public LanguageProfile {
    extensions = List.copyOf(extensions);
    append = List.copyOf(append);
    shuffle = List.copyOf(shuffle);
    fixtures = List.copyOf(fixtures);
    forbidden = List.copyOf(forbidden);
    mutations = List.copyOf(mutations);
  }

  /** Whether it is for this source, tested by this command. */
  public boolean serves(String source, List<String> argv) {
    return extensions.contains(extension(source))
        && runner.matcher(String.join(" ", argv)).find()
        && takesMoreWords(argv);
  }

  /** Whether a test stands in its source's folder, wherever other tests are. */
  boolean besideSource() {
    return testName.startsWith("{folder}");
  }

  /** A line for a shell sees the words behind it only if it asks for them. */
  private static boolean takesMoreWords(List<String> argv) {
    String program = argv.getFirst().substring(argv.getFirst().lastIndexOf('/') + 1);
    return !SHELLS.contains(program)
        || argv.size() < 3
        || !argv.get(1).endsWith("c")
        || argv.get(2).contains("$@");
  }

  /**
   * The test command, narrowed to one test file.
   *
   * @param file path of the test where the command runs
   * @param code of the test
   */
  public List<String> narrowed(List<String> argv, String file, String code) {
    List<String> words =
        append.stream()
            .map(
                word ->
                    word.replace("{file}", file)
                        .replace("{class}", stem(file))
                        .replace("{tests}", tests(code)))
            .toList();
    List<String> whole = new ArrayList<>(argv);
    whole.addAll(place(argv), words);
    return whole;
  }

  private int place(List<String> argv) {
    return after.stream()
        .flatMapToInt(
            word -> IntStream.range(0, argv.size()).filter(at -> word.matcher(argv.get(at)).find()))
        .map(at -> at + 1)
        .findFirst()
        .orElse(argv.size());
  }

  private String tests(String code) {
    return code.lines()
        .flatMap(line -> functionAt(line).stream())
        .filter(name -> TEST_FUNCTION.matcher(name).matches())
        .collect(Collectors.joining("|"));
  }

  /** Every way to break the line, each different from it. */
  public List<String> mutants(String line) {
    return line.length() > LINE_CHARS_MAX
        ? List.of()
        : mutations.stream()
            .map(it -> it.pattern().matcher(line).replaceFirst(it.replacement()))
            .filter(mutant -> !mutant.equals(line))
            .distinct()
            .toList();
  }

  /** The name of the function that begins in this line; empty if none does. */
  public Optional<String> functionAt(String line) {
    if (line.length() > LINE_CHARS_MAX) {
      return Optional.empty();
    }
    Matcher matcher = function.matcher(line);
    return matcher.find() ? firstGroup(matcher) : Optional.empty();
  }

  /** The names of the fixtures, factories and helpers that a file defines. */
  public Set<String> fixturesIn(String text) {
    Set<String> names = new TreeSet<>();
    for (Pattern fixture : fixtures) {
      Matcher matcher = fixture.matcher(text);
      while (matcher.find()) {
        firstGroup(matcher).ifPresent(names::add);
      }
    }
    return names;
  }

  private static Optional<String> firstGroup(Matcher matcher) {
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
