package dev.slipway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.audit.Recorded;
import dev.slipway.target.DeployTarget;
import org.junit.jupiter.api.Test;

/** The dependency rules of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses DELIVERY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slipway");

  @Test
  void packagesImportDownwardsOnly() {
    may("change", "change");
    may("policy", "change", "policy");
    may("project", "change", "policy", "project");
    may("forge", "change", "forge");
    may("audit", "change", "policy", "audit", "ledger");
    may("workspace", "change", "policy", "project", "workspace");
    may("evidence", "change", "evidence");
    may("model", "change", "policy", "project", "evidence", "model");
    may("telemetry", "change", "policy", "project", "telemetry");
    may("target", "change", "policy", "project", "audit", "target");
    may("escalation", "change", "policy", "escalation");
    may("notification", "escalation", "change", "policy", "notification");
    may("incident", "change", "policy", "model", "audit", "agents.review", "incident");
  }

  private static void may(String name, String... allowed) {
    String[] packages = new String[allowed.length];
    for (int i = 0; i < allowed.length; i++) {
      packages[i] = "dev.slipway." + allowed[i] + "..";
    }
    classes()
        .that()
        .resideInAPackage("dev.slipway." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(packages)
                .or(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                            "dev.slipway.."))))
        .check(DELIVERY);
  }

  @Test
  void agentsMoveNothingAndKnowNeitherEachOtherNorThePipeline() {
    noClasses()
        .that()
        .resideInAPackage("dev.slipway.agents..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.slipway.audit..", "dev.slipway.pipeline..", "dev.slipway.ledger..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(DeployTarget.class)
        .check(DELIVERY);
    slices().matching("dev.slipway.agents.(*)..").should().notDependOnEachOther().check(DELIVERY);
  }

  @Test
  void nothingKnowsAVendorAFrameworkOrAnAdapter() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.slipway.ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.slipway.app..",
            "java.sql..",
            "javax.sql..",
            "java.net.http..",
            "tools.jackson..",
            "com.fasterxml..",
            "org.springframework..",
            "org.apache.pekko..",
            "org.eclipse.jgit..")
        .check(DELIVERY);
  }

  @Test
  void theLedgerKnowsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("dev.slipway.ledger..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.slipway.ledger..", "java..", "javax.crypto..", "org.jspecify..")
        .check(DELIVERY);
  }

  @Test
  void onlyTheAuditTrailMakesARecordedOne() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.slipway.audit..")
        .should()
        .callConstructor(Recorded.class, dev.slipway.audit.AuditRecord.class, long.class)
        .check(DELIVERY);
  }
}
