package dev.slipway.app.engine;

/** Somebody hears where a change stands, until this is closed. */
public interface Watch extends AutoCloseable {
  @Override
  void close();
}
