package dev.slipway.agents.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRoleTest {
  @ParameterizedTest
  @CsvSource({
    "src/main/java/App.java, PRODUCTION",
    "app/contest/Latest.java, PRODUCTION",
    "src/attestation/Digest.java, PRODUCTION",
    "requirements.txt, PRODUCTION",
    "CMakeLists.txt, PRODUCTION",
    "deploy/values.yaml, PRODUCTION",
    "src/test/java/AppTest.java, TEST",
    "pkg/app_test.go, TEST",
    "web/src/app.spec.ts, TEST",
    "tests/conftest.py, TEST",
    "core/src/it/java/FlowIT.java, TEST",
    "src/App.Tests/Thing.cs, TEST",
    "README.md, DOCUMENTATION",
    "docs/guide/start.rst, DOCUMENTATION",
    "LICENSE, DOCUMENTATION",
    "vendor/github.com/a/b.go, GENERATED",
    "web/dist/app.min.js, GENERATED",
    "api/v1/api.pb.go, GENERATED",
    "package-lock.json, LOCK",
    "web/yarn.lock, LOCK",
    "go.sum, LOCK"
  })
  void roleOfAPath(String path, FileRole role) {
    assertThat(FileRole.of(path)).isEqualTo(role);
  }
}
