package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.IncidentReported;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.ledger.Checkpoint;
import dev.slipway.policy.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A bundle of evidence as a page for people: no scripts, nothing loaded, everything escaped. */
final class BundlePage {
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:65rem;padding:0 1rem}"
          + "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
          + "padding:.35rem .75rem .35rem 0;border-bottom:1px solid #ddd}th{white-space:nowrap}"
          + "code{font-size:13px;overflow-wrap:anywhere}";

  private BundlePage() {}

  /** The page. */
  static String of(Dossier dossier, Checkpoint checkpoint) {
    StringBuilder page = new StringBuilder();
    head(page, escaped("Change " + dossier.change()));
    page.append("<p>This page is for reading. What proves it is beside it: <code>slipway audit")
        .append(" check BUNDLE --key …</code> verifies every entry against the log <b>")
        .append(escaped(checkpoint.origin()))
        .append("</b> at ")
        .append(checkpoint.size())
        .append(" entries, root <code>")
        .append(checkpoint.root().hex())
        .append("</code>.</p><h2>In short</h2><table>");
    for (Map.Entry<String, String> cell : PopulationRow.of(dossier).entrySet()) {
      row(page, cell.getKey().replace('_', ' '), cell.getValue());
    }
    page.append("</table><h2>What happened</h2><table><tr><th>entry<th>what<th>details</tr>");
    for (Dossier.Line line : dossier.lines()) {
      page.append("<tr><td>")
          .append(line.index())
          .append("</td><td>")
          .append(escaped(what(line.record())))
          .append("</td><td>")
          .append(escaped(details(line.record())))
          .append("</td></tr>");
    }
    page.append(
        "</table><h2>Content</h2><p>In <code>blobs/</code>, unless it was erased.</p><table>");
    dossier
        .all(OfChange.class)
        .flatMap(record -> record.evidence().entrySet().stream())
        .forEach(named -> row(page, named.getKey(), named.getValue()));
    return page.append("</table></body></html>\n").toString();
  }

  private static void head(StringBuilder page, String title) {
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\"><title>")
        .append(title)
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(title)
        .append("</h1>");
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("<tr><th>")
        .append(escaped(name))
        .append("</th><td>")
        .append(escaped(value))
        .append("</td></tr>");
  }

  private static String what(OfChange record) {
    return switch (record) {
      case Opened ignored -> "opened";
      case Planned ignored -> "planned";
      case AgentReport report -> "report of " + report.report().agent();
      case Decision decision -> "permitted: " + decision.permits();
      case Done done -> "done: " + done.what();
      case RolledBack ignored -> "rolled back";
      case IncidentReported ignored -> "incident report";
      case Approved approved -> "approved by " + approved.approval().by();
      case Rested rested -> rested.state().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static String details(OfChange record) {
    return switch (record) {
      case Opened opened -> opened.at() + " by " + opened.pull().author();
      case Planned planned ->
          "candidate "
              + planned.candidate().commit()
              + "; gates: "
              + planned.stages().stream().map(it -> it.label()).collect(Collectors.joining(", "));
      case AgentReport report ->
          report.report().checks().stream()
              .map(it -> it.name() + ": " + Texts.lower(it.outcome()) + " (" + it.message() + ")")
              .collect(Collectors.joining("; "));
      case Decision decision ->
          decision.at()
              + "; "
              + decision.judgements().stream()
                  .map(it -> it.stage().label() + ": " + it.verdict().label())
                  .collect(Collectors.joining(", "));
      case Done done -> done.at().toString();
      case RolledBack back -> back.at() + "; " + reasons(back.reasons());
      case IncidentReported incident -> incident.at().toString();
      case Approved approved ->
          approved.approval().at()
              + "; "
              + reasons(approved.approval().reasons())
              + "; '"
              + approved.approval().comment()
              + "'";
      case Rested rested -> rested.at() + "; " + reasons(rested.reasons());
    };
  }

  private static String reasons(List<Reason> reasons) {
    return reasons.stream()
        .map(it -> it.rule() + ": " + it.message())
        .collect(Collectors.joining("; "));
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    OneLine.of(text)
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(point);
              }
            });
    return out.toString();
  }
}
