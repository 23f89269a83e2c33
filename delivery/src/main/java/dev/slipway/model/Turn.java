package dev.slipway.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Digest;
import java.util.List;
import java.util.stream.Collectors;

/** One turn of a conversation with a model. */
public sealed interface Turn {
  /** What the model is to read. */
  record Asked(List<Passage> passages) implements Turn {
    public Asked {
      passages = List.copyOf(passages);
    }

    /**
     * The passages as text. Data stands between lines that carry a boundary of 16 hex digits, which
     * is derived from all the data and occurs nowhere in it; the same passages give the same text.
     */
    public String text() {
      String boundary = boundary();
      return passages.stream()
          .map(
              passage ->
                  switch (passage) {
                    case Passage.Instruction(String text) -> text;
                    case Passage.Data(String label, String text) ->
                        "<data-%s what=\"%s\">\n%s\n</data-%s>"
                            .formatted(boundary, label, VisibleText.of(text), boundary);
                  })
          .collect(Collectors.joining("\n\n"));
    }

    private String boundary() {
      String all =
          passages.stream()
              .map(it -> it instanceof Passage.Data data ? data.text() : "")
              .collect(Collectors.joining("\n"));
      String boundary = Digest.of(all.getBytes(UTF_8)).hex().substring(0, 16);
      while (all.contains(boundary)) {
        boundary = Digest.of(boundary.getBytes(UTF_8)).hex().substring(0, 16);
      }
      return boundary;
    }
  }

  /** What the model replied before. */
  record Replied(String text) implements Turn {}
}
