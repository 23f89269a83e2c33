package dev.slipway.agents.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.agents.testing.TestReports.CoverageResult;
import dev.slipway.agents.testing.TestReports.Results;
import dev.slipway.change.SourceTree;
import dev.slipway.project.Command;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A checkout of the candidate with one new test file in it, and how that file alone is run. */
final class TrialGround {
  private final Checkout checkout;
  private final SourceTree tree;
  private final Service service;
  private final Service.Tests tests;
  private final TestReports reports;
  private final String testFile;
  private final String code;
  private final Duration limit;

  /**
   * Writes the test file.
   *
   * @param testFile path from the repository's root; not in the tree
   * @param limit how long one run may take, if the test command's own limit is not shorter
   */
  TrialGround(
      Checkout checkout,
      SourceTree tree,
      Service service,
      Service.Tests tests,
      TestReports reports,
      String testFile,
      String code,
      Duration limit) {
    this.checkout = checkout;
    this.tree = tree;
    this.service = service;
    this.tests = tests;
    this.reports = reports;
    this.testFile = testFile;
    this.code = code;
    this.limit = limit;
    try {
      Path file = inside(testFile);
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
      Files.writeString(file, code, UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the test " + testFile, e);
    }
  }

  Checkout checkout() {
    return checkout;
  }

  /** The service's test command, narrowed to the new file. */
  Command command(LanguageProfile profile, List<String> more) {
    Command whole = tests.command();
    List<String> argv =
        new ArrayList<>(
            profile.narrowed(whole.argv(), seenFrom(whole.directory(), testFile), code));
    argv.addAll(more);
    return new Command(
        argv,
        whole.env(),
        whole.directory(),
        Command.Network.NONE,
        whole.caches(),
        limit.compareTo(whole.limit()) < 0 ? limit : whole.limit());
  }

  /** A path of the repository as a command sees it that runs in a directory. */
  static String seenFrom(String directory, String path) {
    return directory.equals(".") ? path : Path.of(directory).relativize(Path.of(path)).toString();
  }

  Results results() {
    return reports.results(root(), tests.junit());
  }

  CoverageResult coverage() {
    return reports.coverage(root(), tests.coverage(), tree.paths());
  }

  void forgetReports() {
    OldReports.forget(root(), tests);
  }

  private Path root() {
    return checkout.directory().resolve(service.root()).normalize();
  }

  /** The text of a line, from 1. */
  String line(String path, int line) {
    List<String> lines = text(path).lines().toList();
    return line <= lines.size() ? lines.get(line - 1) : "";
  }

  /** Puts another line in its place and gives the whole text as it was. */
  String replaceLine(String path, int line, String replacement) {
    String original = text(path);
    String[] lines = original.split("\n", -1);
    lines[line - 1] = replacement;
    write(path, String.join("\n", lines));
    return original;
  }

  void restore(String path, String original) {
    write(path, original);
  }

  /** A file of the candidate, or the test itself, that no longer is what it was; empty if none. */
  Optional<String> touched() {
    for (String path : tree.paths()) {
      if (tree.read(path).filter(content -> !same(path, content)).isPresent()) {
        return Optional.of(path);
      }
    }
    return same(testFile, code.getBytes(UTF_8)) ? Optional.empty() : Optional.of(testFile);
  }

  private boolean same(String path, byte[] content) {
    Path file = checkout.directory().resolve(path);
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) == content.length
          && Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** One character for each byte: what is not mutated stays byte for byte. */
  private String text(String path) {
    try {
      return Files.readString(inside(path), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private void write(String path, String text) {
    try {
      Files.writeString(inside(path), text, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  private Path inside(String path) {
    Path root = checkout.directory().normalize();
    Path file = root.resolve(path).normalize();
    for (Path at = file; !at.equals(root); at = Optional.ofNullable(at.getParent()).orElse(root)) {
      if (Files.isSymbolicLink(at)) {
        throw new IllegalArgumentException(path + " is reached through a link");
      }
    }
    if (!file.startsWith(root)) {
      throw new IllegalArgumentException(path + " lies outside the checkout");
    }
    return file;
  }
}
