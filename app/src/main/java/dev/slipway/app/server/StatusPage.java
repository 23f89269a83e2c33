package dev.slipway.app.server;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.engine.ChangeFilter;
import dev.slipway.app.engine.ChangeSummary;
import dev.slipway.app.engine.Lease;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** One plain page that says where every change stands. Everything shown is escaped. */
@RestController
final class StatusPage {
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
          + "table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #ddd}"
          + "td.state{font-weight:600}code{font-size:13px}";

  private final ControlPlane controlPlane;

  StatusPage(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @GetMapping("/")
  ResponseEntity<String> page() {
    StringBuilder rows = new StringBuilder();
    for (ChangeSummary change : controlPlane.engine().changes(ChangeFilter.LATEST)) {
      rows.append("<tr><td><code>")
          .append(escaped(change.id().value()))
          .append("</code></td><td class=state>")
          .append(escaped(change.state()))
          .append("</td><td>")
          .append(escaped(change.title()))
          .append("</td><td>")
          .append(escaped(change.author()))
          .append("</td><td>")
          .append(escaped(change.updatedAt().toString()))
          .append("</td></tr>");
    }
    StringBuilder leases = new StringBuilder();
    for (Lease lease : controlPlane.engine().leases()) {
      leases
          .append("<tr><td>")
          .append(escaped(lease.slot().toString()))
          .append("</td><td>")
          .append(escaped(lease.holder().map(it -> it.change().value()).orElse("nobody")))
          .append("</td><td>")
          .append(lease.waiting().size())
          .append(" waiting</td></tr>");
    }
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_HTML)
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .body(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Slipway</title><style>"
                + STYLE
                + "</style><h1>Slipway</h1><h2>Changes</h2><table><tr><th>change<th>state<th>title"
                + "<th>author<th>updated</tr>"
                + rows
                + "</table><h2>Leases</h2><table><tr><th>slot<th>held by<th>queue</tr>"
                + leases
                + "</table></html>");
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text);
  }
}
