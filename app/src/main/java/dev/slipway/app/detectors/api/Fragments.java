package dev.slipway.app.detectors.api;

import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The pieces of a file that a bare patch shows, compared as if they were whole: a hunk that begins
 * or ends within a declaration is closed with a frame of its own. What fits no frame is compared
 * line by line.
 */
final class Fragments {
  /** The name of what stands for a declaration that began above the hunk. */
  private static final String OUTER = "Enclosing";

  private static final int BRACES_MAX = 50;

  private static final Pattern TYPE =
      Pattern.compile("(?m)^\\s*public\\s.{0,80}\\b(?:class|interface|enum|record)\\s");

  private static final List<String> ENDS = List.of("", "\n}\n");

  private Fragments() {}

  /** The pieces of all the files at one side, for what is compared over files. */
  static List<Version> before(List<FileChange> files) {
    return sides(files, Side.OLD);
  }

  static List<Version> after(List<FileChange> files) {
    return sides(files, Side.NEW);
  }

  private static List<Version> sides(List<FileChange> files, Side side) {
    return files.stream()
        .flatMap(
            file ->
                file.hunks().stream()
                    .map(hunk -> side(side == Side.OLD ? file.oldPath() : file.path(), hunk, side)))
        .toList();
  }

  static List<Break> breaks(FileChange file, Form form) {
    List<Break> breaks = new ArrayList<>();
    for (Hunk hunk : file.hunks()) {
      Version before = side(file.oldPath(), hunk, Side.OLD);
      Version after = side(file.path(), hunk, Side.NEW);
      breaks.addAll(
          switch (form) {
            case PROTO -> framed(ProtoBreaks::between, form, before, after);
            case GRAPHQL -> framed(GraphQlBreaks::between, form, before, after);
            case OPENAPI -> openApi(before, after);
            case JAVA -> java(before, after);
            case AVRO -> MessageFields.avro(before, after);
            case ASYNCAPI -> MessageFields.channels(before, after);
            case GO, SCRIPT -> Declarations.between(form, List.of(before), List.of(after));
          });
    }
    return breaks.stream()
        .map(it -> new Break(it.rule(), it.path(), 0, it.what().replace(OUTER + ".", "")))
        .distinct()
        .toList();
  }

  private static List<Break> framed(
      BiFunction<List<Version>, List<Version>, List<Break>> comparison,
      Form form,
      Version before,
      Version after) {
    for (String start : starts(form)) {
      for (String end : ENDS) {
        Optional<List<Break>> breaks =
            tried(
                comparison,
                new Version(before.path(), start + before.text() + end),
                new Version(after.path(), start + after.text() + end));
        if (breaks.isPresent()) {
          return breaks.get();
        }
      }
    }
    return LineBreaks.between(form, before, after);
  }

  private static Optional<List<Break>> tried(
      BiFunction<List<Version>, List<Version>, List<Break>> comparison,
      Version before,
      Version after) {
    try {
      return Optional.of(comparison.apply(List.of(before), List.of(after)));
    } catch (RuntimeException | StackOverflowError notThisFrame) {
      return Optional.empty();
    }
  }

  private static List<String> starts(Form form) {
    return switch (form) {
      case PROTO ->
          List.of(
              "",
              "message " + OUTER + " {\n",
              "enum " + OUTER + " {\n",
              "service " + OUTER + " {\n");
      case GRAPHQL ->
          List.of(
              "", "type " + OUTER + " {\n", "input " + OUTER + " {\n", "enum " + OUTER + " {\n");
      case OPENAPI, JAVA, GO, SCRIPT, AVRO, ASYNCAPI -> List.of("");
    };
  }

  private static List<Break> java(Version before, Version after) {
    boolean typed = TYPE.matcher(before.text()).find() && TYPE.matcher(after.text()).find();
    return typed
        ? JavaBreaks.between(List.of(closed(before)), List.of(closed(after)))
        : LineBreaks.between(Form.JAVA, before, after);
  }

  /** With the braces that are open at the end of the piece closed. */
  private static Version closed(Version piece) {
    long open = piece.text().chars().filter(c -> c == '{').count();
    long shut = piece.text().chars().filter(c -> c == '}').count();
    int missing = Math.clamp(open - shut, 0, BRACES_MAX);
    return new Version(piece.path(), piece.text() + "}".repeat(missing));
  }

  private static List<Break> openApi(Version before, Version after) {
    if (OpenApiBreaks.isOpenApi(before.text()) && OpenApiBreaks.isOpenApi(after.text())) {
      Optional<List<Break>> whole =
          tried((old, now) -> OpenApiBreaks.between(before, after).breaks(), before, after);
      if (whole.isPresent()) {
        return whole.get();
      }
    }
    return OpenApiPieces.between(before, after);
  }

  private enum Side {
    OLD,
    NEW
  }

  private static Version side(String path, Hunk hunk, Side side) {
    StringBuilder text = new StringBuilder();
    for (Line line : hunk.lines()) {
      boolean shown =
          switch (line) {
            case Line.Context ignored -> true;
            case Line.Added ignored -> side == Side.NEW;
            case Line.Deleted ignored -> side == Side.OLD;
          };
      if (shown) {
        text.append(line.text()).append('\n');
      }
    }
    return new Version(path, text.toString());
  }
}
