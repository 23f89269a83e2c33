package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import java.util.Map;

/** Manifests that gain a dependency, and manifests that change otherwise. */
final class DependencyCases {
  private final Corpus corpus;

  DependencyCases(Corpus corpus) {
    this.corpus = corpus;
  }

  void addAll() {
    npm();
    jvm();
    python();
    others();
  }

  /** The change as a whole, and as the bare patch that shows only the changed lines. */
  private void bad(String path, String before, String after) {
    corpus.positive(path + " " + after, Changes.between(Map.of(path, before), Map.of(path, after)));
    corpus.positive(
        path + " (patch) " + after,
        Changes.patch(java.util.List.of(Changes.modified(path, before, after))));
  }

  private void good(String path, String before, String after) {
    corpus.negative(path + " " + after, Changes.between(Map.of(path, before), Map.of(path, after)));
    corpus.negative(
        path + " (patch) " + after,
        Changes.patch(java.util.List.of(Changes.modified(path, before, after))));
  }

  private void npm() {
    String base =
        "{\n  \"name\": \"a\",\n  \"version\": \"1.0.0\",\n  \"dependencies\": {\n    \"express\": \"^4.0.0\"\n  },\n  \"devDependencies\": {\n    \"tape\": \"^5.0.0\"\n  }\n}\n";
    bad(
        "package.json",
        base,
        base.replace("\"express\"", "\"axios\": \"^1.7.0\",\n    \"express\""));
    bad(
        "package.json",
        base,
        base.replace("\"^4.0.0\"", "\"^4.0.0\",\n    \"@acme/sdk\": \"~2.1.0\""));
    bad(
        "web/package.json",
        base,
        base.replace("\"express\"", "\"left-pad\": \"1.3.0\",\n    \"express\""));
    good("package.json", base, base.replace("^4.0.0", "^5.0.0"));
    good("package.json", base, base.replace("\"1.0.0\"", "\"1.1.0\""));
    good("package.json", base, base.replace("\"tape\"", "\"c8\": \"^10.0.0\",\n    \"tape\""));
    good("package.json", base, base.replace("\"tape\"", "\"uvu\": \"^1.0.0\",\n    \"tape\""));
    good("package.json", base, base.replace("  \"name\"", "  \"license\": \"MIT\",\n  \"name\""));
    good("package.json", base, base.replace("    \"express\": \"^4.0.0\"\n", ""));
    String composer =
        "{\n  \"require\": {\n    \"php\": \">=8.2\",\n    \"acme/a\": \"^1.0\"\n  }\n}\n";
    bad(
        "composer.json",
        composer,
        composer.replace("\"acme/a\"", "\"guzzlehttp/guzzle\": \"^7.0\",\n    \"acme/a\""));
    good("composer.json", composer, composer.replace("^1.0", "^1.2"));
    good("composer.json", composer, composer.replace(">=8.2", ">=8.3"));
  }

