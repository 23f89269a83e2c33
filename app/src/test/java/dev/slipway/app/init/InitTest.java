package dev.slipway.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.config.ConfigError;
import dev.slipway.app.config.Parsed;
import dev.slipway.app.config.ProjectFile;
import dev.slipway.policy.Thresholds.ModelUse;
import dev.slipway.project.Command;
import dev.slipway.project.Project;
import dev.slipway.project.Service;
import dev.slipway.project.Service.ArtifactSource;
import dev.slipway.project.Service.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId><artifactId>%s</artifactId><version>1.2</version>
        <packaging>%s</packaging>
        %s
      </project>
      """;
  private static final String SERVER =
      """
      package shop;
      import com.sun.net.httpserver.HttpServer;
      public final class Main {
        public static void main(String[] args) throws Exception {
          int port = Integer.parseInt(System.getenv("PORT"));
          HttpServer server = HttpServer.create(new java.net.InetSocketAddress(port), 0);
          server.createContext("/healthz", exchange -> exchange.close());
        }
      }
      """;

  @TempDir Path repository;
  @TempDir Path home;

  private void put(String path, String content) {
    try {
      Path file = repository.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Proposal propose() {
    return Init.detect(repository, Init.Use.TRIAL, new Machine(home));
  }

  private Project project() {
    return parse(propose());
  }

  private static Project parse(Proposal proposal) {
    byte[] content = proposal.yaml().getBytes(StandardCharsets.UTF_8);
    return switch (ProjectFile.parse(Init.FILE, content)) {
      case Parsed.Valid<Project>(Project project) -> project;
      case Parsed.Invalid<Project>(List<ConfigError> errors) ->
          throw new AssertionError(errors + "\n" + proposal.yaml());
    };
  }

  private Service only() {
    Project project = project();
    assertThat(project.services()).hasSize(1);
    return project.services().getFirst();
  }

  private static List<String> names(Project project) {
    return project.services().stream().map(service -> service.name().value()).toList();
  }

  private static String artifact(Service service) {
    return ((ArtifactSource.Path) service.build().orElseThrow().artifact()).path();
  }

  private static List<String> test(Service service) {
    return service.tests().orElseThrow().command().argv();
  }

  @Test
  void aMavenServiceWithoutJacocoIsMeasuredByCoordinates() {
    put("pom.xml", POM.formatted("orders", "jar", ""));
    put("src/main/java/shop/Main.java", SERVER);
    put("src/test/java/shop/MainTest.java", "package shop;");

    Service service = only();
    assertThat(service.name().value()).isEqualTo("orders");
    assertThat(service.kind()).isEqualTo(Kind.HTTP);
    assertThat(artifact(service)).isEqualTo("target/orders-1.2.jar");
    assertThat(service.run().orElseThrow().command())
        .containsExactly("java", "-cp", "${ARTIFACT}", "shop.Main");
    assertThat(service.run().orElseThrow().health()).isEqualTo("/healthz");
    assertThat(test(service))
        .containsExactly(
            "mvn",
            "-B",
            "org.jacoco:jacoco-maven-plugin:0.8.15:prepare-agent",
            "verify",
            "org.jacoco:jacoco-maven-plugin:0.8.15:report");
    assertThat(service.tests().orElseThrow().coverage())
        .containsExactly("target/site/jacoco/jacoco.xml");
    assertThat(service.tests().orElseThrow().command().network()).isEqualTo(Command.Network.OPEN);
    assertThat(service.smoke().http()).hasSize(1);
  }

  @Test
  void aFilledRepositoryMeansOffline() throws IOException {
    Files.createDirectories(home.resolve(".m2/repository/org/apache/maven"));
    Files.createDirectories(home.resolve(".m2/repository/org/jacoco/jacoco-maven-plugin/0.8.15"));
    put("pom.xml", POM.formatted("orders", "jar", ""));
    put("src/main/java/shop/Main.java", SERVER);
    put("src/test/java/shop/MainTest.java", "package shop;");

    Service service = only();
    assertThat(test(service)).startsWith("mvn", "-o", "-B");
    Command build = service.build().orElseThrow().command().orElseThrow();
    assertThat(build.network()).isEqualTo(Command.Network.NONE);
    assertThat(build.caches()).containsExactly("~/.m2");
  }

  @Test
  void mavenWithJacocoFinalNameWrapperAndSpringBoot() {
    put(
        "pom.xml",
        POM.formatted(
            "web",
            "jar",
            """
            <properties><name>shop-web</name></properties>
            <dependencies>
              <dependency><artifactId>spring-boot-starter-web</artifactId></dependency>
              <dependency><artifactId>spring-boot-starter-actuator</artifactId></dependency>
            </dependencies>
            <build>
              <finalName>${name}-${project.version}</finalName>
              <plugins>
                <plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin>
                <plugin><artifactId>jacoco-maven-plugin</artifactId></plugin>
              </plugins>
            </build>
            """));
    put("mvnw", "#!/bin/sh");
    put("src/test/java/WebTest.java", "");

    Service service = only();
    assertThat(artifact(service)).isEqualTo("target/shop-web-1.2.jar");
    assertThat(service.run().orElseThrow().command()).endsWith("--server.port=${PORT}");
    assertThat(service.run().orElseThrow().health()).isEqualTo("/actuator/health");
    assertThat(test(service)).containsExactly("./mvnw", "-B", "verify", "jacoco:report");
  }

  @Test
  void mavenModulesThatRunAreServicesWithWhatTheyNeed() {
    put(
        "pom.xml",
        POM.formatted(
            "shop",
            "pom",
            "<modules><module>lib</module><module>orders</module><module>billing</module><module>unused</module></modules>"));
    put("lib/pom.xml", POM.formatted("lib", "jar", ""));
    put("lib/src/test/java/T.java", "");
    put("unused/pom.xml", POM.formatted("unused", "jar", ""));
    for (String service : List.of("orders", "billing")) {
      String dependency =
          service.equals("orders")
              ? "<dependencies><dependency><artifactId>lib</artifactId></dependency></dependencies>"
              : "";
      put(
          service + "/pom.xml",
          POM.formatted(
              service,
              "jar",
              dependency
                  + "<build><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build>"));
      put(service + "/src/main/java/shop/Main.java", SERVER);
    }

    Project project = project();
    assertThat(names(project)).containsExactly("orders", "billing", "shop-libraries");
    Service orders = project.services().getFirst();
    assertThat(orders.paths()).containsExactly("orders/**", "lib/**", "pom.xml", ".mvn/**");
    assertThat(orders.build().orElseThrow().command().orElseThrow().argv())
        .containsExactly("mvn", "-B", "-q", "-DskipTests", "-pl", "orders", "-am", "package");
    assertThat(artifact(orders)).isEqualTo("orders/target/orders-1.2.jar");
    assertThat(orders.tests().orElseThrow().coverage())
        .containsExactly(
            "orders/target/site/jacoco/jacoco.xml", "lib/target/site/jacoco/jacoco.xml");
    assertThat(project.services().getLast().kind()).isEqualTo(Kind.LIBRARY);
    assertThat(project.services().getLast().paths()).contains("unused/**");
  }

  @Test
  void aMavenLibraryIsNotDeployed() {
    put("pom.xml", POM.formatted("lib", "jar", ""));
    put("src/main/java/shop/Price.java", "package shop; class Price {}");
    put("src/test/java/shop/PriceTest.java", "package shop;");

    Service service = only();
    assertThat(service.kind()).isEqualTo(Kind.LIBRARY);
    assertThat(propose().yaml())
        .contains("# build:", "# run:", "to deploy it, write http or worker");
  }

  @Test
  void gradleWithShadowAndJacoco() {
    put("settings.gradle.kts", "rootProject.name = \"orders\"\n");
    put(
        "build.gradle.kts",
        """
        plugins {
          id("com.gradleup.shadow") version "9.0.0"
          jacoco
        }
        version = "2.0"
        tasks.jacocoTestReport { reports { xml.required = true } }
        """);
    put("gradlew", "#!/bin/sh");
    put("src/main/java/shop/Main.java", SERVER);

    Service service = only();
    assertThat(artifact(service)).isEqualTo("build/libs/orders-2.0-all.jar");
    assertThat(test(service))
        .containsExactly("./gradlew", "--no-daemon", "test", "jacocoTestReport");
    assertThat(service.tests().orElseThrow().junit())
        .containsExactly("build/test-results/test/*.xml");
  }

  @Test
  void gradleProjectsThatRunAreServices() {
    put("settings.gradle", "include ':api', ':worker'\ninclude('lib')\n");
    put("api/build.gradle", "plugins { id 'application' }\nversion = '1'\n");
    put("api/src/main/java/shop/Main.java", SERVER);
    put("worker/build.gradle", "plugins { id 'org.springframework.boot' version '4.1.0' }\n");
    put("lib/build.gradle", "plugins { id 'java-library' }\n");

    Project project = project();
    assertThat(names(project)).containsExactly("api", "worker");
    assertThat(artifact(project.services().getFirst()))
        .isEqualTo("api/build/distributions/api-1.tar");
    assertThat(propose().notes()).anyMatch(note -> note.contains("apply the plugin jacoco"));
  }

  @Test
  void nodeWithItsOwnTestRunner() {
    put("package.json", "{\"name\":\"@shop/web\",\"scripts\":{\"start\":\"node src/server.js\"}}");
    put(
        "src/server.js",
        "http.createServer((q, s) => s.end(q.url === '/health')).listen(process.env.PORT);");
    put("test/server.test.js", "import { test } from 'node:test';");

    Service service = only();
    assertThat(service.name().value()).isEqualTo("web");
    assertThat(service.kind()).isEqualTo(Kind.HTTP);
    assertThat(service.run().orElseThrow().command()).endsWith("${ARTIFACT}", "src/server.js");
    assertThat(service.run().orElseThrow().health()).isEqualTo("/health");
    assertThat(test(service)).startsWith("node", "--test");
    assertThat(service.tests().orElseThrow().coverage()).containsExactly("lcov.info");
    assertThat(service.tests().orElseThrow().command().network()).isEqualTo(Command.Network.NONE);
    assertThat(propose().notes()).isEmpty();
  }

  @Test
  void nodeWithVitestAndJest() {
    put(
        "package.json",
        """
        {"name":"lib","devDependencies":{"vitest":"3","@vitest/coverage-v8":"3"}}
        """);
    put("package-lock.json", "{}");
    Service vitest = only();
    assertThat(test(vitest))
        .contains("npm ci && exec \"$0\" \"$@\"", "--coverage.reporter=lcovonly");
    assertThat(vitest.kind()).isEqualTo(Kind.LIBRARY);
    assertThat(vitest.tests().orElseThrow().command().network()).isEqualTo(Command.Network.OPEN);

    put("package.json", "{\"devDependencies\":{\"jest\":\"30\"}}");
    assertThat(test(only())).contains("--reporters=jest-junit");
    assertThat(propose().notes()).anyMatch(note -> note.contains("jest-junit"));
  }

  @Test
  void workspacesAreServicesOfTheirOwn() {
    put("package.json", "{\"private\":true,\"workspaces\":[\"packages/*\"]}");
    put(
        "packages/api/package.json",
        "{\"name\":\"api\",\"scripts\":{\"start\":\"node server.js\"}}");
    put("packages/api/server.js", "const app = express(); app.get('/healthz', ok)");
    put("packages/ui/package.json", "{\"name\":\"ui\",\"devDependencies\":{\"vitest\":\"3\"}}");

    Project project = project();
    assertThat(names(project)).containsExactly("api", "ui");
    assertThat(project.services().getFirst().root()).isEqualTo("packages/api");
    assertThat(project.services().getFirst().paths()).containsExactly("packages/api/**");
  }

  @Test
  void aPythonFileIsItsOwnArtifact() {
    put(
        "app.py",
        "import os\nfrom http.server import HTTPServer\nport = int(os.environ['PORT'])\nPATH = '/health'\n");
    put("test_app.py", "def test_it(): pass\n");

    Service service = only();
    assertThat(service.kind()).isEqualTo(Kind.HTTP);
    assertThat(service.build().orElseThrow().command()).isEmpty();
    assertThat(artifact(service)).isEqualTo("app.py");
    assertThat(test(service))
        .containsExactly(
            "python3", "-m", "pytest", "--cov=.", "--cov-report=xml", "--junitxml=junit.xml");
  }

  @Test
  void aPythonPackageBecomesAZipApplication() {
    put(
        "pyproject.toml",
        "[project]\nname = \"shop-api\"\ndependencies = []\n\n[project.scripts]\nshop = \"shop.cli:main\"\n");
    put("src/shop/__init__.py", "");
    put("src/shop/cli.py", "def main():\n    HTTPServer\n");
    put("tests/test_cli.py", "");

    Service service = only();
    assertThat(service.name().value()).isEqualTo("shop-api");
    assertThat(artifact(service)).isEqualTo("build/app.pyz");
    assertThat(service.build().orElseThrow().command().orElseThrow().argv())
        .endsWith("src/shop", "shop.cli:main");
    assertThat(service.tests().orElseThrow().command().env()).containsEntry("PYTHONPATH", "src");
  }

  @Test
  void aDirectoryOfPythonSourcesIsRunByItsPathAndIsNoServiceOfItsOwn() {
    put("pyproject.toml", "[project]\nname = \"shop\"\n");
    put("src/__main__.py", "from shop.server import main\n\nmain()\n");
    put("src/shop/server.py", "def main():\n    HTTPServer\n");
    put("tests/test_server.py", "");

    Service service = only();
    assertThat(service.name().value()).isEqualTo("shop");
    assertThat(service.run().orElseThrow().command()).endsWith("${ARTIFACT}", "src");
    assertThat(service.run().orElseThrow().command().get(2))
        .contains("PYTHONPATH=src exec python3");
  }

  @Test
  void pythonWithRequirementsTakesThemAlong() {
    put("requirements.txt", "fastapi==0.115\nuvicorn==0.30\n");
    put("shop/__init__.py", "");
    put("shop/api.py", "app = FastAPI()\n@app.get('/healthz')\ndef health(): ...\n");
    put("tests/test_api.py", "");

    Service service = only();
    assertThat(service.run().orElseThrow().command())
        .endsWith("-m", "uvicorn", "shop.api:app", "--host", "127.0.0.1", "--port", "${PORT}");
    assertThat(service.build().orElseThrow().command().orElseThrow().network())
        .isEqualTo(Command.Network.OPEN);
    assertThat(service.run().orElseThrow().health()).isEqualTo("/healthz");
  }

  @Test
  void goCommandsAreServices() {
    put("go.mod", "module example.com/shop/v2\n\ngo 1.22\n");
    put(
        "cmd/api/main.go",
        "package main\n\nfunc main() { http.ListenAndServe(os.Getenv(\"PORT\"), nil) }\n");
    put("cmd/report/main.go", "package main\n\nfunc main() {}\n");
    put("internal/health/health.go", "package health\n\nconst Path = \"/healthz\"\n");

    Project project = project();
    assertThat(names(project)).containsExactly("api", "report");
    Service api = project.services().getFirst();
    assertThat(api.kind()).isEqualTo(Kind.HTTP);
    assertThat(api.paths()).containsExactly("cmd/api/**", "internal/**", "go.mod", "go.sum");
    assertThat(api.build().orElseThrow().command().orElseThrow().argv())
        .containsExactly("go", "build", "-trimpath", "-o", "build/api", "./cmd/api");
    assertThat(api.tests().orElseThrow().junit()).containsExactly("go-test.json");
    assertThat(api.run().orElseThrow().health()).isEqualTo("/healthz");
  }

  @Test
  void aMonorepoOfManyEcosystems() {
    put("README.md", "shop");
    put("services/orders/pom.xml", POM.formatted("orders", "jar", ""));
    put("services/orders/src/main/java/shop/Main.java", SERVER);
    put("services/orders/src/test/java/T.java", "");
    put("services/web/package.json", "{\"name\":\"orders\",\"scripts\":{\"start\":\"node s.js\"}}");
    put("services/web/s.js", "createServer()");
    put("services/jobs/go.mod", "module jobs\n");
    put("services/jobs/main.go", "package main\n");
    put("examples/toy/pom.xml", POM.formatted("toy", "jar", ""));
    put("services/web/node_modules/x/package.json", "{\"name\":\"x\"}");

    Project project = project();
    assertThat(names(project)).containsExactly("jobs", "orders", "orders-2");
    assertThat(project.services())
        .extracting(Service::root)
        .containsExactly("services/jobs", "services/orders", "services/web");
  }

  @Test
  void whatIsNotRecognisedIsStillValidAndSaysWhatToDo() {
    put("Makefile", "all:\n");
    Proposal proposal = propose();
    assertThat(parse(proposal).services().getFirst().kind()).isEqualTo(Kind.NONE);
    assertThat(proposal.notes())
        .hasSize(1)
        .first()
        .asString()
        .contains("fill in build, test and run");
    assertThat(proposal.yaml()).contains("# build:", "# test:", "# run:");
  }

  @Test
  void aMissingHealthRouteAndPortAreTold() {
    put("package.json", "{\"scripts\":{\"start\":\"node server.js\"}}");
    put("server.js", "createServer().listen(3000)");
    Proposal proposal = propose();
    assertThat(proposal.yaml()).contains("      # health: /health     # fill in");
    assertThat(proposal.notes())
        .anyMatch(note -> note.contains("no health route"))
        .anyMatch(note -> note.contains("reads the variable PORT"));
    assertThat(parse(proposal).services()).hasSize(1);
  }

  @Test
  void productionNeedsTheModel() {
    put("Makefile", "");
    assertThat(parse(Init.detect(repository, Init.Use.PRODUCTION)).limits().model())
        .isEqualTo(ModelUse.REQUIRED);
    assertThat(parse(Init.detect(repository)).limits().model()).isEqualTo(ModelUse.OPTIONAL);
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    put("pom.xml", POM.formatted("orders", "jar", ""));
    assertThat(Init.write(repository, Init.Use.TRIAL)).isInstanceOf(Init.Outcome.Written.class);
    put(Init.FILE, "mine");
    assertThat(Init.write(repository, Init.Use.TRIAL))
        .isEqualTo(new Init.Outcome.Exists(repository.resolve(Init.FILE)));
    assertThat(Files.readString(repository.resolve(Init.FILE))).isEqualTo("mine");
  }

  @Test
  void strangeNamesAndBrokenFilesDoNotBreakTheProposal() {
    put(
        "a/pom.xml",
        "<project><artifactId>é: [x]\n\"'#</artifactId><build><finalName>a\"b: # \\ é</finalName></build></project>");
    put("a/src/main/java/M.java", "class M {\n  public static void main(String[] a) {}\n}\n");
    put("b/package.json", "{\"name\": ");
    put("c/package.json", "[1]");
    put("d/package.json", "{\"name\":\"---\",\"scripts\":{\"start\":\"node - a: {b} #x.js\"}}");
    put(
        "e/pom.xml",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><project>&e;</project>");
    put("f/go.mod", "module \n");
    put("g [x]/pyproject.toml", "name = \"" + "n".repeat(200) + "\"");
    put("g [x]/m.py", "x");

    Project project = project();
    assertThat(project.services()).isNotEmpty();
    assertThat(propose().yaml()).doesNotContain("root:x:");
  }
}
