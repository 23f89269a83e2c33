package dev.slipway.bench.review;

import dev.slipway.app.cli.Slipway;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * {@code slipway backtest --last 500} over a made-up repository: files of eight kinds in 200
 * folders, and commits by 30 authors that each change a few of them, now and then a migration, a
 * manifest or an interface. The repository is made once by {@code git fast-import} and kept.
 *
 * <p>{@code BacktestBench DIR [FILES] [COMMITS]}
 */
final class BacktestBench {
  private static final int LAST = 500;
  private static final int AUTHORS = 30;
  private static final int FOLDERS = 200;
  private static final int LINES = 120;

  private static final String[] ENDINGS = {
    ".java", ".py", ".ts", ".js", ".yml", ".json", ".md", ".sql"
  };

  private static final String[] WORDS = {
    "    List<Order> orders = repository.findByOwner(owner, page, %d);",
    "    if (order.total() > %d && !order.isPaid()) { throw new Refused(order.id()); }",
    "    const response = await client.get(`/orders/${id}`, { timeout: %d });",
    "    total = sum(line.price * %d for line in order.lines)",
    "    cursor.execute(\"SELECT id, total FROM orders WHERE owner = %%s LIMIT %d\", (owner,))",
    "    // See the decision record of March, paragraph %d.",
    "    log.info(\"order {} of {} took {} ms\", id, owner, %d);"
  };

  private BacktestBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    int files = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
    int commits = args.length > 2 ? Integer.parseInt(args[2]) : 2_000;
    if (!Files.exists(directory)) {
      make(directory, files, commits);
    }
    long start = System.nanoTime();
    int exit =
        Slipway.run("backtest", "--repo", directory.toString(), "--last", String.valueOf(LAST));
    System.out.printf(
        Locale.ROOT,
        "%d files, %d commits, the last %d judged: exit code %d, %.1f s%n",
        files,
        commits,
        LAST,
        exit,
        (System.nanoTime() - start) / 1e9);
  }

  private static void make(Path directory, int files, int commits)
      throws IOException, InterruptedException {
    git(directory.toAbsolutePath().getParent(), "init", "-q", "-b", "main", directory.toString());
    Process process =
        new ProcessBuilder("git", "fast-import", "--quiet")
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
      write(out, files, commits);
    }
    if (process.waitFor() != 0) {
      throw new IOException("git fast-import failed");
    }
    git(directory, "symbolic-ref", "HEAD", "refs/heads/main");
  }

  private static void git(Path where, String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = "git";
    System.arraycopy(words, 0, command, 1, words.length);
    if (new ProcessBuilder(command).directory(where.toFile()).inheritIO().start().waitFor() != 0) {
      throw new IOException("git " + words[0] + " failed");
    }
  }

  private static void write(OutputStream out, int files, int commits) throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    long[] seeds = new long[files];
    int[] versions = new int[files];
    commit(out, 0, random);
    for (int file = 0; file < files; file++) {
      seeds[file] = random.nextLong();
      content(out, path(file), text(seeds[file], 0));
    }
    for (int number = 1; number <= commits; number++) {
      commit(out, number, random);
      for (int touched = 1 + random.nextInt(8); touched > 0; touched--) {
        // Squared, so that some files change much more often than others.
        int file = (int) (Math.pow(random.nextDouble(), 2) * files);
        content(out, path(file), text(seeds[file], ++versions[file]));
      }
      if (number % 25 == 0) {
        content(
            out,
            "db/migration/V" + number + "__change.sql",
            "ALTER TABLE orders ADD COLUMN c" + number + " text;\n");
      }
    }
  }

  private static String path(int file) {
    return "src/m" + file % FOLDERS + "/f" + file + ENDINGS[file % ENDINGS.length];
  }

  /** The file after so many changes: each rewrites three lines. */
  private static String text(long seed, int version) {
    StringBuilder text = new StringBuilder();
    SplittableRandom lines = new SplittableRandom(seed);
    for (int line = 0; line < LINES; line++) {
      int word = lines.nextInt(WORDS.length);
      int number = lines.nextInt(10_000);
      boolean changed = version > 0 && line / 3 == version % (LINES / 3);
      text.append(String.format(Locale.ROOT, WORDS[word], changed ? number + version : number))
          .append('\n');
    }
    return text.toString();
  }

  private static void commit(OutputStream out, int number, SplittableRandom random)
      throws IOException {
    String message = "Change " + number;
    print(
        out,
        "commit refs/heads/main\nmark :"
            + (number + 1)
            + "\ncommitter Dev "
            + "<dev"
            + random.nextInt(AUTHORS)
            + "@example.com> "
            + (1_600_000_000L + number * 3_600L)
            + " +0000\ndata "
            + message.length()
            + "\n"
            + message
            + "\n"
            + (number == 0 ? "" : "from :" + number + "\n"));
  }

  private static void content(OutputStream out, String path, String text) throws IOException {
    print(out, "M 100644 inline " + path + "\ndata " + text.length() + "\n" + text + "\n");
  }

  private static void print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
