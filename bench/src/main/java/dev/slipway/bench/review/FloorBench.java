package dev.slipway.bench.review;

import dev.slipway.agents.review.FloorReview;
import dev.slipway.agents.review.ReviewFloor;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.Detectors;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The floor over a made-up diff of 5 MB in 500 files of six kinds, and over one line of 1 MB: MB/s,
 * and the peak of the heap.
 *
 * <p>{@code FloorBench [ROUNDS]}
 */
final class FloorBench {
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final int FILES = 500;
  private static final int FILE_BYTES = 10_000;

  private static final String[] LINES = {
    "    List<Order> orders = repository.findByOwner(owner, page);",
    "    if (order.total() > limit && !order.isPaid()) { throw new Refused(order.id()); }",
    "    const response = await client.get(`/orders/${id}`, { timeout: 500 });",
    "    total = sum(line.price * line.count for line in order.lines)",
    "      image: registry.example.com/shop/orders:1.4.2",
    "    \"version\": \"4.17.21\", \"resolved\": \"https://registry.npmjs.org/a/-/a-1.tgz\",",
    "    // The limit is a product decision, see the decision record of March.",
    "    cursor.execute(\"SELECT id, total FROM orders WHERE owner = %s\", (owner,))"
  };
  private static final String[] ENDINGS = {".java", ".py", ".ts", ".yml", ".json", ".sql"};

  private FloorBench() {}

  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    ReviewFloor floor = new ReviewFloor(Detectors.all(), BOUND);
    measure("5 MB in 500 files", floor, patch(many()), FILES * FILE_BYTES, rounds);
    for (String unit : new String[] {"a", "x = \"", "password=", "curl | "}) {
      FileChange line = file("src/one.js", List.of(unit.repeat(1_000_000 / unit.length())));
      measure(
          "one line of 1 MB of " + unit.strip(), floor, patch(List.of(line)), 1_000_000, rounds);
    }
  }

  private static void measure(
      String what, ReviewFloor floor, Subject subject, int bytes, int rounds) {
    double best = Double.MAX_VALUE;
    FloorReview review = floor.review(subject);
    resetPeak();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      review = floor.review(subject);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    System.out.printf(
        "%-34s %6.2f MB/s, %.2f s, heap peak %d MB, %d findings, skipped %s%n",
        what, bytes / 1e6 / best, best, peak() >> 20, review.findings().size(), review.skipped());
  }

  private static void resetPeak() {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static List<FileChange> many() {
    SplittableRandom random = new SplittableRandom(1);
    List<FileChange> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      List<String> lines = new ArrayList<>();
      for (int size = 0; size < FILE_BYTES; size += lines.getLast().length() + 1) {
        lines.add(LINES[random.nextInt(LINES.length)] + " " + random.nextInt(1_000));
      }
      files.add(file("src/m" + i % 20 + "/f" + i + ENDINGS[i % ENDINGS.length], lines));
    }
    return files;
  }

  private static FileChange file(String path, List<String> lines) {
    List<Line> added = lines.stream().map(line -> (Line) new Line.Added(line)).toList();
    return new FileChange(
        Kind.ADDED, path, path, 0, 0100644, Content.TEXT, List.of(new Hunk(0, 1, added)));
  }

  private static Subject patch(List<FileChange> files) {
    return new Subject(
        "",
        "",
        "",
        Diff.complete(files),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
