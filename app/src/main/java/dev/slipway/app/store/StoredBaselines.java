package dev.slipway.app.store;

import dev.slipway.app.json.Json;
import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Calibration;
import dev.slipway.telemetry.Baselines;
import dev.slipway.telemetry.StagingRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What was measured of candidates, in the control plane's database. */
public final class StoredBaselines implements Baselines {
  private final Statements statements;

  public StoredBaselines(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public void measured(String repository, ServiceName service, CommitId candidate, StagingRun run) {
    statements.update(
        "insert into measurements (repository, service, candidate, traffic)"
            + " values (?, ?, ?, ?::jsonb)"
            + " on conflict (repository, service, candidate)"
            + " do update set traffic = excluded.traffic, measured_at = now()",
        repository,
        service.value(),
        candidate.hex(),
        Json.mapper().writeValueAsString(run));
  }

  @Override
  public Optional<StagingRun> measurement(
      String repository, ServiceName service, CommitId candidate) {
    return statements.first(
        "select traffic from measurements where repository = ? and service = ? and candidate = ?",
        StoredBaselines::run,
        repository,
        service.value(),
        candidate.hex());
  }

  @Override
  public void shipped(String repository, ServiceName service, CommitId candidate) {
    statements.update(
        "update measurements set shipped_at = coalesce(shipped_at, now())"
            + " where repository = ? and service = ? and candidate = ?",
        repository,
        service.value(),
        candidate.hex());
  }

  @Override
  public List<StagingRun> baselines(String repository, ServiceName service) {
    return statements.all(
        "select traffic from measurements where repository = ? and service = ?"
            + " and shipped_at is not null order by shipped_at desc limit 10",
        StoredBaselines::run,
        repository,
        service.value());
  }

  @Override
  public void observed(
      String repository, ServiceName service, CommitId candidate, ArmTraffic traffic) {
    statements.update(
        "update measurements set production = ?::jsonb"
            + " where repository = ? and service = ? and candidate = ?",
        Json.mapper().writeValueAsString(traffic),
        repository,
        service.value(),
        candidate.hex());
  }

  @Override
  public List<Calibration.Pair> pairs(String repository, ServiceName service) {
    return statements
        .all(
            "select traffic, production, candidate from measurements"
                + " where repository = ? and service = ?"
                + " and shipped_at is not null and production is not null"
                + " order by shipped_at desc limit 50",
            row -> {
              StagingRun run = run(row);
              return Calibration.Pair.of(
                  new CommitId(row.getString(3)).brief(),
                  run.total(),
                  Json.mapper().readValue(row.getString(2), ArmTraffic.class),
                  run.factors());
            },
            repository,
            service.value())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static StagingRun run(ResultSet row) throws SQLException {
    return Json.mapper().readValue(row.getString(1), StagingRun.class);
  }
}
