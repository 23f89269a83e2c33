package dev.slipway.app.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.app.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A Messages API server that is not ours: npm's {@code @copilotkit/aimock} as a process of its own
 * on a free port. The package is installed from npm, as the lock file pins it, where it is not
 * there yet; without node the test is skipped by that name, and fails where CI is set.
 */
public final class Aimock implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "aimock").toAbsolutePath();
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

  private final Process process;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private Aimock(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** What it does with a request that matches. */
  public record Fixture(
      Map<String, Object> match, Map<String, Object> response, Map<String, Object> more) {
    /** Replies the text to a question whose prompt contains the words. */
    public static Fixture reply(String prompt, String text) {
      return new Fixture(Map.of("systemMessage", prompt), Map.of("content", text), Map.of());
    }

    /** The same, to the n-th of such questions, from 0. */
    public static Fixture reply(String prompt, int nth, String text) {
      return new Fixture(
          Map.of("systemMessage", prompt, "sequenceIndex", nth), Map.of("content", text), Map.of());
    }

    /** Answers any question with an error. */
    public static Fixture error(int status, String type) {
      return new Fixture(
          Map.of(),
          Map.of("status", status, "error", Map.of("message", "no", "type", type)),
          Map.of());
    }

    /** The n-th such question, from 0, only. */
    public Fixture only(int nth) {
      Map<String, Object> narrower = new LinkedHashMap<>(match);
      narrower.put("sequenceIndex", nth);
      return new Fixture(narrower, response, more);
    }

    /** With another setting of the response. */
    public Fixture with(String key, Object value) {
      Map<String, Object> responding = new LinkedHashMap<>(response);
      responding.put(key, value);
      return new Fixture(match, responding, more);
    }

    /** With another setting beside match and response. */
    public Fixture having(String key, Object value) {
      Map<String, Object> having = new LinkedHashMap<>(more);
      having.put(key, value);
      return new Fixture(match, response, having);
    }

    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("match", match);
      json.put("response", response);
      json.putAll(more);
      return json;
    }
  }

  /** Starts a server that knows these fixtures; the first that matches counts. */
  public static Aimock start(List<Fixture> fixtures) {
    try {
      install();
      Path file = Files.createTempFile(FOLDER, "fixtures-", ".json");
      Files.writeString(
          file,
          Json.mapper()
              .writeValueAsString(
                  Map.of("fixtures", fixtures.stream().map(Fixture::json).toList())));
      Process process =
          new ProcessBuilder(
                  "node",
                  FOLDER.resolve("node_modules/@copilotkit/aimock/dist/cli.js").toString(),
                  "--port",
                  "0",
                  "--fixtures",
                  file.toString())
              .redirectErrorStream(true)
              .start();
      return new Aimock(process, address(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI address(Process process) throws IOException {
    BufferedReader output = process.inputReader(UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread.ofVirtual().start(() -> drain(output));
        return URI.create(listening.group(1));
      }
    }
    throw new IOException("aimock did not start: " + lines);
  }

  /** A process whose output nobody reads stands still one day. */
  private static void drain(BufferedReader output) {
    try (output) {
      while (output.readLine() != null) {}
    } catch (IOException e) {
      // The process has ended.
    }
  }

  private static void install() throws IOException {
    need("node", "nodejs");
    need("npm", "npm");
    Files.createDirectories(FOLDER);
    try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Path lockFile = FOLDER.resolve("package-lock.json");
      Path wanted = Path.of("src/test/resources/aimock/package-lock.json");
      boolean there =
          Files.exists(lockFile)
              && Files.mismatch(lockFile, wanted) == -1
              && Files.exists(FOLDER.resolve("node_modules/@copilotkit/aimock/dist/cli.js"));
      if (!there && lock.isValid()) {
        for (String name : List.of("package.json", "package-lock.json")) {
          Files.copy(
              wanted.resolveSibling(name),
              FOLDER.resolve(name),
              StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      }
    }
  }

  private static void need(String program, String packageName) {
    try {
      run(program, "--version");
    } catch (IOException e) {
      String message = "needs " + program + ": install the package " + packageName;
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message, e);
      }
      abort(message);
    }
  }

  private static void run(String... command) throws IOException {
    Files.createDirectories(FOLDER);
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Where it listens. */
  public URI address() {
    return address;
  }

  /** The requests for messages that came, oldest first: path, headers, body, response. */
  public List<JsonNode> requests() {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(address.resolve("/__aimock/journal")).build(),
              HttpResponse.BodyHandlers.ofString());
      List<JsonNode> messages = new ArrayList<>();
      for (JsonNode entry : Json.mapper().readTree(response.body())) {
        if (entry.path("path").asString().matches("/v1/messages(\\?.*)?")) {
          messages.add(entry);
        }
      }
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
