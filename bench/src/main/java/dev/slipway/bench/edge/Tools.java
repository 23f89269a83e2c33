package dev.slipway.bench.edge;

import dev.slipway.app.edge.Instance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs of the machine the comparison can use. */
final class Tools {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  private Tools() {}

  static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
    return Stream.of(path.split(":"))
        .filter(part -> !part.isEmpty())
        .map(part -> Path.of(part).resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The requests per second that wrk gets out of it with 32 connections. */
  static double wrk(Path binary, Instance way, Duration length)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "-t1",
                "-c32",
                "-d" + length.toSeconds() + "s",
                "http://" + way + "/orders/17")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher rate = RATE.matcher(said);
    if (!rate.find()) {
      throw new IOException("wrk said: " + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  static void awaitListening(Instance address, Process process) throws IOException {
    while (process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address.host(), address.port()), 1_000);
        return;
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    throw new IOException("it ended with " + process.exitValue() + " as it started");
  }
}
