package dev.slipway.app.edge;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way: passes it on unchanged and notes that it moves, how long it is, whether its
 * reader holds it back, and how it ended.
 */
final class Metered implements ReadStream<Buffer> {
  private final ReadStream<Buffer> source;
  private final long bytesMax;
  private final Runnable moved;
  private final Runnable overflow;
  private long bytes;
  private Flow flow = Flow.RUNNING;

  /** Who the next byte waits for. */
  enum Flow {
    /** The source. */
    RUNNING,
    /** The reader, which has asked the source to pause. */
    HELD,
    /** Nobody: all has been passed on. */
    ENDED,
    /** Nobody: the source failed. */
    FAILED
  }

  Metered(ReadStream<Buffer> source, long bytesMax, Runnable moved, Runnable overflow) {
    this.source = source;
    this.bytesMax = bytesMax;
    this.moved = moved;
    this.overflow = overflow;
  }

  Flow flow() {
    return flow;
  }

  @Override
  public Metered handler(@Nullable Handler<Buffer> handler) {
    source.handler(handler == null ? null : buffer -> pass(buffer, handler));
    return this;
  }

  private void pass(Buffer buffer, Handler<Buffer> handler) {
    moved.run();
    bytes += buffer.length();
    if (bytes > bytesMax) {
      overflow.run();
    } else {
      handler.handle(buffer);
    }
  }

  @Override
  public Metered endHandler(@Nullable Handler<Void> handler) {
    source.endHandler(handler == null ? null : ended -> end(handler));
    return this;
  }

  private void end(Handler<Void> handler) {
    moved.run();
    flow = Flow.ENDED;
    handler.handle(null);
  }

  @Override
  public Metered exceptionHandler(@Nullable Handler<Throwable> handler) {
    source.exceptionHandler(handler == null ? null : cause -> fail(cause, handler));
    return this;
  }

  private void fail(Throwable cause, Handler<Throwable> handler) {
    flow = Flow.FAILED;
    handler.handle(cause);
  }

  @Override
  public Metered pause() {
    source.pause();
    if (flow == Flow.RUNNING) {
      flow = Flow.HELD;
    }
    return this;
  }

  @Override
  public Metered resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Metered fetch(long amount) {
    if (flow == Flow.HELD) {
      flow = Flow.RUNNING;
      moved.run();
    }
    source.fetch(amount);
    return this;
  }
}
