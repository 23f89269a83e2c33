package dev.slipway.app.coverage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * JaCoCo's XML report. A line is executed if one of its instructions was ({@code ci}); branches
 * that were not taken do not make it less so.
 */
final class JacocoXml {
  private JacocoXml() {}

  static Reported read(Xml xml) throws Malformed {
    Reported reported = new Reported();
    Deque<String> groups = new ArrayDeque<>();
    String folder = "";
    while (xml.next()) {
      if (xml.starts("group")) {
        groups.push(xml.required("name"));
      } else if (xml.ends("group")) {
        groups.pop();
      } else if (xml.starts("package")) {
        folder = xml.required("name");
      } else if (xml.starts("sourcefile")) {
        String name = xml.required("name");
        String path = folder.isEmpty() ? name : folder + "/" + name;
        String module = groups.isEmpty() ? "" : groups.getFirst();
        reported.add(List.of(path), module, lines(xml));
      }
    }
    return reported;
  }

  private static Reported.Lines lines(Xml xml) throws Malformed {
    Reported.Lines lines = new Reported.Lines();
    while (xml.next() && !xml.ends("sourcefile")) {
      if (xml.starts("line")) {
        lines.add(xml.lineNumber("nr"), Reported.Execution.of(xml.required("ci")));
      }
    }
    return lines;
  }
}
