package dev.slipway.app.detectors.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Whether a text holds one of some words, whatever their case: each character is looked at once,
 * however many words there are (Aho, Corasick, <i>Efficient String Matching</i>, CACM 18(6), 1975).
 * The words are of ASCII.
 */
public final class AnyOf {
  private static final int LETTERS = 128;

  private final int[] next;
  private final boolean[] ends;

  private AnyOf(int[] next, boolean[] ends) {
    this.next = next;
    this.ends = ends;
  }

  /** The words of a text, which blanks divide. */
  public static AnyOf words(String words) {
    return of(List.of(words.split(" ")));
  }

  /** These words, as they are. */
  public static AnyOf of(Collection<String> words) {
    int size = 1 + words.stream().mapToInt(String::length).sum();
    int[] next = new int[size * LETTERS];
    Arrays.fill(next, -1);
    boolean[] ends = new boolean[size];
    int nodes = 1;
    for (String word : words) {
      int at = 0;
      for (int i = 0; i < word.length(); i++) {
        int step = at * LETTERS + small(word.charAt(i));
        if (next[step] < 0) {
          next[step] = nodes++;
        }
        at = next[step];
      }
      ends[at] = true;
    }
    close(next, ends, nodes);
    return new AnyOf(next, ends);
  }

  /** Where no word goes on, the longest end that begins one does. */
  private static void close(int[] next, boolean[] ends, int nodes) {
    int[] back = new int[nodes];
    Deque<Integer> open = new ArrayDeque<>();
    for (int c = 0; c < LETTERS; c++) {
      if (next[c] < 0) {
        next[c] = 0;
      } else {
        open.add(next[c]);
      }
    }
    while (!open.isEmpty()) {
      int at = open.remove();
      ends[at] |= ends[back[at]];
      for (int c = 0; c < LETTERS; c++) {
        int step = at * LETTERS + c;
        int other = next[back[at] * LETTERS + c];
        if (next[step] < 0) {
          next[step] = other;
        } else {
          back[next[step]] = other;
          open.add(next[step]);
        }
      }
    }
  }

  public boolean isIn(String text) {
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      at = c < LETTERS ? next[at * LETTERS + small(c)] : 0;
      if (ends[at]) {
        return true;
      }
    }
    return false;
  }

  private static int small(char c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
}
