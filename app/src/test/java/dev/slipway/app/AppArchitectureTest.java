package dev.slipway.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The dependency rules of the adapters. */
class AppArchitectureTest {
  private static final JavaClasses APP =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slipway.app");

  /** Commands, the server and the demo join adapters, as {@link ControlPlane} does. */
  private static final String[] WIRING = {
    "dev.slipway.app", "dev.slipway.app.cli..", "dev.slipway.app.server..", "dev.slipway.app.demo.."
  };

  @Test
  void adaptersDoNotKnowEachOther() {
    slices()
        .matching("dev.slipway.app.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(resideInAnyPackage(WIRING), resideInAPackage("dev.slipway.app.."))
        .ignoreDependency(
            resideInAPackage("dev.slipway.app.."),
            resideInAnyPackage("dev.slipway.app.json..", "dev.slipway.app.api.."))
        .check(APP);
  }

  @Test
  void nothingBelowKnowsTheWiring() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WIRING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.slipway.app.cli..", "dev.slipway.app.demo..")
        .check(APP);
  }

  @Test
  void packagesHaveNoCircles() {
    slices().matching("dev.slipway.app.(**)").should().beFreeOfCycles().check(APP);
  }
}
