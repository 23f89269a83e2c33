package dev.slipway.app.server;

import dev.slipway.app.ControlPlane;
import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.ledger.PublicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * The audit log, to read: the static files of C2SP tlog-tiles under {@code /audit/}, with the
 * headers that it asks for; and the content beside the log, which may be erased one day and is kept
 * by nobody on the way.
 */
@RestController
final class AuditLogController {
  private static final String BLOB = "blobs/[0-9a-f]{2}/[0-9a-f]{64}";

  private final ControlPlane controlPlane;

  AuditLogController(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @GetMapping("/audit/{*path}")
  ResponseEntity<byte[]> file(@PathVariable String path) {
    String relative = path.substring(1);
    Optional<PublicFile> file = PublicFile.at(relative);
    if (file.isPresent()) {
      return answer(relative, file.get().contentType(), file.get().cacheControl());
    }
    if (relative.matches(BLOB)) {
      return answer(relative, "application/octet-stream", "private, no-store");
    }
    return ResponseEntity.notFound().build();
  }

  /** Compares the log with what runs; every discrepancy is recorded. */
  @PostMapping("/api/audit/reconcile")
  List<AuditRecord.Discrepancy> reconcile() {
    return controlPlane.reconcile();
  }

  /** Content to erase, why, and who says so. */
  record Erasure(String digest, String reason, String by) {}

  @PostMapping("/api/audit/erase")
  void erase(@RequestBody Erasure erasure) {
    controlPlane.erase(new Digest(erasure.digest()), erasure.reason(), Person.human(erasure.by()));
  }

  /** The database and the log, as a zip file. */
  @GetMapping("/api/backup")
  ResponseEntity<StreamingResponseBody> backup() {
    return ResponseEntity.ok()
        .header("Content-Type", "application/zip")
        .header("Cache-Control", "no-store")
        .body(controlPlane::backUp);
  }

  private ResponseEntity<byte[]> answer(String path, String contentType, String cacheControl) {
    try {
      Optional<byte[]> content = controlPlane.audit().files().read(path);
      return content.isEmpty()
          ? ResponseEntity.status(HttpStatus.NOT_FOUND).header("Cache-Control", "no-store").build()
          : ResponseEntity.ok()
              .header("Content-Type", contentType)
              .header("Cache-Control", cacheControl)
              .header("X-Content-Type-Options", "nosniff")
              .body(content.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " of the audit log", e);
    }
  }
}