  private void jvm() {
    String base =
        "<project>\n  <groupId>x</groupId>\n  <artifactId>app</artifactId>\n  <dependencies>\n    <dependency>\n      <groupId>org.slf4j</groupId>\n      <artifactId>slf4j-api</artifactId>\n      <version>2.0.0</version>\n    </dependency>\n  </dependencies>\n</project>\n";
    String dependency =
        "    <dependency>\n      <groupId>com.squareup.okhttp3</groupId>\n      <artifactId>okhttp</artifactId>\n      <version>5.0.0</version>\n    </dependency>\n";
    bad("pom.xml", base, base.replace("  </dependencies>", dependency + "  </dependencies>"));
    bad("pom.xml", base, base.replace("  <dependencies>\n", "  <dependencies>\n" + dependency));
    bad(
        "app/pom.xml",
        base,
        base.replace(
            "  </dependencies>",
            "    <dependency><groupId>a.b</groupId><artifactId>c</artifactId></dependency>\n  </dependencies>"));
    good("pom.xml", base, base.replace("2.0.0", "2.0.17"));
    good(
        "pom.xml",
        base,
        base.replace(
            "  </dependencies>",
            dependency.replace("</version>", "</version>\n      <scope>test</scope>")
                + "  </dependencies>"));
    good(
        "pom.xml",
        base,
        base.replace(
            "</version>\n",
            "</version>\n      <exclusions>\n        <exclusion>\n          <groupId>a</groupId>\n          <artifactId>b</artifactId>\n        </exclusion>\n      </exclusions>\n"));
    good("pom.xml", base, base.replace("<artifactId>app<", "<artifactId>application<"));
    String gradle =
        "dependencies {\n    implementation 'a.b:c:1.0'\n    testImplementation 'org.junit:junit:5'\n}\n";
    bad(
        "build.gradle",
        gradle,
        gradle.replace("    test", "    implementation 'com.stripe:stripe-java:28.0.0'\n    test"));
    bad(
        "build.gradle.kts",
        gradle,
        gradle.replace("    test", "    api(\"com.x:y:1.0\")\n    test"));
    bad(
        "build.gradle.kts",
        gradle,
        gradle.replace("    test", "    implementation(libs.okhttp)\n    test"));
    bad(
        "build.gradle",
        gradle,
        gradle.replace("    test", "    compile group: 'x.y', name: 'z', version: '1'\n    test"));
    good("build.gradle", gradle, gradle.replace("a.b:c:1.0", "a.b:c:1.1"));
    good(
        "build.gradle",
        gradle,
        gradle.replace(
            "    test", "    testImplementation 'org.mockito:mockito-core:5'\n    test"));
    good("build.gradle", gradle, gradle + "tasks.test { useJUnitPlatform() }\n");
    String catalog = "[libraries]\na = { module = \"a.b:c\", version = \"1.0\" }\n";
    bad(
        "gradle/libs.versions.toml",
        catalog,
        catalog + "k = { module = \"io.ktor:ktor-client\", version = \"3\" }\n");
    bad("gradle/libs.versions.toml", catalog, catalog + "k = \"io.ktor:ktor-client:3.0\"\n");
    good("gradle/libs.versions.toml", catalog, catalog.replace("1.0", "1.1"));
    String sbt = "libraryDependencies += \"a.b\" %% \"c\" % \"1.0\"\n";
    bad("build.sbt", sbt, sbt + "libraryDependencies += \"com.x\" %% \"y\" % \"2.0\"\n");
    good("build.sbt", sbt, sbt.replace("1.0", "1.1"));
  }

  private void python() {
    String requirements = "flask==3.0.0\nPyYAML>=6\n";
    bad("requirements.txt", requirements, requirements + "httpx==0.28.0\n");
    bad("requirements/base.txt", requirements, requirements + "uvicorn[standard]>=0.30\n");
    bad("requirements.txt", requirements, requirements + "celery\n");
    good("requirements.txt", requirements, requirements.replace("3.0.0", "3.1.0"));
    good("requirements.txt", requirements, requirements.replace("PyYAML", "pyyaml"));
    good("requirements-dev.txt", requirements, requirements + "responses==0.25\n");
    good("requirements.txt", requirements, requirements + "# httpx==0.28.0\n");
    String project =
        "[project]\nname = \"a\"\nversion = \"1.0\"\ndependencies = [\n  \"flask>=3\",\n]\n\n[tool.ruff]\nline-length = 100\n";
    bad("pyproject.toml", project, project.replace("]\n\n", "  \"httpx>=0.28\",\n]\n\n"));
    good("pyproject.toml", project, project.replace("flask>=3", "flask>=3.1"));
    good("pyproject.toml", project, project.replace("100", "120"));
    good("pyproject.toml", project, project.replace("1.0", "1.1"));
    String poetry =
        "[tool.poetry.dependencies]\npython = \"^3.12\"\nflask = \"^3\"\n\n[tool.poetry.group.dev.dependencies]\nfreezegun = \"*\"\n";
    bad("pyproject.toml", poetry, poetry.replace("\n\n", "\nhttpx = \"^0.28\"\n\n"));
    good("pyproject.toml", poetry, poetry.replace("^3\"", "^3.1\""));
    good("pyproject.toml", poetry, poetry + "responses = \"*\"\n");
    String setup = "setup(\n    install_requires=[\n        'flask>=3',\n    ],\n)\n";
    bad("setup.py", setup, setup.replace("    ],", "        'httpx>=0.28',\n    ],"));
    good("setup.py", setup, setup.replace(">=3", ">=3.1"));
    String pipfile = "[packages]\nflask = \"*\"\n\n[dev-packages]\npytest = \"*\"\n";
    bad("Pipfile", pipfile, pipfile.replace("\n\n", "\nhttpx = \"*\"\n\n"));
    good("Pipfile", pipfile, pipfile + "responses = \"*\"\n");
  }

