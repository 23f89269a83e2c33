package dev.slipway.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Text in which what looks like a credential is withheld. Output of commands has its known secrets
 * masked already; this is for what nobody knows of, such as what a service answers. It would rather
 * withhold a digest than show a key. Takes time in proportion to the text, whatever that is.
 */
public final class Redacted {
  private static final String WITHHELD = "⟨withheld⟩";

  /** Each withholds what follows its first group. */
  private static final List<Pattern> CREDENTIALS =
      List.of(
          // a private key, or what is left of one
          Pattern.compile(
              "(-----BEGIN [A-Z ]{1,40}-----)(?s:.{0,8000}?)(?:-----END [A-Z ]{1,40}-----|\\z)"),
          // a value that the word before it calls one
          Pattern.compile(
              "(?i)((?:password|passwd|secret|token|api[_-]?key|credential|authorization|cookie)"
                  + "[\\w-]{0,40}[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?)"
                  + "(?:(?:bearer|basic)\\s{1,4})?[^\\s\"',;⟨]++"),
          Pattern.compile("(?i)(\\b(?:bearer|basic)\\s{1,4})[A-Za-z0-9+/=._~-]{8,}+"),
          // user:password@host
          Pattern.compile("(://[^/\\s:@⟨]{1,100}:)[^@/\\s⟨]{1,200}(?=@)"),
          // the beginnings that issuers give to their tokens
          Pattern.compile(
              "(\\b(?:eyJ|sk-|pk-|sk_|pk_|gh[opsu]_|github_pat_|glpat-|xox[abps]-|AKIA))"
                  + "[A-Za-z0-9._-]{12,}+"),
          // long, with digits in it, and no word, name or path
          Pattern.compile(
              "()(?=[A-Za-z+=]{0,200}[0-9])(?=[0-9+=]{0,200}[A-Za-z])[A-Za-z0-9+=]{32,}+"));

  private Redacted() {}

  /** The text without what looks like a credential. */
  public static String of(String text) {
    String redacted = text;
    for (Pattern credential : CREDENTIALS) {
      redacted = credential.matcher(redacted).replaceAll("$1" + WITHHELD);
    }
    return redacted;
  }
}
