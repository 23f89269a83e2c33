package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;

/** Workflows, images and containers, with and without the danger. */
final class WorkflowCases {
  private static final String CI = ".github/workflows/ci.yml";
  private static final String PIN = "@8f4b7f84864484a7bf31766abe9204da3cbe65b3";

  private final Corpus corpus;

  WorkflowCases(Corpus corpus) {
    this.corpus = corpus;
  }

  void addAll() {
    injection();
    rights();
    otherPipelines();
    images();
  }

  private void bad(String path, String text) {
    corpus.positive(path + ": " + text.strip().replace('\n', '|'), Changes.adding(path, text));
  }

  private void good(String path, String text) {
    corpus.negative(path + ": " + text.strip().replace('\n', '|'), Changes.adding(path, text));
  }

  private static String run(String script) {
    return "jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: " + script + "\n";
  }

  private void injection() {
    for (String text :
        new String[] {
          "github.event.issue.title",
          "github.event.issue.body",
          "github.event.pull_request.title",
          "github.event.pull_request.body",
          "github.event.pull_request.head.ref",
          "github.event.pull_request.head.label",
          "github.event.comment.body",
          "github.event.review.body",
          "github.event.review_comment.body",
          "github.head_ref",
          "github.event.head_commit.message",
          "github.event.commits[0].message",
          "github.event.discussion.title",
          "github.event.workflow_run.head_branch",
          "github.event.client_payload.cmd",
          "github.event['issue']['title']",
          "github.event.pages[0].page_name",
          "github.event.head_commit.author.email",
          "toJSON(github.event)",
          "github.event.issue.title || 'none'"
        }) {
      bad(CI, run("echo \"${{ " + text + " }}\""));
      bad(
          CI,
          run(
              "|\n          set -e\n          if true; then\n            echo ${{"
                  + text
                  + "}}\n          fi"));
      bad(
          CI,
          "    - uses: actions/github-script"
              + PIN
              + "\n      with:\n        script: |\n          console.log('${{ "
              + text
              + " }}')\n");
      good(CI, "    - run: echo \"$TEXT\"\n      env:\n        TEXT: ${{ " + text + " }}\n");
      good(CI, "    - if: ${{ " + text + " == 'x' }}\n      run: echo hi\n");
      good(CI, "    - uses: a/b" + PIN + "\n      with:\n        text: ${{ " + text + " }}\n");
    }
    bad(
        CI,
        "    - env:\n        T: ${{ github.event.issue.title }}\n      run: echo ${{ env.T }}\n");
    bad(
        "action.yml",
        "runs:\n  steps:\n    - run: echo ${{ github.head_ref }}\n      shell: bash\n");
    good(CI, run("echo ${{ github.event.pull_request.number }} ${{ github.sha }}"));
    good(CI, run("echo ${{ github.event.pull_request.head.sha }} ${{ matrix.version }}"));
    good(CI, run("echo ${{ steps.a.outputs.version }} ${{ secrets.TOKEN }}"));
    good(CI, run("echo ${{ contains(github.event.pull_request.title, 'x') }}"));
    good("docs/a.md", "run: echo ${{ github.head_ref }}\n");
  }

  private void rights() {
    String target = "on: pull_request_target\n";
    String head = "ref: ${{ github.event.pull_request.head.sha }}\n";
    bad(
        CI,
        target
            + "jobs:\n  a:\n    steps:\n      - uses: actions/checkout"
            + PIN
            + "\n        with:\n          "
            + head);
    bad(
        CI,
        "on:\n  pull_request_target:\n    types: [opened]\njobs:\n  a:\n    steps:\n      - uses: actions/checkout"
            + PIN
            + "\n        with:\n          ref: ${{ github.head_ref }}\n");
    bad(
        CI,
        target
            + "jobs:\n  a:\n    steps:\n      - run: gh pr checkout ${{ github.event.number }}\n");
    bad(
        CI,
        "on:\n  workflow_run:\n    workflows: [x]\njobs:\n  a:\n    steps:\n      - uses: actions/checkout"
            + PIN
            + "\n        with:\n          ref: ${{ github.event.workflow_run.head_sha }}\n");
    bad(CI, "permissions: write-all\n");
    bad(CI, run("echo '${{ toJSON(secrets) }}'"));
    good(
        CI,
        "on: pull_request\njobs:\n  a:\n    steps:\n      - uses: actions/checkout"
            + PIN
            + "\n        with:\n          "
            + head);
    good(CI, "on: pull_request\npermissions:\n  contents: read\n");
    good(CI, "permissions: read-all\n");
    good(CI, "permissions: {}\n");
    good(CI, "# on: pull_request_target\n# ref: ${{ github.head_ref }}\n");
    good(CI, "    - uses: actions/checkout" + PIN + " # v4\n");
    good(CI, "    - uses: ./.github/actions/build\n");
    good(CI, run("make test"));
  }