  private void others() {
    String go = "module a.io/b\n\ngo 1.24\n\nrequire (\n\tgithub.com/a/b v1.0.0\n)\n";
    bad("go.mod", go, go.replace(")\n", "\tgithub.com/go-resty/resty/v2 v2.16.0\n)\n"));
    bad("go.mod", go, go + "require gopkg.in/yaml.v3 v3.0.1\n");
    good("go.mod", go, go.replace("v1.0.0", "v1.1.0"));
    good("go.mod", go, go.replace("1.24", "1.25"));
    good("go.mod", go, go.replace(")\n", "\tgithub.com/x/y v1.0.0 // indirect\n)\n"));
    String cargo =
        "[package]\nname = \"a\"\nversion = \"0.1.0\"\n\n[dependencies]\nserde = \"1\"\n\n[dev-dependencies]\nproptest = \"1\"\n";
    bad(
        "Cargo.toml",
        cargo,
        cargo.replace(
            "\n\n[dev", "\nreqwest = { version = \"0.12\", features = [\"json\"] }\n\n[dev"));
    bad("Cargo.toml", cargo, cargo.replace("\n\n[dev", "\nureq = \"3.0\"\n\n[dev"));
    good("Cargo.toml", cargo, cargo.replace("serde = \"1\"", "serde = \"1.0.200\""));
    good("Cargo.toml", cargo, cargo.replace("0.1.0", "0.2.0"));
    good("Cargo.toml", cargo, cargo + "insta = \"1\"\n");
    String gem =
        "source 'https://rubygems.org'\ngem 'rails', '~> 8.0'\n\ngroup :test do\n  gem 'rspec'\nend\n";
    bad("Gemfile", gem, gem.replace("\n\n", "\ngem 'faraday'\n\n"));
    good("Gemfile", gem, gem.replace("8.0", "8.1"));
    good("Gemfile", gem, gem.replace("  gem 'rspec'", "  gem 'rspec'\n  gem 'webmock'"));
    String nuget =
        "<Project>\n  <ItemGroup>\n    <PackageReference Include=\"Serilog\" Version=\"4.0.0\" />\n  </ItemGroup>\n</Project>\n";
    bad(
        "A.csproj",
        nuget,
        nuget.replace(
            "  </Item", "    <PackageReference Include=\"Polly\" Version=\"8.5.0\" />\n  </Item"));
    good("A.csproj", nuget, nuget.replace("4.0.0", "4.1.0"));
    String mix = "defp deps do\n  [\n    {:phoenix, \"~> 1.7\"}\n  ]\nend\n";
    bad("mix.exs", mix, mix.replace("1.7\"}", "1.7\"},\n    {:req, \"~> 0.5\"}"));
    good("mix.exs", mix, mix.replace("1.7", "1.8"));
    String pub = "name: a\ndependencies:\n  http: ^1.0.0\ndev_dependencies:\n  test: ^1.0.0\n";
    bad("pubspec.yaml", pub, pub.replace("dev_", "  dio: ^5.0.0\ndev_"));
    good("pubspec.yaml", pub, pub.replace("http: ^1.0.0", "http: ^1.2.0"));
  }
}
