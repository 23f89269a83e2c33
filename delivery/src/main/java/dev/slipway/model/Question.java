package dev.slipway.model;

import java.util.List;

/**
 * What a model is asked.
 *
 * @param prompt the standing instructions
 * @param turns what it is given, ending with what it is asked now
 * @param answer the record it is to answer with. Its components are text, whole numbers, enums,
 *     records and lists of these; the canonical constructor throws {@link IllegalArgumentException}
 *     for a value that is out of range
 * @param replyTokensMax how long the reply may be
 */
public record Question<T extends Record>(
    Prompt prompt, List<Turn> turns, Class<T> answer, int replyTokensMax) {
  public Question {
    turns = List.copyOf(turns);
    if (turns.isEmpty() || !(turns.getLast() instanceof Turn.Asked)) {
      throw new IllegalArgumentException("a question ends with something asked");
    }
    if (replyTokensMax < 1) {
      throw new IllegalArgumentException("a reply has at least one token");
    }
  }

  /** A question of one turn. */
  public static <T extends Record> Question<T> of(
      Prompt prompt, List<Passage> passages, Class<T> answer, int replyTokensMax) {
    return new Question<>(prompt, List.of(new Turn.Asked(passages)), answer, replyTokensMax);
  }

  /** The same question after an invalid reply: what came, and what was wrong with it. */
  public Question<T> repairing(Reply.Invalid<T> invalid) {
    List<Turn> more = new java.util.ArrayList<>(turns);
    if (!invalid.text().isBlank()) {
      more.add(new Turn.Replied(invalid.text()));
    }
    more.add(
        new Turn.Asked(
            List.of(
                new Passage.Instruction(
                    "Your reply could not be read. What was wrong with it is below, as data."
                        + " Reply again, with the whole answer and nothing else."),
                new Passage.Data("what was wrong", invalid.why()))));
    return new Question<>(prompt, more, answer, replyTokensMax);
  }

  /** Everything that is sent as text, for people and the record. */
  public String transcript() {
    StringBuilder out = new StringBuilder("system\n").append(prompt.text());
    for (Turn turn : turns) {
      switch (turn) {
        case Turn.Asked asked -> out.append("\n\nuser\n").append(asked.text());
        case Turn.Replied(String text) -> out.append("\n\nassistant\n").append(text);
      }
    }
    return out.toString();
  }
}
