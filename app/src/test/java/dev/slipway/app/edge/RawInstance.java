package dev.slipway.app.edge;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An instance that misbehaves, byte by byte: each connection is given to a script. */
final class RawInstance implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What is done with a connection; the socket is closed when it returns. */
  interface Script {
    void play(Connection connection) throws IOException;
  }

  /** One accepted connection. */
  final class Connection {
    private final BufferedReader in;
    private final OutputStream out;
    private final Socket socket;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      this.out = socket.getOutputStream();
    }

    /** Reads a request's head; ends the script if the peer only looked in, as a check does. */
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          return head.toString();
        }
        head.append(line).append('\n');
      }
      throw new EOFException("closed before a request");
    }

    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void echo() throws IOException {
      int read = socket.getInputStream().read();
      while (read >= 0) {
        out.write(read);
        out.flush();
        read = socket.getInputStream().read();
      }
    }

    /** Says nothing until the peer closes. */
    void hang() throws IOException {
      while (in.read() >= 0) {
        // What arrives meanwhile does not matter.
      }
    }
  }

  private RawInstance(Script script) {
    this.script = script;
    try {
      this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  static RawInstance playing(Script script) {
    return new RawInstance(script);
  }

  Instance address() {
    return new Instance("127.0.0.1", listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> play(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void play(Socket socket) {
    try (socket) {
      script.play(new Connection(socket));
    } catch (IOException e) {
      // The other side has gone: what many of the tests are about.
    } finally {
      open.remove(socket);
    }
  }

  int connections() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
