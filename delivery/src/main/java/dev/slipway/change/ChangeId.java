package dev.slipway.change;

/**
 * Names one change for as long as it travels: letters, digits and {@code . _ - #}, at most 100
 * characters, so that it is safe in paths, URLs and terminals.
 */
public record ChangeId(String value) {
  public ChangeId {
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9._#-]{0,99}")) {
      throw new IllegalArgumentException(
          "a change is named by 1 to 100 letters, digits and . _ - #, not: " + Printable.of(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
