package dev.slipway.app;

import dev.slipway.app.config.ServerConfig;
import dev.slipway.evidence.EvidenceStore;
import dev.slipway.evidence.EvidenceStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Evidence beside the audit log. */
class AuditLogEvidenceTest extends EvidenceStoreContract {
  @TempDir Path home;
  private AuditLog log;

  @BeforeEach
  void open() {
    log = AuditLog.open(home, ServerConfig.DEFAULT, new Forgetful(), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Override
  protected EvidenceStore store() {
    return log;
  }
}
