package dev.slipway.app.detectors.hidden;

import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words to a reviewer in what a page does not show: comments of Markdown and HTML, and elements
 * that are made invisible. Words that everybody sees are not hidden.
 */
final class Instructions {
  private static final Pattern UNSEEN =
      Pattern.compile(
          "(?s)<!--(.{1,4000}?)-->|(?m)^\\[(?://|comment)\\]:\\s*(?:#|<>)\\s*[(\"'](.{1,2000})$"
              + "|<\\w+[^>]{0,200}(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0|opacity\\s*:\\s*0|\\shidden\\b)[^>]{0,200}>([^<]{1,4000})");

  private static final Pattern MODEL =
      Pattern.compile(
          "(?i)\\b(?:AI|LLMs?|language models?|assistants?|copilot|claude|chat ?gpt|gpt|gemini|agents?|bots?|automated review\\w*|slipway|system)\\b");

  private static final Pattern ORDER =
      Pattern.compile(
          "(?i)\\b(?:ignore|disregard|forget|override|approve|skip|do not (?:report|flag|review|list|mention|read)|don't (?:report|flag|review|mention)|respond|answer|reply|output|report (?:no|risk)|lgtm|mark (?:as|this))\\b");

  /** What nobody says to people. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?i)\\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier|rules|instructions)|\\brisk(?:[_ ]score)?\\s*(?:is|=|:)?\\s*[\"']?1\\b|\\b(?:report|list|return|has|output)\\s+(?:no|zero) findings\\b|\\b(?:already|pre-?)\\s?approved\\b|\\bno findings\\b");

  private Instructions() {}

  static List<Oddity> in(NewSide side) {
    if (!isPage(side.path())) {
      return List.of();
    }
    List<Oddity> found = new ArrayList<>();
    Matcher unseen = UNSEEN.matcher(side.text());
    while (unseen.find()) {
      String text = unseen.group();
      boolean told =
          PLAIN.matcher(text).find() || (MODEL.matcher(text).find() && ORDER.matcher(text).find());
      if (told && side.addsBetween(unseen.start(), unseen.end())) {
        found.add(
            new Oddity(
                "hidden.instruction",
                Severity.HIGH,
                side.firstAddedFrom(unseen.start()),
                "text that the page does not show tells a reviewer what to do"));
      }
    }
    return found;
  }

  private static boolean isPage(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return List.of(".md", ".mdx", ".markdown", ".html", ".htm", ".vue", ".svg", ".rst", ".adoc")
        .stream()
        .anyMatch(lower::endsWith);
  }
}
