package dev.slipway.app.store;

import dev.slipway.app.json.Json;
import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.telemetry.Baselines;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Staging measurements in the control plane's database. */
public final class StoredBaselines implements Baselines {
  private final Statements statements;

  public StoredBaselines(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public void measured(
      String repository, ServiceName service, CommitId candidate, ArmTraffic traffic) {
    statements.update(
        "insert into measurements (repository, service, candidate, traffic)"
            + " values (?, ?, ?, ?::jsonb)"
            + " on conflict (repository, service, candidate)"
            + " do update set traffic = excluded.traffic, measured_at = now()",
        repository,
        service.value(),
        candidate.hex(),
        Json.mapper().writeValueAsString(traffic));
  }

  @Override
  public Optional<ArmTraffic> measurement(
      String repository, ServiceName service, CommitId candidate) {
    return statements.first(
        "select traffic from measurements where repository = ? and service = ? and candidate = ?",
        StoredBaselines::traffic,
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
  public Optional<ArmTraffic> baseline(String repository, ServiceName service) {
    return statements.first(
        "select traffic from measurements where repository = ? and service = ?"
            + " and shipped_at is not null order by shipped_at desc limit 1",
        StoredBaselines::traffic,
        repository,
        service.value());
  }

  private static ArmTraffic traffic(ResultSet row) throws SQLException {
    return Json.mapper().readValue(row.getString(1), ArmTraffic.class);
  }
}
