package dev.slipway.app.config;

import dev.slipway.project.Freeze;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads freezes, a line each: {@code 2026-12-20T00:00:00Z/2027-01-02T00:00:00Z year end} once, or
 * {@code fri-sun 16:00-24:00 Europe/Berlin nobody is there} every week.
 */
final class FreezeReader {
  private static final Pattern ONCE = Pattern.compile("(\\S+)/(\\S+Z)(?: (.*))?");

  private static final Pattern WEEKLY =
      Pattern.compile(
          "([a-z]{3})(?:-([a-z]{3}))? (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (\\S+)(?: (.*))?");

  private FreezeReader() {}

  /** The freezes of a section {@code production}. */
  static List<Freeze> read(View production) {
    List<Freeze> freezes = new ArrayList<>();
    for (String text : production.words("freezes")) {
      try {
        freeze(text.strip())
            .ifPresentOrElse(
                freezes::add,
                () ->
                    production.error(
                        "freezes",
                        "expected two UTC times with a slash between, or days, a time range and a"
                            + " zone, such as fri-sun 16:00-24:00 Europe/Berlin"));
      } catch (DateTimeException | IllegalArgumentException e) {
        production.error("freezes", String.valueOf(e.getMessage()));
      }
    }
    return freezes;
  }

  private static Optional<Freeze> freeze(String text) {
    Matcher weekly = WEEKLY.matcher(text);
    if (weekly.matches()) {
      DayOfWeek first = day(weekly.group(1));
      return Optional.of(
          new Freeze.Weekly(
              first,
              Optional.ofNullable(weekly.group(2)).map(FreezeReader::day).orElse(first),
              time(weekly.group(3)),
              time(weekly.group(4)),
              ZoneId.of(weekly.group(5)),
              why(weekly, 6)));
    }
    Matcher once = ONCE.matcher(text);
    return once.matches()
        ? Optional.of(
            new Freeze.Once(
                Instant.parse(once.group(1)), Instant.parse(once.group(2)), why(once, 3)))
        : Optional.empty();
  }

  private static String why(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).map(String::strip).orElse("");
  }

  private static DayOfWeek day(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, name.length()).toLowerCase(Locale.ROOT).equals(name)) {
        return day;
      }
    }
    throw new IllegalArgumentException(
        "there is no day " + name + "; expected mon, tue, wed, thu, fri, sat or sun");
  }

  /** 24:00 is the day's end, which is the next day's midnight. */
  private static LocalTime time(String text) {
    return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
  }
}
