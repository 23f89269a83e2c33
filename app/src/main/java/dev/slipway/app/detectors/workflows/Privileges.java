package dev.slipway.app.detectors.workflows;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Indented;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Containers that may do what their host may: in Kubernetes and compose files. */
final class Privileges implements Check {
  private record Privilege(Pattern pattern, Severity severity, String what) {
    static Privilege of(String pattern, Severity severity, String what) {
      return new Privilege(Pattern.compile(pattern), severity, what);
    }
  }

  private static final String HOST_FOLDERS =
      "/(?:etc|root|proc|sys|dev|boot|var/run|run|var/lib/(?:kubelet|docker))?(?![\\w./-])";

  private static final Pattern HOST_FOLDER =
      Pattern.compile("^\\s*+path\\s*+:\\s*+[\"']?+" + HOST_FOLDERS);

  private static final List<Privilege> ALL =
      List.of(
          Privilege.of(
              "^\\s*+-?\\s*+privileged\\s*+:\\s*+[\"']?+true\\b",
              Severity.HIGH,
              "the container is privileged"),
          Privilege.of(
              "^\\s*+-?\\s*+host(?:PID|IPC|Network)\\s*+:\\s*+true\\b"
                  + "|^\\s*+(?:pid|ipc|network_mode)\\s*+:\\s*+[\"']?+host\\b",
              Severity.HIGH,
              "the container shares a namespace of the host"),
          Privilege.of(
              "docker\\.sock\\b", Severity.HIGH, "the container controls the host's Docker"),
          Privilege.of(
              "^\\s*+-\\s*+[\"']?+(?:CAP_)?(?:SYS_ADMIN|ALL|SYS_PTRACE|SYS_MODULE|NET_ADMIN)\\b",
              Severity.HIGH,
              "the container gets a capability that is as good as root"),
          Privilege.of(
              "^\\s*+-?\\s*+allowPrivilegeEscalation\\s*+:\\s*+true\\b",
              Severity.HIGH,
              "the container may gain privileges"),
          Privilege.of(
              "^\\s*+-?\\s*+runAsUser\\s*+:\\s*+0\\s*+$"
                  + "|^\\s*+-?\\s*+runAsNonRoot\\s*+:\\s*+false\\b",
              Severity.HIGH,
              "the container may run as root"),
          Privilege.of(
              "^\\s*+-?\\s*+hostPath\\s*+:\\s*+\\{[^}]{0,80}path\\s*+:\\s*+[\"']?+"
                  + HOST_FOLDERS
                  + "|^\\s*+-\\s*+[\"']?+"
                  + HOST_FOLDERS
                  + ":/",
              Severity.HIGH,
              "the container sees files that rule the host"),
          Privilege.of(
              "^\\s*+-?\\s*+hostPath\\s*+:",
              Severity.MEDIUM,
              "the container sees the host's files"));

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    boolean yaml =
        file.name().endsWith(".yml")
            || file.name().endsWith(".yaml")
            || file.name().endsWith(".tpl");
    if (!yaml
        || file.syntax().kind() != Syntax.Kind.CONFIGURATION
        || file.role() != FileRole.PRODUCTION) {
      return;
    }
    List<Row> rows = file.rows();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.isAdded()) {
        if (HOST_FOLDER.matcher(row.code()).find()
            && Indented.parentOf(rows, i).filter("hostPath"::equals).isPresent()) {
          findings.add(
              "container.privilege",
              Severity.HIGH,
              file,
              row,
              "the container sees files that rule the host");
        }
        for (Privilege privilege : ALL) {
          if (privilege.pattern().matcher(row.code()).find() && !isDropped(rows, i)) {
            findings.add("container.privilege", privilege.severity(), file, row, privilege.what());
          }
        }
      }
    }
  }

  /** {@code drop: [ALL]} takes capabilities away. */
  private static boolean isDropped(List<Row> rows, int index) {
    return Indented.parentOf(rows, index)
        .filter(key -> key.equals("drop") || key.equals("cap_drop"))
        .isPresent();
  }
}