  private void otherPipelines() {
    bad(".gitlab-ci.yml", "a:\n  script:\n    - eval \"echo $CI_COMMIT_MESSAGE\"\n");
    bad(".gitlab-ci.yml", "a:\n  script:\n    - bash -c \"echo $CI_MERGE_REQUEST_TITLE\"\n");
    bad(".gitlab-ci.yml", "include:\n  - remote: 'https://x.io/a.yml'\n");
    bad("Jenkinsfile", "sh \"echo ${env.CHANGE_TITLE}\"\n");
    bad("Jenkinsfile", "sh(script: \"git checkout ${CHANGE_BRANCH}\")\n");
    bad("Jenkinsfile", "sh \"\"\"\n  echo ${ghprbPullTitle}\n\"\"\"\n");
    bad("azure-pipelines.yml", "steps:\n- script: echo $(Build.SourceVersionMessage)\n");
    bad(
        "azure-pipelines.yml",
        "steps:\n- bash: |\n    git checkout $(System.PullRequest.SourceBranch)\n");
    bad(".circleci/config.yml", "steps:\n  - run: echo << pipeline.git.branch >>\n");
    good(".gitlab-ci.yml", "a:\n  script:\n    - echo \"$CI_COMMIT_MESSAGE\"\n");
    good(".gitlab-ci.yml", "include:\n  - local: 'ci/a.yml'\n");
    good("Jenkinsfile", "sh 'echo \"$CHANGE_TITLE\"'\n");
    good("Jenkinsfile", "sh \"echo ${BUILD_NUMBER}\"\n");
    good("azure-pipelines.yml", "steps:\n- script: echo $(Build.BuildId)\n");
    good(".circleci/config.yml", "steps:\n  - run: echo << pipeline.number >>\n");
  }

  private void images() {
    bad("Dockerfile", "FROM a:1@sha256:" + "ab".repeat(32) + "\nADD http://x.io/a.tgz /opt\n");
    bad("Dockerfile", "FROM a:1\nADD https://x.io/a.tgz /opt/\nUSER app\n");
    bad("Dockerfile", "FROM a:1\nRUN curl -fsSL https://x.io/i.sh | bash\n");
    bad("Dockerfile", "FROM a:1\nRUN wget -qO- https://x.io/i.sh | \\\n  sh\n");
    bad(
        "deploy/app.yaml",
        "spec:\n  containers:\n    - securityContext:\n        privileged: true\n");
    bad("Dockerfile", "FROM alpine\nCOPY a /a\n");
    bad("Dockerfile", "FROM --platform=linux/amd64 ghcr.io/a/b:latest AS x\nRUN make\n");
    bad("Dockerfile", "FROM a:latest\nUSER app\nUSER root\n");
    bad("Dockerfile", "USER root\n");
    bad("Dockerfile", "USER 0:0\n");
    bad("deploy/app.yaml", "securityContext:\n  runAsUser: 0\n");
    bad("deploy/app.yaml", "securityContext:\n  runAsNonRoot: false\n");
    bad("deploy/app.yaml", "securityContext:\n  allowPrivilegeEscalation: true\n");
    bad("deploy/app.yaml", "volumes:\n  - name: a\n    hostPath:\n      path: /\n");
    bad("deploy/app.yaml", "volumes:\n  - name: a\n    hostPath:\n      path: /etc\n");
    bad("docker-compose.yml", "services:\n  a:\n    volumes:\n      - /:/host\n");
    bad("deploy/app.yaml", "spec:\n  hostNetwork: true\n");
    bad(
        "docker-compose.yml",
        "services:\n  a:\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n");
    bad("docker-compose.yml", "services:\n  a:\n    network_mode: host\n");
    bad("deploy/app.yaml", "capabilities:\n  add:\n    - SYS_ADMIN\n");
    good(
        "Dockerfile",
        "FROM eclipse-temurin:25-jre@sha256:"
            + "ab".repeat(32)
            + " AS build\nFROM build\nUSER app\n");
    good("Dockerfile", "FROM scratch\nCOPY a /a\nUSER 10001\n");
    good("Dockerfile", "FROM golang:1.24\nADD . /src\nRUN make\n");
    good("Dockerfile", "FROM alpine\nUSER app\n");
    good("Dockerfile", "FROM golang:latest AS build\nFROM scratch\nCOPY a /a\n");
    good("Dockerfile", "FROM a:1\nUSER root\nRUN apk add b\nUSER app\n");
    good("Dockerfile", "FROM a:1\nADD --checksum=sha256:ab https://x.io/a.tgz /opt/\n");
    good("deploy/app.yaml", "volumes:\n  - name: a\n    hostPath:\n      path: /srv/data\n");
    good("docker-compose.yml", "services:\n  a:\n    volumes:\n      - /etc/localtime:/a:ro\n");
    good("deploy/app.yaml", "securityContext:\n  runAsUser: 10001\n  runAsNonRoot: true\n");
    good("Dockerfile", "FROM a:1\nRUN curl -fsSLo a.tgz https://x.io/a.tgz\n");
    good(
        "deploy/app.yaml",
        "securityContext:\n  privileged: false\n  capabilities:\n    drop:\n      - ALL\n");
    good("deploy/app.yaml", "hostNetwork: false\n");
    good("docker-compose.yml", "services:\n  a:\n    image: a:1\n    ports:\n      - 80:80\n");
    good("src/test/resources/compose.yml", "privileged: true\n");
  }
}
