package dev.slipway.app.coverage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * JUnit's XML report in the dialects of Surefire, Gradle, pytest, Jest, Vitest, gotestsum and
 * node's test runner. Times are not read (T3). Totals that a suite states are believed only where
 * they are worse than what it lists.
 */
final class JunitXml {
  private static final int DEPTH_MAX = 100;

  private final Xml xml;
  private final TestTally tally;
  private final Deque<Suite> suites = new ArrayDeque<>();
  private int listed;

  /**
   * A suite that is being read.
   *
   * @param stated how many failures and errors it says it has
   * @param before how many were listed before it began
   */
  private record Suite(String name, long stated, int before) {}

  private JunitXml(Xml xml, TestTally tally) {
    this.xml = xml;
    this.tally = tally;
  }

  /** Whether this is a JUnit report; the cursor stands on the root element. */
  static boolean recognises(Xml xml) {
    return xml.starts("testsuites") || xml.starts("testsuite");
  }

  /** Reads all of it; the cursor stands on the root element. */
  static void read(Xml xml, TestTally tally) throws Malformed {
    new JunitXml(xml, tally).read();
  }

  private void read() throws Malformed {
    do {
      if (recognises(xml)) {
        begin();
      } else if (xml.ends("testsuites") || xml.ends("testsuite")) {
        end();
      } else if (xml.starts("testcase")) {
        testCase();
      } else if (xml.starts("failure") || xml.starts("error")) {
        listed++;
        tally.alsoFailed("suite " + suites.getFirst().name(), message());
      }
    } while (xml.next());
  }

  private void begin() throws Malformed {
    if (suites.size() >= DEPTH_MAX) {
      throw new Malformed("suites are nested deeper than " + DEPTH_MAX);
    }
    long stated = count("failures") + count("errors");
    suites.push(new Suite(xml.attribute("name").orElse("without a name"), stated, listed));
  }

  private void end() {
    Suite suite = suites.pop();
    int found = listed - suite.before();
    if (suite.stated() > found) {
      tally.alsoFailed(
          "suite " + suite.name(),
          "it states " + suite.stated() + " failures and errors, and lists " + found);
      listed += (int) Math.min(suite.stated() - found, 1_000_000);
    }
  }

  private long count(String attribute) {
    String text = xml.attribute(attribute).orElse("0").strip();
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }

  private void testCase() throws Malformed {
    String name = name();
    boolean notRun =
        xml.attribute("status").filter(s -> s.equals("notrun") || s.equals("disabled")).isPresent();
    boolean skipped = notRun;
    boolean todo = false;
    Optional<String> failure = Optional.empty();
    int depth = 1;
    while (depth > 0 && xml.next()) {
      if (depth == 1 && (xml.starts("failure") || xml.starts("error"))) {
        listed++;
        String message = message();
        failure = failure.or(() -> Optional.of(message));
      } else if (xml.isStart()) {
        skipped |= depth == 1 && xml.starts("skipped");
        todo |= depth == 1 && xml.starts("skipped") && isTodo();
        depth++;
      } else {
        depth--;
      }
    }
    tell(name, skipped, todo ? Optional.empty() : failure);
  }

  /** Node lists the failure of a test that is marked as yet to do, and does not count it. */
  private boolean isTodo() {
    return xml.attribute("type").filter("todo"::equals).isPresent();
  }

  private void tell(String name, boolean skipped, Optional<String> failure) {
    if (failure.isPresent()) {
      tally.failed(name, failure.get());
    } else if (skipped) {
      tally.skipped();
    } else {
      tally.passed();
    }
  }

  private String name() {
    String name = xml.attribute("name").orElse("without a name");
    String owner = xml.attribute("classname").or(() -> xml.attribute("class")).orElse("");
    boolean named = owner.isBlank() || name.equals(owner) || name.startsWith(owner + ".");
    return named ? name : owner + "." + name;
  }

  /** The failure's message, or its text where gotestsum says no more; goes to the element's end. */
  private String message() throws Malformed {
    String message = xml.attribute("message").orElse("");
    String text = xml.text().strip();
    return message.isBlank() || message.equals("Failed") ? text : message;
  }
}
