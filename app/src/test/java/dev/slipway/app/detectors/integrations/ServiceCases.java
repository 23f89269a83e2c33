package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Code and deployments that begin to use a service, and ones that use what is there. */
final class ServiceCases {
  private final Corpus corpus;

  ServiceCases(Corpus corpus) {
    this.corpus = corpus;
  }

  void addAll() {
    hosts();
    clients();
    environment();
    deployments();
    known();
  }

  private void bad(String path, String text) {
    corpus.positive(path + ": " + text.strip().replace('\n', '|'), Changes.adding(path, text));
  }

  private void good(String path, String text) {
    corpus.negative(path + ": " + text.strip().replace('\n', '|'), Changes.adding(path, text));
  }

  private void good(Map<String, String> base, String path, String text) {
    Map<String, String> candidate = new LinkedHashMap<>(base);
    candidate.put(path, text);
    corpus.negative(path + " known: " + text.strip(), Changes.between(base, candidate));
  }

  private void hosts() {
    bad("src/A.java", "var u = URI.create(\"https://api.payments.io/v1/charge\");\n");
    bad("a.py", "r = requests.get('https://api.weather.io/v2')\n");
    bad("a.ts", "await fetch(`https://api.geo.io/${id}`)\n");
    bad("a.go", "http.Get(\"http://metrics.vendor.net/x\")\n");
    bad("a.rb", "Net::HTTP.get(URI('https://hooks.zap.io/x'))\n");
    bad("a.php", "curl_init('https://api.mailer.io/send');\n");
    bad("a.cs", "client.BaseAddress = new Uri(\"https://api.tax.io\");\n");
    bad("a.rs", "reqwest::get(\"https://api.fx.io\").await?;\n");
    bad("a.kt", "val url = \"wss://stream.quotes.io/feed\"\n");
    bad("application.yml", "client:\n  url: https://api.crm.io\n");
    bad("application.properties", "spring.mail.host=smtp.mailer.io\n");
    bad("config/prod.toml", "endpoint = \"https://ingest.logs.io\"\n");
    bad("a.yaml", "bootstrap-servers: kafka-1.broker.io:9092\n");
    bad("config.json", "{\"apiUrl\": \"https://api.maps.io\"}\n");
    bad("a.py", "URL = f'https://{region}.api.cloudy.io/x'\n");
    bad("a.js", "new WebSocket('wss://push.notify.io')\n");
    bad("web/index.html", "<script src=\"https://cdn.tracker.io/a.js\"></script>\n");
    bad("a.sh", "curl -X POST https://collector.thing.io/v1 -d @x\n");
    bad("a.py", "subprocess.run('curl https://collector.thing.io', shell=True)\n");
    bad("a.py", "conn = amqp.connect('amqps://user@mq.thing.io/v')\n");
    bad("a.java", "new Socket(); String ip = \"http://203.0.113.9:8080/x\";\n");
    good("src/A.java", "// see https://api.payments.io/docs for details\n");
    good("src/A.java", "/**\n * https://api.payments.io/v1\n */\nclass A {}\n");
    good("a.py", "# https://api.weather.io\nx = 1\n");
    good("a.py", "def f():\n    \"\"\"See https://api.weather.io.\"\"\"\n");
    good("README.md", "Go to https://api.payments.io\n");
    good("src/test/java/ATest.java", "var u = \"https://api.payments.io\";\n");
    good("a.ts", "fetch('http://localhost:8080/x'); fetch('http://127.0.0.1/x')\n");
    good("a.ts", "const u = 'https://example.com/a'; const v = 'https://api.example.org'\n");
    good(
        "pom.xml",
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n<url>https://acme.io</url>\n");
    good("a.xml", "<beans xmlns=\"http://www.springframework.org/schema/beans\"/>\n");
    good("a.json", "{\"$schema\": \"https://json.schemastore.org/x\"}\n");
    good("a.json", "{\"$schema\": \"https://schemas.acme.io/x.json\"}\n");
    good(
        "package.json",
        "{\"homepage\": \"https://acme.io\", \"bugs\": \"https://tracker.acme.io\"}\n");
    good("a.py", "raise ValueError('Invalid token, see https://help.thing.io/tokens for more')\n");
    good("a.tsx", "<a href=\"https://twitter.io/acme\">Follow</a>\n");
    good("web/index.html", "<a href=\"https://status.acme.io\">Status</a>\n");
    good("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n");
    good("a.py", "LICENSE = 'http://www.apache.org/licenses/LICENSE-2.0'\n");
    good("a.ts", "const url = `https://${host}/path`; const b = `${base}/x`\n");
    good("Dockerfile", "RUN curl -fsSLO https://github.com/a/b/releases/download/v1/b.tgz\n");
    good("a.java", "String a = \"jdbc:h2:mem:test\"; String b = \"urn:x:y\";\n");
    good("openapi.yaml", "servers:\n  - url: https://api.acme.io\n");
    good("a.java", "package com.acme.io; String host = \"0.0.0.0\";\n");
  }

  private void clients() {
    bad("src/A.java", "import software.amazon.awssdk.services.sqs.SqsClient;\n");
    bad("src/A.java", "import com.stripe.model.Charge;\n");
    bad("src/A.kt", "import com.google.cloud.storage.Storage\n");
    bad("src/A.java", "import org.apache.kafka.clients.producer.KafkaProducer;\n");
    bad("a.py", "import boto3\n");
    bad("a.py", "from google.cloud import pubsub_v1\nfrom google.cloud.pubsub import x\n");
    bad("a.py", "from slack_sdk import WebClient\n");
    bad("a.py", "import openai\n");
    bad("a.ts", "import { S3Client } from '@aws-sdk/client-s3'\n");
    bad("a.js", "const stripe = require('stripe')(key)\n");
    bad("a.ts", "import Anthropic from \"@anthropic-ai/sdk\"\n");
    bad("a.js", "import { initializeApp } from 'firebase/app'\n");
    bad("a.go", "import (\n\t\"github.com/aws/aws-sdk-go-v2/service/s3\"\n)\n");
    bad("a.go", "import \"cloud.google.com/go/pubsub\"\n");
    bad("a.rb", "require 'aws-sdk-s3'\n");
    bad("a.cs", "using Azure.Storage.Blobs;\n");
    bad("a.cs", "using Stripe;\n");
    bad("a.rs", "use aws_sdk_s3::Client;\n");
    bad("a.php", "use Aws\\S3\\S3Client;\n");
    bad("a.ts", "import mongoose from 'mongoose'\n");
    good("src/A.java", "import java.util.List;\nimport com.acme.stripes.Pattern;\n");
    good("a.py", "import os, json\nimport redistribute\nfrom myapp import boto\n");
    good("a.ts", "import { a } from './stripe'\nimport x from '../redis/y'\n");
    good(
        "a.ts",
        "import React from 'react'\nimport pgformat from 'pg-formatter'\n"
            .replace("pg-formatter", "sql-formatter"));
    good("a.go", "import (\n\t\"fmt\"\n\t\"net/http\"\n)\n");
    good("tests/test_a.py", "import boto3\n");
    good("src/A.java", "// import com.stripe.model.Charge;\n");
    good("a.rb", "require 'json'\nrequire_relative 'stripe'\n");
    good("a.cs", "using System.Text;\nusing StripeLike;\n");
    good("a.rs", "use std::io;\nuse crate::redis_like::X;\n");
  }

  private void environment() {
    bad("src/A.java", "String u = System.getenv(\"BILLING_API_URL\");\n");
    bad("a.py", "u = os.environ['BILLING_API_KEY']\n");
    bad("a.py", "u = os.environ.get(\"QUEUE_URL\", \"\")\n");
    bad("a.py", "u = os.getenv('SMTP_HOST')\n");
    bad("a.ts", "const k = process.env.STRIPE_SECRET_KEY\n");
    bad("a.ts", "const k = process.env['SENTRY_DSN']\n");
    bad("a.ts", "const { REDIS_URL, OTHER } = process.env\n");
    bad("a.ts", "const k = import.meta.env.VITE_MAPS_TOKEN\n");
    bad("a.go", "u := os.Getenv(\"LEDGER_ENDPOINT\")\n");
    bad("a.rb", "u = ENV['S3_BUCKET']\nv = ENV.fetch('WEBHOOK_SECRET')\n");
    bad("a.rs", "let u = env::var(\"CRM_PASSWORD\")?;\n");
    bad("a.cs", "Environment.GetEnvironmentVariable(\"BUS_CONNECTION_KEY\")\n");
    bad("a.php", "$u = getenv('MAILER_DSN');\n");
    bad("application.yml", "app:\n  key: ${CRM_API_TOKEN}\n");
    bad("application.properties", "app.url=${TAX_SERVICE_URL:none}\n");
    bad("deploy/a.yaml", "apiVersion: v1\nspec:\n  env:\n    - name: LEDGER_URL\n      value: x\n");
    bad(
        "deploy/a.yaml",
        "apiVersion: v1\nenv:\n  - name: A\n    valueFrom:\n      secretKeyRef:\n        name: crm\n        key: password\n");
    bad("a.ex", "System.get_env(\"PARTNER_TOKEN\")\n");
    bad(
        "docker-compose.yml",
        "services:\n  a:\n    environment:\n      - CRM_SECRET=${CRM_SECRET}\n");
    bad(".github/workflows/a.yml", "env:\n  T: ${{ secrets.DEPLOY_TOKEN }}\n");
    good("src/A.java", "System.getenv(\"HOME\"); System.getenv(\"PATH\");\n");
    good("a.py", "os.environ.get('LOG_LEVEL'); os.getenv('DEBUG'); os.environ['PORT']\n");
    good("a.ts", "if (process.env.NODE_ENV === 'production') {}\n");
    good("a.ts", "const n = process.env.WORKER_COUNT\n");
    good("a.py", "t = os.environ.get('HTTP_CLIENT_TIMEOUT')\n");
    good("a.go", "os.Getenv(\"FEATURE_NEW_CHECKOUT\")\n");
    good("tests/test_a.py", "os.environ['API_KEY'] = 'x'\n");
    good("a.py", "# os.environ['API_KEY']\n");
    good("a.sh", "echo ${API_URL}\n");
    good("a.java", "String s = \"process.environment\"; map.get(\"API_KEY\");\n");
    good("application.yml", "app:\n  name: ${app.name}\n  dir: ${java.io.tmpdir}\n");
    good(".github/workflows/a.yml", "env:\n  T: ${{ secrets.GITHUB_TOKEN }}\n");
  }

  private void deployments() {
    bad("docker-compose.yml", "services:\n  cache:\n    image: redis:8\n");
    bad("deploy/queue.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\n");
    bad("deploy/topic.yaml", "apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\n");
    bad("main.tf", "resource \"aws_sqs_queue\" \"jobs\" {\n}\n");
    bad("main.tf", "resource \"aws_s3_bucket\" \"x\" {}\n");
    bad("main.tf", "resource \"google_pubsub_topic\" \"x\" {}\n");
    bad("main.tf", "resource \"azurerm_storage_account\" \"x\" {}\n");
    bad("main.tf", "provider \"cloudflare\" {}\n");
    bad(
        "sg.tf",
        "resource \"aws_security_group\" \"x\" {\n  egress {\n    cidr_blocks = [\"0.0.0.0/0\"]\n  }\n}\n");
    bad("template.yaml", "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n");
    bad(
        "serverless.yml",
        "resources:\n  Resources:\n    Table:\n      Type: AWS::DynamoDB::Table\n");
    bad(
        "netpol.yaml",
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  egress:\n    - to: []\n");
    bad("se.yaml", "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n");
    bad("ext.yaml", "apiVersion: v1\nkind: Service\nspec:\n  type: ExternalName\n");
    bad("infra/stack.ts", "const q = new sqs.Queue(this, 'Jobs')\n");
    bad("infra/main.py".replace(".py", ".ts"), "new aws.s3.Bucket('x')\n");
    bad("chart/templates/job.yaml", "apiVersion: batch/v1\nkind: CronJob\n");
    bad("deploy/a.yaml", "spec:\n  containers:\n    - image: registry.acme.dev/mailer:1.2\n");
    good("deploy/a.yaml", "apiVersion: v1\nkind: ConfigMap\n");
    good("main.tf", "resource \"aws_iam_policy\" \"x\" {}\n");
    good("main.tf", "variable \"region\" {\n  default = \"eu\"\n}\n");
    good("config.yml", "kind: Deployment\n");
    good("template.yaml", "Resources:\n  R:\n    Type: AWS::IAM::Role\n");
    good("docker-compose.yml", "volumes:\n  data:\nnetworks:\n  a:\n");
    good("src/test/resources/docker-compose.yml", "services:\n  cache:\n    image: redis:8\n");
    good(
        ".github/workflows/a.yml",
        "jobs:\n  a:\n    services:\n      db:\n        image: postgres:18\n");
    good("infra/stack.ts", "const q = new Map(); const x = new Bucket()\n");
  }

  /** What the base has is not new, wherever it has it. */
  private void known() {
    Map<String, String> base =
        Map.of(
            "src/Client.java",
                "var u = \"https://api.payments.io\"; System.getenv(\"CRM_TOKEN\");\n",
            "src/S3.java", "import com.stripe.Stripe;\n",
            "a.py", "import boto3\n",
            "web/a.ts", "import Stripe from 'stripe'\n",
            "docker-compose.yml", "services:\n  cache:\n    image: redis:7\n",
            "lib/pom.xml",
                "<project><dependencies><dependency><groupId>a.b</groupId><artifactId>thing</artifactId></dependency></dependencies></project>\n",
            "main.tf", "resource \"aws_sqs_queue\" \"jobs\" {\n  delay = 1\n}\n");
    good(base, "src/B.java", "var u = \"https://api.payments.io/v2\";\n");
    good(base, "src/B.java", "System.getenv(\"CRM_TOKEN\");\n");
    good(base, "src/B.java", "import com.stripe.model.Charge;\n");
    good(base, "b.py", "import boto3\n");
    good(base, "web/b.ts", "import Stripe from 'stripe'\n");
    good(base, "docker-compose.yml", "services:\n  cache:\n    image: redis:8\n");
    good(
        base,
        "app/pom.xml",
        "<project><dependencies>\n<dependency><groupId>a.b</groupId><artifactId>thing</artifactId></dependency>\n</dependencies></project>\n");
    good(base, "main.tf", "resource \"aws_sqs_queue\" \"jobs\" {\n  delay = 2\n}\n");
    good(base, "deploy/b.yaml", "image: redis:8\n");
  }
}
