package dev.slipway.bench.review;

import dev.slipway.app.cli.Slipway;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * {@code slipway backtest --last 500} over a made-up repository: files of seven kinds in 200
 * folders, and commits by 30 authors that each change a few of them, now and then a migration, a
 * manifest or an interface. The repository is made once by {@code git fast-import} and kept.
 *
 * <p>{@code BacktestBench DIR [FILES] [COMMITS]}
 */
final class BacktestBench {
  private static final int LAST = 500;
  private static final int AUTHORS = 30;
  private static final int FOLDERS = 200;
  private static final int PIECES = 25;

  /** A kind of file: how it begins, a piece that is repeated with other numbers, how it ends. */
  private record Form(String ending, String head, String piece, String tail) {}

  private static final List<Form> FORMS =
      List.of(
          new Form(
              ".java",
              "package shop;\n\nclass Orders {\n",
              """
                List<Order> page%1$d(String owner, int page) {
                  List<Order> orders = repository.findByOwner(owner, page, %1$d);
                  if (orders.size() > %1$d && !orders.getFirst().isPaid()) {
                    throw new Refused(owner);
                  }
                  return orders;
                }

              """,
              "}\n"),
          new Form(
              ".py",
              "import orders\n\n",
              """

              def total_%1$d(owner):
                  cursor.execute("SELECT id, total FROM orders WHERE owner = %%s", (owner,))
                  return sum(row.total * %1$d for row in cursor.fetchmany(%1$d))

              """,
              ""),
          new Form(
              ".ts",
              "import { client } from './client';\n\n",
              """
              export async function order%1$d(id: string): Promise<Order> {
                const response = await client.get(`/orders/${id}`, { timeout: %1$d });
                return response.data;
              }

              """,
              ""),
          new Form(
              ".js",
              "const client = require('./client');\n\n",
              """
              exports.names%1$d = (orders) =>
                orders.filter((order) => order.total > %1$d).map((order) => order.name);

              """,
              ""),
          new Form(
              ".yml",
              "orders:\n",
              "  - name: queue-%1$d\n    workers: %1$d\n    timeout: 30s\n",
              ""),
          new Form(
              ".json", "{\n", "  \"order.%1$d\": \"Order number %1$d\",\n", "  \"end\": 1\n}\n"),
          new Form(
              ".md", "# Orders\n\n", "Paragraph %1$d tells of the limit of %1$d orders.\n\n", ""));

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
    Files.createDirectories(directory);
    git(directory, "init", "-q", "-b", "main");
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
      content(out, path(file), text(file, seeds[file], 0));
    }
    for (int number = 1; number <= commits; number++) {
      commit(out, number, random);
      for (int touched = 1 + random.nextInt(8); touched > 0; touched--) {
        // Squared, so that some files change much more often than others.
        int file = (int) (Math.pow(random.nextDouble(), 2) * files);
        content(out, path(file), text(file, seeds[file], ++versions[file]));
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
    return "src/m" + file % FOLDERS + "/f" + file + FORMS.get(file % FORMS.size()).ending();
  }

  /** The file after so many changes: each rewrites another piece. */
  private static String text(int file, long seed, int version) {
    Form form = FORMS.get(file % FORMS.size());
    StringBuilder text = new StringBuilder(form.head());
    SplittableRandom numbers = new SplittableRandom(seed);
    for (int piece = 0; piece < PIECES; piece++) {
      int number = numbers.nextInt(10_000);
      boolean changed = version > 0 && piece == version % PIECES;
      text.append(String.format(Locale.ROOT, form.piece(), changed ? number + version : number));
    }
    return text.append(form.tail()).toString();
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
