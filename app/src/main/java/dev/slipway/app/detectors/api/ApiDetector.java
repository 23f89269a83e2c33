package dev.slipway.app.detectors.api;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.change.SourceTree;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.project.Globs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Compares the interfaces that a change touches, the base's side with the candidate's: rules {@code
 * api.openapi.*}, {@code api.proto.*}, {@code api.graphql.*}, {@code api.java.*}, all high. Where
 * the configuration names who uses a service, the message says whom a break reaches.
 */
public final class ApiDetector implements Detector {
  private static final int FILE_MAX = 3_000_000;

  /** What cannot be compared, and why. */
  private static final class Gaps {
    private final List<String> all = new ArrayList<>();
  }

  @Override
  public String name() {
    return "api";
  }

  @Override
  public Outcome inspect(Subject subject) {
    Map<String, List<FileChange>> byForm = new LinkedHashMap<>();
    Libraries libraries = new Libraries(subject);
    for (FileChange file : subject.diff().files()) {
      form(file, subject, libraries)
          .ifPresent(form -> byForm.computeIfAbsent(form, f -> new ArrayList<>()).add(file));
    }
    Gaps gaps = new Gaps();
    List<Break> breaks = new ArrayList<>();
    byForm.forEach((form, files) -> breaks.addAll(breaks(form, files, subject, gaps)));
    List<Finding> findings = breaks.stream().map(it -> finding(it, subject)).toList();
    return gaps.all.isEmpty()
        ? new Outcome.Inspected(findings)
        : new Outcome.Partly(findings, String.join("; ", gaps.all));
  }

  private static Optional<String> form(FileChange file, Subject subject, Libraries libraries) {
    String path = file.oldPath();
    String lower = path.toLowerCase(Locale.ROOT);
    FileRole role = FileRole.of(path);
    boolean java = lower.endsWith(".java");
    if (role == FileRole.TEST || (java && !libraries.hold(path) && !libraries.hold(file.path()))) {
      return Optional.empty();
    }
    if (java) {
      return Optional.of("java");
    }
    if (file.kind() == FileChange.Kind.ADDED) {
      // A new description breaks nobody, but a type may have moved into it.
      return lower.endsWith(".proto")
          ? Optional.of("proto")
          : isGraphQl(lower) ? Optional.of("graphql") : Optional.empty();
    }
    if (lower.endsWith(".proto")) {
      return Optional.of("proto");
    }
    if (isGraphQl(lower)) {
      return Optional.of("graphql");
    }
    boolean data = lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    boolean described =
        subject.base().isPresent()
            ? text(subject.base().get(), path).filter(OpenApiBreaks::isOpenApi).isPresent()
            : lower.contains("openapi") || lower.contains("swagger") || deletesOpenApi(file);
    return data && described ? Optional.of("openapi") : Optional.empty();
  }

  private static boolean isGraphQl(String path) {
    return path.endsWith(".graphql") || path.endsWith(".graphqls") || path.endsWith(".gql");
  }

  private static boolean deletesOpenApi(FileChange file) {
    StringBuilder deleted = new StringBuilder();
    file.deleted().stream().limit(200).forEach(line -> deleted.append(line.text()).append('\n'));
    return OpenApiBreaks.isOpenApi(deleted.toString());
  }

  private static List<Break> breaks(
      String form, List<FileChange> files, Subject subject, Gaps gaps) {
    if (subject.base().isEmpty() || subject.candidate().isEmpty()) {
      gaps.all.add("a patch has no whole " + form + " files to compare: only its lines are");
      return form.equals("java")
          ? List.of()
          : files.stream().flatMap(file -> LineBreaks.in(file, form).stream()).toList();
    }
    List<Version> before = new ArrayList<>();
    List<Version> after = new ArrayList<>();
    for (FileChange file : files) {
      boolean added = file.kind() == FileChange.Kind.ADDED;
      boolean deleted = file.kind() == FileChange.Kind.DELETED;
      before.add(
          new Version(
              file.oldPath(), added ? "" : whole(subject.base().get(), file.oldPath(), gaps)));
      after.add(
          new Version(
              file.path(), deleted ? "" : whole(subject.candidate().get(), file.path(), gaps)));
    }
    return switch (form) {
      case "proto" -> compared(ProtoBreaks::between, before, after, gaps);
      case "graphql" -> compared(GraphQlBreaks::between, before, after, gaps);
      case "java" -> compared(JavaBreaks::between, before, after, gaps);
      default -> openApi(before, after, gaps);
    };
  }

  private static List<Break> compared(
      BiFunction<List<Version>, List<Version>, List<Break>> comparison,
      List<Version> before,
      List<Version> after,
      Gaps gaps) {
    try {
      return comparison.apply(before, after);
    } catch (RuntimeException | StackOverflowError e) {
      return unreadable(after.getFirst(), gaps);
    }
  }

  private static List<Break> openApi(List<Version> before, List<Version> after, Gaps gaps) {
    List<Break> breaks = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      Version now = after.get(i);
      if (now.text().isBlank()) {
        breaks.add(new Break("openapi.removed", now.path(), 0, "the whole description is gone"));
        continue;
      }
      try {
        OpenApiBreaks.Comparison comparison = OpenApiBreaks.between(before.get(i), now);
        breaks.addAll(comparison.breaks());
        if (!comparison.isWhole()) {
          gaps.all.add(now.path() + " refers to other files, which are not compared");
        }
      } catch (RuntimeException | StackOverflowError e) {
        breaks.addAll(unreadable(now, gaps));
      }
    }
    return breaks;
  }

  /** What can no longer be read is broken for its readers, whatever it says. */
  private static List<Break> unreadable(Version version, Gaps gaps) {
    gaps.all.add(Printable.of(version.path()) + " cannot be parsed");
    return List.of(
        new Break("unreadable", version.path(), 0, "the interface's description cannot be read"));
  }

  private static String whole(SourceTree tree, String path, Gaps gaps) {
    Optional<byte[]> content = tree.read(path);
    if (content.isPresent() && content.get().length > FILE_MAX) {
      gaps.all.add(path + " is larger than " + FILE_MAX + " bytes");
      return "";
    }
    return content.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  private static Optional<String> text(SourceTree tree, String path) {
    return tree.read(path)
        .filter(bytes -> bytes.length <= FILE_MAX)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static Finding finding(Break it, Subject subject) {
    List<String> reached =
        subject.project().stream()
            .flatMap(
                project ->
                    project.services().stream()
                        .filter(service -> Globs.anyMatches(service.paths(), it.path()))
                        .flatMap(
                            service ->
                                project
                                    .consumers()
                                    .getOrDefault(service.name(), List.of())
                                    .stream()))
            .distinct()
            .toList();
    String whom = reached.isEmpty() ? "" : "; this reaches " + String.join(", ", reached);
    return new Finding(
        "api." + it.rule(),
        Kind.API_BREAK,
        Severity.HIGH,
        it.path(),
        it.line(),
        Printable.of(it.what()) + whom);
  }
}
