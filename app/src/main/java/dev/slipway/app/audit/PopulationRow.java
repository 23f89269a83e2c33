package dev.slipway.app.audit;

import static dev.slipway.audit.AuditRecord.EMERGENCY_REVIEW;
import static dev.slipway.audit.AuditRecord.EMERGENCY_SKIPS;

import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the population says of one change, column by column. */
public final class PopulationRow {
  private static final Map<String, Function<Dossier, String>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("change", it -> it.change().value());
    COLUMNS.put("repository", it -> opened(it, o -> o.pull().repository()));
    COLUMNS.put("title", it -> opened(it, o -> o.pull().title()));
    COLUMNS.put("author", it -> opened(it, o -> o.pull().author().toString()));
    COLUMNS.put("head_commit", it -> opened(it, o -> o.pull().head().hex()));
    COLUMNS.put("deployed_commit", it -> moved(it, m -> m.permit().candidate().commit().hex()));
    COLUMNS.put("opened_at", it -> opened(it, o -> o.at().toString()));
    COLUMNS.put("deployed_at", it -> it.deployedAt().map(Object::toString).orElse(""));
    COLUMNS.put("places", PopulationRow::places);
    COLUMNS.put("artifacts", it -> moved(it, PopulationRow::artifacts));
    COLUMNS.put("approver", PopulationRow::approver);
    COLUMNS.put("tests", PopulationRow::tests);
    COLUMNS.put("gates", it -> moved(it, m -> gates(m.permit())));
    COLUMNS.put("decision_entry", it -> moved(it, m -> Long.toString(m.permitIndex())));
    COLUMNS.put("deployer", it -> moved(it, m -> "slipway " + m.permit().version()));
    COLUMNS.put("outcome", it -> it.last(Rested.class).map(Rested::state).orElse("UNDER_WAY"));
    COLUMNS.put("ended_at", it -> it.last(Rested.class).map(r -> r.at() + "").orElse(""));
    COLUMNS.put("exceptions", PopulationRow::exceptions);
    COLUMNS.put("emergency", PopulationRow::emergency);
    COLUMNS.put("rollbacks", PopulationRow::rollbacks);
  }

  private PopulationRow() {}

  /** The names of the columns, in order. */
  public static List<String> columns() {
    return List.copyOf(COLUMNS.keySet());
  }

  /** The values of a change by column. */
  public static Map<String, String> of(Dossier dossier) {
    Map<String, String> row = new LinkedHashMap<>();
    COLUMNS.forEach((name, value) -> row.put(name, value.apply(dossier)));
    return row;
  }

  /** What runs without a record is a row too: an exception. */
  public static Map<String, String> of(Discrepancy discrepancy) {
    Map<String, String> row = new LinkedHashMap<>();
    COLUMNS.keySet().forEach(name -> row.put(name, ""));
    row.put("places", discrepancy.place());
    row.put("deployed_at", discrepancy.at().toString());
    row.put("outcome", "NOT_RECORDED");
    row.put("exceptions", "found " + discrepancy.found() + ": " + discrepancy.detail());
    return row;
  }

  private static String opened(Dossier dossier, Function<Opened, String> value) {
    return dossier.opened().map(value).orElse("");
  }

  /** Of the last move: the one that decided what production runs. */
  private static String moved(Dossier dossier, Function<Dossier.Move, String> value) {
    List<Dossier.Move> moves = dossier.moves();
    return moves.isEmpty() ? "" : value.apply(moves.getLast());
  }

  private static String places(Dossier dossier) {
    return joined(
        dossier.moves().stream().flatMap(move -> move.permit().slots().stream()).sorted());
  }

  private static String artifacts(Dossier.Move move) {
    return joined(
        move.permit().artifacts().entrySet().stream()
            .map(it -> it.getKey() + " " + it.getValue().digest())
            .sorted());
  }

  /** Who let it go to production: the policy, or the people it asked. */
  private static String approver(Dossier dossier) {
    String people =
        joined(dossier.approvals().stream().map(Approved::approval).map(Approval::by).distinct());
    return people.isEmpty() ? "policy" : people;
  }

  private static String tests(Dossier dossier) {
    return dossier
        .all(AgentReport.class)
        .map(AgentReport::report)
        .filter(report -> report.stage() == Stage.TEST)
        .reduce((earlier, later) -> later)
        .map(PopulationRow::tests)
        .orElse("not applicable");
  }

  private static String tests(Report report) {
    return joined(
        report.checks().stream()
            .map(it -> it.name() + ": " + Texts.lower(it.outcome()) + " (" + it.message() + ")"));
  }

  private static String gates(Decision decision) {
    return joined(
        decision.judgements().stream().map(it -> it.stage().label() + ": " + it.verdict().label()));
  }

  private static String exceptions(Dossier dossier) {
    return joined(
        dossier.approvals().stream()
            .map(Approved::approval)
            .map(it -> it.by() + " at " + it.at() + ": " + rules(it.reasons())));
  }

  /** What was skipped and why, and who reviewed it afterwards, if anybody did. */
  private static String emergency(Dossier dossier) {
    String skipped = opened(dossier, o -> o.options().getOrDefault(EMERGENCY_SKIPS, ""));
    if (skipped.isEmpty()) {
      return "";
    }
    String why = opened(dossier, o -> o.options().getOrDefault("emergency", ""));
    String by = opened(dossier, o -> o.options().getOrDefault("emergency_by", ""));
    String review =
        joined(
            dossier.approvals().stream()
                .map(Approved::approval)
                .filter(it -> it.isFor(EMERGENCY_REVIEW))
                .map(it -> "reviewed by " + it.by() + " at " + it.at()));
    return "%s skipped by %s: %s; %s"
        .formatted(skipped, by, why, review.isEmpty() ? "NOT REVIEWED" : review);
  }

  private static String rollbacks(Dossier dossier) {
    return joined(
        dossier.rollbacks().stream().map((RolledBack it) -> it.at() + ": " + rules(it.reasons())));
  }

  private static String rules(List<Reason> reasons) {
    return reasons.stream().map(Reason::rule).distinct().collect(Collectors.joining(", "));
  }

  private static String joined(Stream<?> values) {
    return values.map(Object::toString).distinct().collect(Collectors.joining("; "));
  }
}
