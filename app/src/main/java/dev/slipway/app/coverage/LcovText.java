package dev.slipway.app.coverage;

import java.util.List;
import java.util.Optional;

/**
 * LCOV's tracefile, as described in geninfo(1). Only {@code SF} and {@code DA} matter to lines:
 * what a line's branches did ({@code BRDA}) does not change whether it was executed.
 */
final class LcovText {
  private LcovText() {}

  static Reported read(String text) throws Malformed {
    Reported reported = new Reported();
    Optional<Reported.Lines> file = Optional.empty();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String record = line.strip();
      if (record.startsWith("SF:")) {
        Reported.Lines lines = new Reported.Lines();
        reported.add(List.of(record.substring(3).strip()), "", lines);
        file = Optional.of(lines);
      } else if (record.equals("end_of_record")) {
        file = Optional.empty();
      } else if (record.startsWith("DA:")) {
        String place = " (line " + number + ")";
        String[] parts = record.substring(3).split(",", 3);
        if (file.isEmpty() || parts.length < 2) {
          throw new Malformed("a DA record has no file or no count" + place);
        }
        file.get().add(Numbers.line(parts[0], place), Reported.Execution.of(parts[1]));
      }
    }
    if (file.isPresent()) {
      throw new Malformed("it ends inside a record: it was cut off");
    }
    return reported;
  }
}
