package dev.slipway.evidence;

class FakeEvidenceStoreTest extends EvidenceStoreContract {
  @Override
  protected EvidenceStore store() {
    return new FakeEvidenceStore();
  }
}
