package dev.slipway.app.store;

import dev.slipway.app.json.Json;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.target.Release;
import dev.slipway.target.Releases;
import dev.slipway.target.Setback;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Releases and rollbacks in the control plane's database. */
public final class StoredReleases implements Releases {
  private final Statements statements;

  public StoredReleases(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public void rolledBack(Slot slot, Digest artifact) {
    statements.update(
        "insert into rollbacks (environment, service, artifact) values (?, ?, ?)"
            + " on conflict do nothing",
        slot.environment().name(),
        slot.service().value(),
        artifact.hex());
  }

  @Override
  public boolean wasRolledBack(Slot slot, Digest artifact) {
    return statements
        .first(
            "select 1 from rollbacks where environment = ? and service = ? and artifact = ?",
            row -> row.getInt(1),
            slot.environment().name(),
            slot.service().value(),
            artifact.hex())
        .isPresent();
  }

  @Override
  public void released(Slot slot, Release release) {
    statements.update(
        "insert into releases (environment, service, change, repository, commit, withdrawn,"
            + " document) values (?, ?, ?, ?, ?, ?, ?::jsonb) on conflict do nothing",
        slot.environment().name(),
        slot.service().value(),
        release.change().value(),
        release.repository(),
        release.commit().hex(),
        release.withdrawal().map(it -> it.withdrawn().value()).orElse(""),
        Json.mapper().writeValueAsString(release));
  }

  @Override
  public Optional<Release> latest(Slot slot) {
    return statements.first(
        "select document from releases where environment = ? and service = ?"
            + " order by number desc limit 1",
        StoredReleases::release,
        slot.environment().name(),
        slot.service().value());
  }

  @Override
  public Optional<Release> before(Slot slot, ChangeId change) {
    return statements.first(
        "select document from releases r where environment = ? and service = ?"
            + " and number < (select max(number) from releases own"
            + " where own.environment = r.environment and own.service = r.service"
            + " and own.change = ? and own.withdrawn = '') order by number desc limit 1",
        StoredReleases::release,
        slot.environment().name(),
        slot.service().value(),
        change.value());
  }

  @Override
  public void setback(Setback incident) {
    statements.update(
        "insert into incidents (environment, service, change, at, document)"
            + " values (?, ?, ?, ?::timestamptz, ?::jsonb) on conflict do nothing",
        incident.slot().environment().name(),
        incident.slot().service().value(),
        incident.change().value(),
        incident.at().toString(),
        Json.mapper().writeValueAsString(incident));
  }

  @Override
  public List<Setback> setbacks(Environment environment, Instant since) {
    return statements.all(
        "select document from incidents where environment = ? and at >= ?::timestamptz"
            + " order by at desc limit 100",
        row -> Json.mapper().readValue(row.getString(1), Setback.class),
        environment.name(),
        since.toString());
  }

  @Override
  public Map<Slot, Release> withdrawn() {
    Map<Slot, Release> held = new TreeMap<>();
    statements
        .all(
            "select distinct on (environment, service) environment, service, document, withdrawn"
                + " from releases order by environment, service, number desc",
            row ->
                Map.entry(
                    new Slot(
                        new Environment(row.getString("environment")),
                        new ServiceName(row.getString("service"))),
                    release(row.getString("document"))))
        .forEach(
            latest -> {
              if (latest.getValue().withdrawal().isPresent()) {
                held.put(latest.getKey(), latest.getValue());
              }
            });
    return held;
  }

  private static Release release(ResultSet row) throws SQLException {
    return release(row.getString("document"));
  }

  private static Release release(String document) {
    return Json.mapper().readValue(document, Release.class);
  }
}
