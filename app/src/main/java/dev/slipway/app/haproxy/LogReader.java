package dev.slipway.app.haproxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows HAProxy's ring of log lines over its stats socket, from its oldest line on, and begins
 * anew whenever the connection ends: HAProxy was restarted then, or is gone.
 */
final class LogReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final RuntimeSocket socket;
  private final String ring;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Runnable end = () -> {};

  /** Who is told what is read. */
  interface Listener {
    /** HAProxy is there; its lines follow, from the oldest it has. */
    void connected();

    void line(String line);

    /** HAProxy is not there. */
    void lost(String why);
  }

  LogReader(RuntimeSocket socket, String ring, Listener listener) {
    this.socket = socket;
    this.ring = ring;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("haproxy-log").unstarted(this::read);
  }

  void start() {
    thread.start();
  }

  private void read() {
    try {
      while (closed.getCount() > 0) {
        String why = follow();
        if (closed.getCount() > 0) {
          LOG.warn("HAProxy's log at {} cannot be read: {}", socket, why);
          listener.lost(why);
        }
        if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads until the connection ends; says why it did. */
  private String follow() {
    try (SocketChannel channel = socket.follow("show events " + ring + " -w")) {
      end = () -> close(channel);
      if (closed.getCount() == 0) {
        return "closed";
      }
      listener.connected();
      BufferedReader lines =
          new BufferedReader(Channels.newReader(channel, StandardCharsets.ISO_8859_1));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.line(line);
      }
      return "HAProxy's socket " + socket + " was closed by it";
    } catch (IOException e) {
      return "HAProxy's socket " + socket + ": " + e.getMessage();
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("a connection to HAProxy does not close", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    end.run();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
