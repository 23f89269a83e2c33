package dev.slipway.incident;

class FakeIncidentsTest extends IncidentsContract {
  @Override
  protected Incidents incidents() {
    return new FakeIncidents();
  }
}
