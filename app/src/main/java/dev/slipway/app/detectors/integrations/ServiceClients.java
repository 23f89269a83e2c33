package dev.slipway.app.detectors.integrations;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.integrations.Lead.Where;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Imports of libraries that talk to one service. */
final class ServiceClients {
  private static final Pattern JVM =
      Pattern.compile("^\\s*+import\\s++(?:static\\s++)?+([\\w.]{3,200}+)");
  private static final Pattern PYTHON =
      Pattern.compile(
          "^\\s*+(?:from\\s++([\\w.]{2,100}+)\\s++import\\b|import\\s++([\\w.]{2,100}+))");
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:\\bfrom\\s{0,4}|\\brequire\\s{0,2}\\(\\s{0,2}|\\bimport\\s{0,2}\\(?\\s{0,2})[\"']([@\\w][\\w./-]{1,120}+)[\"']");
  private static final Pattern GO =
      Pattern.compile(
          "^\\s*+(?:import\\s++)?+(?:[\\w.]{1,40}\\s++)?\"([\\w.-]{2,60}+/[\\w./-]{2,160}+)\"");
  private static final Pattern RUBY =
      Pattern.compile("^\\s*+require\\s*+\\(?[\"']([\\w/-]{2,80}+)[\"']");
  private static final Pattern DOTNET =
      Pattern.compile("^\\s*+(?:global\\s++)?+using\\s++(?:static\\s++)?+([\\w.]{3,160}+)\\s*+;");
  private static final Pattern RUST = Pattern.compile("^\\s*+(?:pub\\s++)?+use\\s++(\\w{2,80}+)");
  private static final Pattern PHP = Pattern.compile("^\\s*+use\\s++([\\w\\\\]{3,160}+)");

  private static final Map<String, Pattern> BY_ENDING =
      Map.ofEntries(
          Map.entry("java", JVM),
          Map.entry("kt", JVM),
          Map.entry("scala", JVM),
          Map.entry("groovy", JVM),
          Map.entry("py", PYTHON),
          Map.entry("js", SCRIPT),
          Map.entry("jsx", SCRIPT),
          Map.entry("ts", SCRIPT),
          Map.entry("tsx", SCRIPT),
          Map.entry("mjs", SCRIPT),
          Map.entry("cjs", SCRIPT),
          Map.entry("mts", SCRIPT),
          Map.entry("vue", SCRIPT),
          Map.entry("svelte", SCRIPT),
          Map.entry("go", GO),
          Map.entry("rb", RUBY),
          Map.entry("cs", DOTNET),
          Map.entry("fs", DOTNET),
          Map.entry("rs", RUST),
          Map.entry("php", PHP));

  /**
   * Prefixes of the modules of service clients. A star stands for one more part of the name, which
   * names the service where one library family serves many.
   */
  private static final List<String> JVM_CLIENTS =
      List.of(
          "com.amazonaws.services.*",
          "software.amazon.awssdk.services.*",
          "com.google.cloud.*",
          "com.google.api.services.*",
          "com.azure.*",
          "com.microsoft.azure.*",
          "com.microsoft.graph",
          "com.stripe",
          "com.twilio",
          "com.slack.api",
          "com.sendgrid",
          "com.mailgun",
          "com.mailjet",
          "org.apache.kafka.clients",
          "org.springframework.kafka",
          "org.springframework.amqp",
          "org.springframework.data.redis",
          "org.springframework.data.mongodb",
          "org.springframework.data.elasticsearch",
          "org.springframework.mail",
          "javax.mail",
          "jakarta.mail",
          "com.rabbitmq.client",
          "redis.clients.jedis",
          "io.lettuce",
          "org.redisson",
          "com.mongodb",
          "org.elasticsearch.client",
          "co.elastic.clients",
          "org.opensearch.client",
          "com.datastax",
          "org.apache.pulsar.client",
          "io.nats",
          "org.eclipse.paho",
          "com.algolia",
          "io.sentry",
          "com.datadog",
          "com.newrelic",
          "com.launchdarkly",
          "com.paypal",
          "com.braintreegateway",
          "com.squareup.square",
          "com.adyen",
          "com.plaid",
          "com.okta",
          "com.auth0",
          "com.openai",
          "com.anthropic",
          "dev.langchain4j.model.*",
          "org.springframework.ai.*",
          "com.google.firebase",
          "com.google.maps",
          "com.hubspot",
          "com.salesforce",
          "com.zendesk",
          "com.snowflake",
          "net.snowflake",
          "org.influxdb",
          "com.influxdb",
          "io.minio",
          "com.hazelcast.client",
          "org.neo4j.driver",
          "com.couchbase.client",
          "io.weaviate",
          "io.pinecone",
          "io.qdrant",
          "com.clickhouse",
          "io.vertx.redis",
          "io.vertx.kafka",
          "io.vertx.rabbitmq",
          "io.vertx.mongo",
          "com.bettercloud.vault",
          "org.springframework.vault",
          "io.temporal.client",
          "com.segment.analytics",
          "com.mixpanel",
          "com.posthog",
          "com.hivemq.client",
          "com.sun.mail",
          "com.solacesystems",
          "com.ibm.mq",
          "com.docusign",
          "com.xero",
          "org.jenkinsci.plugins.github",
          "org.kohsuke.github",
          "org.gitlab4j");

  private static final List<String> PYTHON_CLIENTS =
      List.of(
          "boto3",
          "botocore",
          "aiobotocore",
          "aioboto3",
          "google.cloud.*",
          "googleapiclient",
          "azure.*",
          "msgraph",
          "stripe",
          "twilio",
          "slack_sdk",
          "slack_bolt",
          "slack",
          "sendgrid",
          "mailchimp_transactional",
          "mailjet_rest",
          "kafka",
          "confluent_kafka",
          "aiokafka",
          "pika",
          "aio_pika",
          "kombu",
          "redis",
          "aioredis",
          "pymongo",
          "motor",
          "elasticsearch",
          "opensearchpy",
          "cassandra",
          "pulsar",
          "nats",
          "paho",
          "algoliasearch",
          "sentry_sdk",
          "datadog",
          "ddtrace",
          "newrelic",
          "ldclient",
          "paypalrestsdk",
          "braintree",
          "square",
          "Adyen",
          "plaid",
          "okta",
          "auth0",
          "openai",
          "anthropic",
          "cohere",
          "mistralai",
          "groq",
          "together",
          "replicate",
          "langchain_openai",
          "langchain_anthropic",
          "huggingface_hub",
          "pinecone",
          "weaviate",
          "qdrant_client",
          "chromadb",
          "firebase_admin",
          "googlemaps",
          "hubspot",
          "simple_salesforce",
          "zenpy",
          "snowflake",
          "influxdb",
          "influxdb_client",
          "minio",
          "neo4j",
          "couchbase",
          "clickhouse_driver",
          "clickhouse_connect",
          "hvac",
          "temporalio",
          "analytics",
          "mixpanel",
          "posthog",
          "telegram",
          "telebot",
          "discord",
          "tweepy",
          "praw",
          "github",
          "gitlab",
          "jira",
          "notion_client",
          "dropbox",
          "boxsdk",
          "smtplib",
          "ldap3",
          "psycopg2",
          "psycopg",
          "pymysql",
          "MySQLdb",
          "asyncpg",
          "cx_Oracle",
          "oracledb",
          "pyodbc",
          "paramiko",
          "ftplib",
          "supabase",
          "shopify",
          "pyairtable",
          "gspread",
          "docusign_esign",
          "vonage",
          "plivo",
          "pusher",
          "ably");

  private static final List<String> SCRIPT_CLIENTS =
      List.of(
          "aws-sdk",
          "@aws-sdk/*",
          "@google-cloud/*",
          "googleapis",
          "@azure/*",
          "@microsoft/microsoft-graph-client",
          "stripe",
          "@stripe/stripe-js",
          "twilio",
          "@slack/*",
          "@sendgrid/*",
          "nodemailer",
          "mailgun.js",
          "mailgun-js",
          "postmark",
          "resend",
          "kafkajs",
          "node-rdkafka",
          "amqplib",
          "amqp-connection-manager",
          "bullmq",
          "redis",
          "ioredis",
          "@upstash/*",
          "mongodb",
          "mongoose",
          "@elastic/elasticsearch",
          "@opensearch-project/opensearch",
          "cassandra-driver",
          "pulsar-client",
          "nats",
          "mqtt",
          "algoliasearch",
          "@sentry/*",
          "dd-trace",
          "@datadog/*",
          "newrelic",
          "@launchdarkly/*",
          "launchdarkly-node-server-sdk",
          "@paypal/*",
          "braintree",
          "square",
          "@adyen/*",
          "plaid",
          "@okta/*",
          "auth0",
          "@auth0/*",
          "@clerk/*",
          "openai",
          "@anthropic-ai/*",
          "cohere-ai",
          "@mistralai/*",
          "groq-sdk",
          "replicate",
          "@langchain/*",
          "@ai-sdk/*",
          "@huggingface/*",
          "@pinecone-database/*",
          "weaviate-ts-client",
          "@qdrant/*",
          "chromadb",
          "firebase",
          "firebase-admin",
          "@firebase/*",
          "@googlemaps/*",
          "@hubspot/*",
          "jsforce",
          "snowflake-sdk",
          "@influxdata/*",
          "minio",
          "neo4j-driver",
          "couchbase",
          "@clickhouse/client",
          "node-vault",
          "@temporalio/*",
          "analytics-node",
          "@segment/*",
          "mixpanel",
          "mixpanel-browser",
          "posthog-js",
          "posthog-node",
          "@amplitude/*",
          "amplitude-js",
          "react-ga",
          "react-ga4",
          "telegraf",
          "node-telegram-bot-api",
          "discord.js",
          "@octokit/*",
          "@gitbeaker/*",
          "@notionhq/client",
          "dropbox",
          "@supabase/*",
          "@shopify/*",
          "airtable",
          "pg",
          "mysql",
          "mysql2",
          "oracledb",
          "mssql",
          "tedious",
          "pusher",
          "ably",
          "@vonage/*",
          "ldapjs",
          "ssh2",
          "intercom-client",
          "@intercom/*",
          "contentful",
          "@sanity/client",
          "@vercel/*",
          "@planetscale/database",
          "@neondatabase/serverless",
          "@libsql/client",
          "socket.io-client",
          "@bugsnag/*",
          "logrocket",
          "@hotjar/browser",
          "@fullstory/browser",
          "docusign-esign",
          "@zendesk/*");

  private static final List<String> GO_CLIENTS =
      List.of(
          "github.com/aws/aws-sdk-go/service/*",
          "github.com/aws/aws-sdk-go-v2/service/*",
          "cloud.google.com/go/*",
          "google.golang.org/api/*",
          "github.com/Azure/azure-sdk-for-go/sdk/*",
          "github.com/stripe/stripe-go",
          "github.com/twilio/twilio-go",
          "github.com/slack-go/slack",
          "github.com/sendgrid/sendgrid-go",
          "github.com/redis/go-redis",
          "github.com/go-redis/redis",
          "github.com/gomodule/redigo",
          "go.mongodb.org/mongo-driver",
          "github.com/segmentio/kafka-go",
          "github.com/IBM/sarama",
          "github.com/Shopify/sarama",
          "github.com/confluentinc/confluent-kafka-go",
          "github.com/twmb/franz-go",
          "github.com/streadway/amqp",
          "github.com/rabbitmq/amqp091-go",
          "github.com/nats-io/nats.go",
          "github.com/eclipse/paho.mqtt.golang",
          "github.com/elastic/go-elasticsearch",
          "github.com/olivere/elastic",
          "github.com/opensearch-project/opensearch-go",
          "github.com/gocql/gocql",
          "github.com/getsentry/sentry-go",
          "github.com/DataDog/*",
          "github.com/newrelic/go-agent",
          "github.com/launchdarkly/go-server-sdk",
          "github.com/plaid/plaid-go",
          "github.com/sashabaranov/go-openai",
          "github.com/openai/openai-go",
          "github.com/anthropics/anthropic-sdk-go",
          "github.com/algolia/algoliasearch-client-go",
          "firebase.google.com/go",
          "github.com/minio/minio-go",
          "github.com/neo4j/neo4j-go-driver",
          "github.com/ClickHouse/clickhouse-go",
          "github.com/hashicorp/vault/api",
          "github.com/hashicorp/consul/api",
          "go.temporal.io/sdk/client",
          "go.etcd.io/etcd/client",
          "github.com/lib/pq",
          "github.com/jackc/pgx",
          "github.com/go-sql-driver/mysql",
          "github.com/google/go-github",
          "github.com/influxdata/influxdb-client-go",
          "github.com/snowflakedb/gosnowflake",
          "github.com/segmentio/analytics-go",
          "github.com/auth0/go-auth0",
          "github.com/okta/okta-sdk-golang",
          "net/smtp");

  private static final List<String> OTHER_CLIENTS =
      List.of(
          // Ruby
          "aws-sdk",
          "stripe",
          "twilio-ruby",
          "slack-ruby-client",
          "sendgrid-ruby",
          "redis",
          "bunny",
          "kafka",
          "mongo",
          "elasticsearch",
          "sentry-ruby",
          "openai",
          "google/cloud/*",
          "net/smtp",
          // .NET
          "Amazon.*",
          "Azure.*",
          "Google.Cloud.*",
          "Stripe",
          "Twilio",
          "SendGrid",
          "StackExchange.Redis",
          "MongoDB.Driver",
          "Confluent.Kafka",
          "RabbitMQ.Client",
          "Nest",
          "Elastic.Clients.*",
          "OpenAI",
          "Anthropic",
          "Sentry",
          "Npgsql",
          "MySql.Data",
          "MailKit",
          "SlackNet",
          "Octokit",
          "Minio",
          "MassTransit",
          "Microsoft.Graph",
          "Microsoft.Azure.*",
          "Oracle.ManagedDataAccess",
          // Rust
          "aws_sdk_*",
          "redis",
          "rdkafka",
          "lapin",
          "mongodb",
          "elasticsearch",
          "async_openai",
          "stripe",
          "sentry",
          "lettre",
          "async_nats",
          "octocrab",
          "rusoto_*",
          // PHP
          "Aws\\*",
          "Stripe",
          "Twilio",
          "SendGrid",
          "Predis",
          "MongoDB",
          "PhpAmqpLib",
          "OpenAI",
          "Google\\Cloud\\*",
          "Sentry",
          "Elasticsearch",
          "PHPMailer",
          "Kreait\\Firebase");

  private ServiceClients() {}

  static void find(ChangedFile file, List<Lead> leads) {
    String ending =
        file.path().substring(file.path().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Pattern pattern = BY_ENDING.get(ending);
    if (pattern == null || file.role() != FileRole.PRODUCTION) {
      return;
    }
    for (Row row : file.added()) {
      Matcher imported = pattern.matcher(row.code());
      if (imported.find()) {
        String module = imported.group(1) != null ? imported.group(1) : imported.group(2);
        client(module, clientsOf(pattern))
            .map(client -> lead(file, row, client))
            .ifPresent(leads::add);
      }
    }
  }

  private static Lead lead(ChangedFile file, Row row, String client) {
    return new Lead(
        "integration.client",
        Severity.MEDIUM,
        file,
        row,
        client,
        traces(file, client),
        Where.ANY_FILE,
        "uses a service through a client that nothing used before: " + Printable.of(client));
  }

  /** How the base imports it; a bare word such as redis would be found everywhere. */
  private static List<String> traces(ChangedFile file, String client) {
    boolean python = file.path().endsWith(".py");
    boolean word = client.chars().allMatch(Character::isLetterOrDigit);
    if (python) {
      return List.of("import " + client, "from " + client);
    }
    return word
        ? List.of("'" + client, "\"" + client, "using " + client, "use " + client)
        : List.of(client);
  }

  private static List<String> clientsOf(Pattern pattern) {
    if (pattern == JVM) {
      return JVM_CLIENTS;
    }
    if (pattern == PYTHON) {
      return PYTHON_CLIENTS;
    }
    if (pattern == SCRIPT) {
      return SCRIPT_CLIENTS;
    }
    return pattern == GO ? GO_CLIENTS : OTHER_CLIENTS;
  }

  /** The part of the module's name that names the client; empty if it is none. */
  private static Optional<String> client(String module, List<String> clients) {
    return clients.stream().flatMap(client -> match(module, client).stream()).findFirst();
  }

  private static Optional<String> match(String module, String client) {
    boolean family = client.endsWith("*");
    String prefix = family ? client.substring(0, client.length() - 1) : client;
    if (!module.startsWith(prefix)) {
      return Optional.empty();
    }
    int end = prefix.length();
    if (family) {
      while (end < module.length() && "./\\".indexOf(module.charAt(end)) < 0) {
        end++;
      }
      return end > prefix.length() ? Optional.of(module.substring(0, end)) : Optional.empty();
    }
    boolean whole = end == module.length() || "./\\-_".indexOf(module.charAt(end)) >= 0;
    return whole ? Optional.of(prefix) : Optional.empty();
  }
}
