package dev.slipway.app.audit;

import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a change's records say as in-toto statements (Statement v1): an SLSA Verification Summary v1
 * of its last decision for production, and a test result v0.1 of its last test report. The same
 * records give the same bytes.
 */
final class Statements {
  static final String TYPE = "application/vnd.in-toto+json";

  private Statements() {}

  /** The statements by name, such as {@code verification-summary}. */
  static SortedMap<String, byte[]> of(Dossier dossier, String origin) {
    SortedMap<String, byte[]> statements = new TreeMap<>();
    List<Dossier.Move> moves = dossier.moves();
    if (!moves.isEmpty()) {
      statements.put("verification-summary", verificationSummary(dossier, moves.getLast(), origin));
    }
    lastTests(dossier).ifPresent(report -> statements.put("test-result", testResult(report)));
    return statements;
  }

  private static Optional<AgentReport> lastTests(Dossier dossier) {
    return dossier
        .all(AgentReport.class)
        .filter(it -> it.report().stage() == Stage.TEST)
        .reduce((earlier, later) -> later);
  }

  private static byte[] verificationSummary(Dossier dossier, Dossier.Move move, String origin) {
    Decision decision = move.permit();
    ObjectNode statement = statement("https://slsa.dev/verification_summary/v1");
    ArrayNode subject = statement.putArray("subject");
    commit(subject.addObject(), decision.candidate().commit());
    new TreeMap<>(decision.artifacts())
        .forEach((service, artifact) -> artifact(subject.addObject(), artifact));
    ObjectNode predicate = statement.putObject("predicate");
    ObjectNode verifier = predicate.putObject("verifier");
    verifier.put("id", "urn:dev.slipway:audit:" + origin);
    verifier.putObject("version").put("slipway", decision.version());
    predicate.put("timeVerified", decision.at().toString());
    predicate.put("resourceUri", "git+commit:" + decision.candidate().commit().hex());
    ObjectNode policy = predicate.putObject("policy");
    policy.put("uri", "urn:dev.slipway:configuration");
    policy.putObject("digest").put("sha256", hex(decision.configuration()));
    ArrayNode inputs = predicate.putArray("inputAttestations");
    for (Dossier.Line line : dossier.lines()) {
      if (line.record() instanceof AgentReport report && line.index() < move.permitIndex()) {
        ObjectNode input = inputs.addObject();
        input.put("uri", "entries/" + line.index() + ".json");
        input.putObject("digest").put("sha256", report.digest());
      }
    }
    predicate.put("verificationResult", "PASSED");
    predicate.putArray("verifiedLevels").add("SLSA_BUILD_LEVEL_UNEVALUATED");
    predicate.put("slsaVersion", "1.0");
    return bytes(statement);
  }

  private static byte[] testResult(AgentReport record) {
    ObjectNode statement = statement("https://in-toto.io/attestation/test-result/v0.1");
    commit(statement.putArray("subject").addObject(), record.candidate().commit());
    ObjectNode predicate = statement.putObject("predicate");
    List<Check> checks = record.report().checks();
    boolean passed =
        !checks.isEmpty() && checks.stream().allMatch(it -> it.outcome() == Check.Outcome.PASSED);
    boolean failed = checks.stream().anyMatch(it -> it.outcome() == Check.Outcome.FAILED);
    predicate.put("result", passed ? "PASSED" : failed ? "FAILED" : "WARNED");
    predicate.putArray("configuration");
    ArrayNode passedTests = predicate.putArray("passedTests");
    ArrayNode warnedTests = predicate.putArray("warnedTests");
    ArrayNode failedTests = predicate.putArray("failedTests");
    for (Check check : checks) {
      switch (check.outcome()) {
        case PASSED -> passedTests.add(check.name());
        case FAILED -> failedTests.add(check.name());
        case FAILED_IN_BASELINE_TOO, FLAKY, NOT_RUN -> warnedTests.add(check.name());
      }
    }
    return bytes(statement);
  }

  private static ObjectNode statement(String predicateType) {
    ObjectNode statement = Json.mapper().createObjectNode();
    statement.put("_type", "https://in-toto.io/Statement/v1");
    statement.put("predicateType", predicateType);
    return statement;
  }

  private static void commit(ObjectNode subject, CommitId commit) {
    subject.put("name", "git commit");
    String algorithm = commit.hex().length() == 40 ? "gitCommit" : "sha256";
    subject.putObject("digest").put(algorithm, commit.hex());
  }

  private static void artifact(ObjectNode subject, Artifact artifact) {
    subject.put(
        "name",
        switch (artifact) {
          case Artifact.File file -> file.name();
          case Artifact.OciImage image -> image.repository();
        });
    subject.putObject("digest").put("sha256", artifact.digest().hex());
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }

  private static byte[] bytes(ObjectNode statement) {
    return CanonicalCodec.canonical(statement.toString());
  }

  /** A DSSE envelope, as JSON. */
  static byte[] envelope(byte[] payload, String keyId, byte[] signature) {
    ObjectNode envelope = Json.mapper().createObjectNode();
    Base64.Encoder base64 = Base64.getEncoder();
    envelope.put("payloadType", TYPE);
    envelope.put("payload", base64.encodeToString(payload));
    ObjectNode line = envelope.putArray("signatures").addObject();
    line.put("keyid", keyId);
    line.put("sig", base64.encodeToString(signature));
    return (envelope + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
