package dev.slipway.change;

/** Someone who acts, by login. A bot's approval is never a human's. */
public record Person(String login, Kind kind) {
  /** Whether a human or a program stands behind the login. */
  public enum Kind {
    HUMAN,
    BOT
  }

  public Person {
    if (login.isBlank() || login.length() > 200 || !login.equals(Printable.of(login))) {
      throw new IllegalArgumentException(
          "a login is 1 to 200 printable characters, not: " + Printable.of(login));
    }
  }

  /** A human of this login. */
  public static Person human(String login) {
    return new Person(login, Kind.HUMAN);
  }

  @Override
  public String toString() {
    return kind == Kind.BOT ? login + " (bot)" : login;
  }
}
