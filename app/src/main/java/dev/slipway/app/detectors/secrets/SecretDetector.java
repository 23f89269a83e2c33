package dev.slipway.app.detectors.secrets;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.text.Allowances;
import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.change.Digest;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Credentials that a change adds. Looks at the text as it stands, with its string literals joined,
 * and at what is encoded in it. The value is never part of a finding: its kind and the first eight
 * digits of its SHA-256 are.
 */
public final class SecretDetector implements Detector {
  private static final String OPERATORS = "+.&~|<\\";
  private static final int DEPTH_MAX = 2;

  @Override
  public String name() {
    return "secrets";
  }

  @Override
  public Outcome inspect(Subject subject) {
    Allowances allowances = new Allowances(subject);
    List<Finding> findings = new ArrayList<>();
    for (FileChange file : subject.diff().files()) {
      for (NewSide side : NewSide.of(file)) {
        inspect(side, allowances, findings);
      }
    }
    return new Outcome.Inspected(findings);
  }

  private static void inspect(NewSide side, Allowances allowances, List<Finding> findings) {
    FileRole role = FileRole.of(side.path());
    BitSet seen = new BitSet();
    for (Sighting sighting : sightings(side)) {
      if (side.addsBetween(sighting.start(), sighting.end())
          && counts(sighting, role)
          && !overlaps(seen, sighting)) {
        seen.set(sighting.start(), sighting.end());
        int place = side.firstAddedFrom(sighting.start());
        String rule = "secret." + sighting.rule();
        if (!allowances.allow(rule, side, place)) {
          findings.add(finding(rule, sighting, side, place));
        }
      }
    }
  }

  private static boolean counts(Sighting sighting, FileRole role) {
    return switch (sighting.proof()) {
      case FORMAT -> true;
      case CONTEXT ->
          switch (role) {
            case PRODUCTION -> true;
            case LOCK -> sighting.rule().equals("url-password");
            case TEST, DOCUMENTATION, GENERATED -> false;
          };
    };
  }

  private static boolean overlaps(BitSet seen, Sighting sighting) {
    int next = seen.nextSetBit(sighting.start());
    return next >= 0 && next < sighting.end();
  }

  private static Finding finding(String rule, Sighting sighting, NewSide side, int place) {
    String fingerprint =
        Digest.of(sighting.value().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
    return new Finding(
        rule,
        Kind.SECRET,
        sighting.proof().severity,
        side.path(),
        side.lineAt(place),
        sighting.label() + " in the text (SHA-256 " + fingerprint + "…)");
  }

  /** What is seen in the text, the surest first. */
  private static List<Sighting> sightings(NewSide side) {
    List<Sighting> all = new ArrayList<>();
    look(side.path(), side.text(), 0, all);
    Joined.of(side.text(), OPERATORS)
        .ifPresent(joined -> lookJoined(side.path(), joined, OPERATORS, all));
    if (side.text().contains("join") || side.text().contains("concat")) {
      Joined.of(side.text(), ",").ifPresent(joined -> lookJoined(side.path(), joined, ",", all));
    }
    all.sort(Comparator.comparing(Sighting::proof).thenComparingInt(SecretDetector::generality));
    return all;
  }

  private static int generality(Sighting sighting) {
    return switch (sighting.rule()) {
      case "generic", "password" -> 1;
      default -> 0;
    };
  }

  private static void lookJoined(String path, Joined joined, String operators, List<Sighting> out) {
    List<Sighting> found = new ArrayList<>();
    if (operators.equals(OPERATORS)) {
      look(path, joined.text(), 0, found);
    } else {
      TokenFormats.ALL.forEach(format -> format.find(joined.text(), found));
    }
    for (Sighting sighting : found) {
      int start = joined.original(sighting.start());
      out.add(sighting.at(start, joined.original(sighting.end() - 1) + 1));
    }
  }

  private static void look(String path, String text, int depth, List<Sighting> out) {
    TokenFormats.ALL.forEach(format -> format.find(text, out));
    PrivateKeys.find(text, out);
    Connections.find(text, out);
    Positions.find(text, out);
    Assignments.find(path, text, out);
    if (depth < DEPTH_MAX) {
      for (Encoded.Layer layer : Encoded.in(text)) {
        List<Sighting> inside = new ArrayList<>();
        look(path, layer.text(), depth + 1, inside);
        inside.forEach(sighting -> out.add(sighting.at(layer.start(), layer.end())));
      }
    }
  }
}
