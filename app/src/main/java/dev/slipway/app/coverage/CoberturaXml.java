package dev.slipway.app.coverage;

import java.util.ArrayList;
import java.util.List;

/**
 * Cobertura's XML format, as coverage.py, gcovr, coverlet and others write it. A line is executed
 * if it was hit, whatever its branches. File names are relative to one of the {@code <source>}
 * directories, to none, or absolute.
 */
final class CoberturaXml {
  private CoberturaXml() {}

  static Reported read(Xml xml) throws Malformed {
    Reported reported = new Reported();
    List<String> roots = new ArrayList<>();
    while (xml.next()) {
      if (xml.starts("source")) {
        roots.add(xml.text().strip());
      } else if (xml.starts("class")) {
        String file = xml.required("filename");
        reported.add(names(roots, file), "", lines(xml));
      }
    }
    return reported;
  }

  private static List<String> names(List<String> roots, String file) {
    List<String> names = new ArrayList<>();
    for (String root : roots) {
      if (!root.isEmpty() && !Paths.isAbsolute(file)) {
        names.add(root + "/" + file);
      }
    }
    names.add(file);
    return names;
  }

  private static Reported.Lines lines(Xml xml) throws Malformed {
    Reported.Lines lines = new Reported.Lines();
    while (xml.next() && !xml.ends("class")) {
      if (xml.starts("line")) {
        lines.add(xml.lineNumber("number"), Reported.Execution.of(xml.required("hits")));
      }
    }
    return lines;
  }
}
