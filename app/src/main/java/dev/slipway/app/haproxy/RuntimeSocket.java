package dev.slipway.app.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * HAProxy's stats socket (HAProxy 2.6 management guide, section 9.3): commands as text, answers
 * bounded in time and bytes.
 */
final class RuntimeSocket {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int ANSWER_BYTES_MAX = 8 << 20;

  private final Path path;

  RuntimeSocket(Path path) {
    this.path = path;
  }

  /**
   * What HAProxy answers to the commands, one after another.
   *
   * @throws IOException if it cannot be reached, or has not answered within five seconds
   */
  String ask(List<String> commands) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (SocketChannel channel = open();
        Selector selector = Selector.open()) {
      ByteBuffer question =
          ByteBuffer.wrap((String.join("; ", commands) + "\n").getBytes(StandardCharsets.US_ASCII));
      while (question.hasRemaining()) {
        channel.write(question);
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return answer(channel, selector, deadline);
    } catch (IOException e) {
      throw new IOException("HAProxy's socket " + path + ": " + e.getMessage(), e);
    }
  }

  private static String answer(SocketChannel channel, Selector selector, long deadline)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(16 << 10);
    while (true) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0 || selector.select(left) == 0) {
        throw new SocketTimeoutException("no answer within " + PATIENCE.toSeconds() + " s");
      }
      selector.selectedKeys().clear();
      int read = channel.read(part.clear());
      if (read < 0) {
        return answer.toString(StandardCharsets.UTF_8);
      }
      if (answer.size() + read > ANSWER_BYTES_MAX) {
        throw new IOException("an answer of more than " + ANSWER_BYTES_MAX + " bytes");
      }
      answer.write(part.array(), 0, read);
    }
  }

  String ask(String command) throws IOException {
    return ask(List.of(command));
  }

  /** A connection on which HAProxy goes on answering one command until it is closed. */
  SocketChannel follow(String command) throws IOException {
    SocketChannel channel = open();
    try {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private SocketChannel open() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
