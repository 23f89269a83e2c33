package dev.slipway.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Digest;
import dev.slipway.evidence.EvidenceStore;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent's dealings with the model over one change: within the purse, with one repair of an
 * invalid reply, and with every exchange kept. Not safe for several threads.
 */
public final class Conversation {
  private final LanguageModel model;
  private final Purse purse;
  private final EvidenceStore evidence;
  private final List<Exchange> exchanges = new ArrayList<>();

  /**
   * One call as it is recorded.
   *
   * @param prompt purpose and version
   * @param promptDigest digest of the prompt's text
   * @param outcome how it ended: answered, invalid, refused or unavailable
   * @param transcript digest of all that was said, kept beside the log
   */
  public record Exchange(
      String prompt, Digest promptDigest, String outcome, Receipt receipt, Digest transcript) {}

  public Conversation(LanguageModel model, Purse purse, EvidenceStore evidence) {
    this.model = model;
    this.purse = purse;
    this.evidence = evidence;
  }

  /** The model's name. */
  public String model() {
    return model.id();
  }

  /** The change's purse. */
  public Purse purse() {
    return purse;
  }

  /** Every call so far, in order. */
  public Account account() {
    return new Account(exchanges);
  }

  /** Keeps text beside the log that is too long for a report, and gives its digest. */
  public Digest keep(String text) {
    return evidence.keep(text.getBytes(UTF_8));
  }

  /**
   * Asks; an invalid reply is shown to the model once, with what is wrong with it. What comes then
   * is the reply.
   *
   * @throws InterruptedException when the answer is no longer wanted
   */
  public <T extends Record> Reply<T> ask(Question<T> question) throws InterruptedException {
    Reply<T> reply = once(question);
    return reply instanceof Reply.Invalid<T> invalid ? once(question.repairing(invalid)) : reply;
  }

  private <T extends Record> Reply<T> once(Question<T> question) throws InterruptedException {
    var spent = purse.spent();
    if (spent.isPresent()) {
      return new Reply.OverBudget<>(spent.get());
    }
    Reply<T> reply = model.ask(question, purse.allowance());
    switch (reply) {
      case Reply.Answered<T>(T ignored, String text, Receipt receipt) ->
          keep(question, "answered", text, receipt);
      case Reply.Invalid<T>(String why, String text, Receipt receipt) ->
          keep(question, "invalid: " + why, text, receipt);
      case Reply.Refused<T>(String why, Receipt receipt) ->
          keep(question, "refused: " + why, "", receipt);
      case Reply.Unavailable<T>(String why, Receipt receipt) ->
          keep(question, "unavailable: " + why, "", receipt);
      case Reply.OverBudget<T> ignored -> {}
    }
    return reply;
  }

  private void keep(Question<?> question, String outcome, String text, Receipt receipt) {
    purse.pay(receipt);
    String transcript = question.transcript() + "\n\nassistant\n" + text;
    exchanges.add(
        new Exchange(
            question.prompt().id(),
            question.prompt().digest(),
            outcome,
            receipt,
            evidence.keep(transcript.getBytes(UTF_8))));
  }
}
