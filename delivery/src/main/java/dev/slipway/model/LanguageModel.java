package dev.slipway.model;

/** A model that answers a question with a record of the type asked for. Safe for many threads. */
public interface LanguageModel {
  /** Who serves which model, such as {@code anthropic/claude-sonnet-5-5}. */
  String id();

  /**
   * Asks once; the provider's passing faults are tried again inside. What the model or its provider
   * does is a reply, never an exception. Nothing is sent that could cost more than the allowance.
   *
   * @throws InterruptedException when the answer is no longer wanted
   */
  <T extends Record> Reply<T> ask(Question<T> question, Allowance allowance)
      throws InterruptedException;
}
