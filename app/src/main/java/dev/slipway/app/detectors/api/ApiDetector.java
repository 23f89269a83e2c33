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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Compares the interfaces that a change touches, the base's side with the candidate's: rules {@code
 * api.openapi.*}, {@code api.proto.*}, {@code api.graphql.*}, {@code api.java.*}, {@code api.go.*},
 * {@code api.script.*}, {@code api.avro.*}, {@code api.asyncapi.*}, {@code api.route.*}, {@code
 * api.name.*}, all high. Where the configuration names who uses a service, the message says whom a
 * break reaches.
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
    Map<Form, List<FileChange>> byForm = new EnumMap<>(Form.class);
    Libraries libraries = new Libraries(subject);
    for (FileChange file : subject.diff().files()) {
      form(file, subject, libraries)
          .ifPresent(form -> byForm.computeIfAbsent(form, f -> new ArrayList<>()).add(file));
    }
    Gaps gaps = new Gaps();
    List<Break> breaks = new ArrayList<>();
    byForm.forEach((form, files) -> breaks.addAll(breaks(form, files, subject, gaps)));
    breaks.addAll(Routes.between(subject.diff().files()));
    breaks.addAll(WireNames.between(subject.diff().files()));
    List<Finding> findings = breaks.stream().map(it -> finding(it, subject)).toList();
    return gaps.all.isEmpty()
        ? new Outcome.Inspected(findings)
        : new Outcome.Partly(findings, String.join("; ", gaps.all));
  }

  private static Optional<Form> form(FileChange file, Subject subject, Libraries libraries) {
    String path = file.oldPath();
    String lower = path.toLowerCase(Locale.ROOT);
    if (FileRole.of(path) == FileRole.TEST) {
      return Optional.empty();
    }
    if (lower.endsWith(".java")) {
      return libraries.hold(path) || libraries.hold(file.path())
          ? Optional.of(Form.JAVA)
          : Optional.empty();
    }
    if (libraries.holdOther(path)) {
      return Optional.of(lower.endsWith(".go") ? Form.GO : Form.SCRIPT);
    }
    if (lower.endsWith(".avsc")) {
      return Optional.of(Form.AVRO);
    }
    if (lower.matches(".*asyncapi[^/]*\\.ya?ml")) {
      return Optional.of(Form.ASYNCAPI);
    }
    // A new description breaks nobody, but a type may have moved into it.
    if (lower.endsWith(".proto")) {
      return Optional.of(Form.PROTO);
    }
    if (isGraphQl(lower)) {
      return Optional.of(Form.GRAPHQL);
    }
    boolean data = lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    return data && file.kind() != FileChange.Kind.ADDED && isOpenApi(file, subject)
        ? Optional.of(Form.OPENAPI)
        : Optional.empty();
  }

  private static boolean isOpenApi(FileChange file, Subject subject) {
    return subject.base().isPresent()
        ? text(subject.base().get(), file.oldPath()).filter(OpenApiBreaks::isOpenApi).isPresent()
        : OpenApiPieces.isPieceOf(file);
  }

  private static boolean isGraphQl(String path) {
    return path.endsWith(".graphql") || path.endsWith(".graphqls") || path.endsWith(".gql");
  }

  private static List<Break> breaks(Form form, List<FileChange> files, Subject subject, Gaps gaps) {
    if (subject.base().isEmpty() || subject.candidate().isEmpty()) {
      gaps.all.add(
          "a patch has no whole " + form.label() + " files to compare: only what it shows is");
      if (form == Form.GO || form == Form.SCRIPT) {
        return Declarations.between(form, Fragments.before(files), Fragments.after(files));
      }
      return files.stream().flatMap(file -> Fragments.breaks(file, form).stream()).toList();
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
      case PROTO -> compared(ProtoBreaks::between, before, after, gaps);
      case GRAPHQL -> compared(GraphQlBreaks::between, before, after, gaps);
      case JAVA -> compared(JavaBreaks::between, before, after, gaps);
      case OPENAPI -> openApi(before, after, gaps);
      case GO, SCRIPT -> Declarations.between(form, before, after);
      case AVRO -> paired(MessageFields::avro, before, after);
      case ASYNCAPI -> paired(MessageFields::channels, before, after);
    };
  }

  private static List<Break> paired(
      BiFunction<Version, Version, List<Break>> comparison,
      List<Version> before,
      List<Version> after) {
    List<Break> breaks = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      breaks.addAll(comparison.apply(before.get(i), after.get(i)));
    }
    return breaks;
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
