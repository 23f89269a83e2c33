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
  private final Limit limit;
  private final Exchange exchange;
  private final Capacity capacity;
  private long bytes;
  private long charged;
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

  /** Whether a body is passed on as it comes, or gathered in memory first. */
  enum Use {
    PASSED_ON,
    GATHERED
  }

  /**
   * How long a body may be.
   *
   * @param reason what the exchange ends with if it is longer
   */
  record Limit(long bytesMax, Reason reason, Use use) {}

  Metered(ReadStream<Buffer> source, Limit limit, Exchange exchange, Capacity capacity) {
    this.source = source;
    this.limit = limit;
    this.exchange = exchange;
    this.capacity = capacity;
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
    exchange.moved();
    bytes += buffer.length();
    if (bytes > limit.bytesMax()) {
      exchange.abort(limit.reason());
    } else if (limit.use() == Use.PASSED_ON || charge(buffer.length())) {
      handler.handle(buffer);
    }
  }

  /** Takes memory for what cannot be passed on now; if there is none, ends the exchange. */
  private boolean charge(long amount) {
    if (capacity.take(Capacity.Bound.BUFFERED_BYTES, amount)) {
      charged += amount;
      return true;
    }
    exchange.abort(Reason.BUFFER_LIMIT);
    return false;
  }

  /** Gives back the memory that was taken for it. May be called again. */
  void release() {
    capacity.give(Capacity.Bound.BUFFERED_BYTES, charged);
    charged = 0;
  }

  @Override
  public Metered endHandler(@Nullable Handler<Void> handler) {
    source.endHandler(handler == null ? null : ended -> end(handler));
    return this;
  }

  private void end(Handler<Void> handler) {
    exchange.moved();
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
      if (limit.use() == Use.PASSED_ON && bytes > 0) {
        charge(Capacity.HELD_UP_BYTES);
      }
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
      exchange.moved();
      if (limit.use() == Use.PASSED_ON) {
        release();
      }
    }
    source.fetch(amount);
    return this;
  }
}
