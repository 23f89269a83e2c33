package dev.slipway.app.detectors.integrations;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.integrations.Lead.Where;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Indented;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Containers, stores, queues and ways out of the network that a deployment gets. */
final class Deployments {
  private static final Pattern IMAGE =
      Pattern.compile(
          "^\\s*+-?\\s*+image\\s*+:\\s*+[\"']?+([\\w./-]{2,200}+(?::\\d{2,5}/[\\w./-]{2,200}+)?)");
  private static final Pattern KIND = Pattern.compile("^kind\\s*+:\\s*+[\"']?+(\\w{2,60}+)");
  private static final Pattern TERRAFORM =
      Pattern.compile(
          "^\\s*+(resource|module|provider)\\s++\"([\\w-]{2,100}+)\"(?:\\s++\"([\\w-]{1,100}+)\")?+");
  private static final Pattern CLOUD_FORMATION =
      Pattern.compile("^\\s*+\"?Type\"?\\s*+:\\s*+[\"']?+(AWS::\\w{2,40}+::\\w{2,60}+)");
  private static final Pattern CONSTRUCT =
      Pattern.compile(
          "\\bnew\\s++((?:aws|gcp|azure|sqs|sns|s3|rds|dynamodb|lambda|ecs|eks|kinesis|elasticache|events|stepfunctions|kafka|msk|opensearch|secretsmanager|apigateway)[\\w.]{0,60}\\.[A-Z]\\w{1,60}+)\\s*+\\(");
  private static final Pattern EGRESS =
      Pattern.compile(
          "^\\s*+egress\\s*+[:{=]|^\\s*+-\\s*+Egress\\b|type\\s*+=\\s*+\"egress\"|SecurityGroupEgress"
              + "|(?i:direction\\s*+[=:]\\s*+\"?(?:outbound|egress)\\b)|security_group_egress_rule");

  private static final Set<String> WORKLOADS =
      Set.of(
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob",
          "Pod",
          "ReplicaSet",
          "Rollout",
          "KafkaTopic",
          "Kafka",
          "KafkaConnector",
          "RabbitmqCluster",
          "Queue",
          "Postgresql",
          "Cluster",
          "PostgresCluster",
          "RedisCluster",
          "Redis",
          "MongoDBCommunity",
          "Elasticsearch",
          "Bucket",
          "ScaledJob",
          "KnativeService",
          "VirtualMachine",
          "Database",
          "SQLInstance");

  private static final List<String> SERVICE_TYPES =
      List.of(
          "queue",
          "topic",
          "bucket",
          "sqs",
          "sns",
          "s3",
          "dynamodb",
          "rds",
          "db_",
          "_db",
          "database",
          "sql",
          "cache",
          "redis",
          "memcache",
          "lambda",
          "function",
          "ecs_",
          "instance",
          "cluster",
          "stream",
          "kinesis",
          "firehose",
          "pubsub",
          "storage",
          "cosmos",
          "servicebus",
          "eventhub",
          "event_rule",
          "kafka",
          "msk",
          "opensearch",
          "elasticsearch",
          "apigateway",
          "api_gateway",
          "secretsmanager",
          "secret",
          "mq_",
          "container",
          "cloud_run",
          "app_service",
          "vm",
          "redshift",
          "bigquery",
          "spanner",
          "firestore",
          "ses_",
          "load_balancer",
          "cloudfront",
          "sagemaker",
          "bedrock",
          "cognito",
          "elb",
          "table",
          "docker_");

  private Deployments() {}

  static boolean isDeployment(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yml")
        || lower.endsWith(".yaml")
        || lower.endsWith(".tf")
        || lower.endsWith(".tpl")
        || lower.endsWith("template.json");
  }

  static void find(ChangedFile file, List<Lead> leads) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (file.role() != FileRole.PRODUCTION || isPipeline(file.path())) {
      return;
    }
    boolean yaml = name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".tpl");
    List<Row> rows = file.wholeRows();
    boolean manifest = rows.stream().anyMatch(row -> row.text().startsWith("apiVersion:"));
    boolean compose = yaml && name.contains("compose");
    boolean terraform = name.endsWith(".tf") || name.endsWith(".tf.json");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (!row.isAdded() || row.code().isBlank()) {
        continue;
      }
      if (yaml) {
        image(file, row, leads);
        cloudFormation(file, rows, i, leads);
      }
      if (compose) {
        service(file, rows, i, leads);
      }
      if (manifest) {
        kind(file, rows, row, leads);
      }
      if (terraform) {
        terraform(file, row, leads);
      }
      if (name.equals("template.json")) {
        cloudFormation(file, rows, i, leads);
      }
      construct(file, row, leads);
      if ((terraform || yaml) && (EGRESS.matcher(row.code()).find() || isFurther(rows, i))) {
        add(
            "egress",
            Severity.MEDIUM,
            file,
            row,
            file.path() + " egress " + row.code().strip(),
            "the network gets a way out",
            leads);
      }
    }
  }

  /** A further entry of a list that is there already. */
  private static boolean isFurther(List<Row> rows, int index) {
    return rows.get(index).code().strip().startsWith("- ")
        && Indented.parentOf(rows, index).filter("egress"::equals).isPresent();
  }

  private static boolean isPipeline(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.contains(".github/")
        || lower.contains("gitlab-ci")
        || lower.contains(".circleci/")
        || lower.contains("azure-pipelines")
        || lower.contains("bitbucket-pipelines")
        || lower.endsWith("cloudbuild.yaml");
  }

  private static void image(ChangedFile file, Row row, List<Lead> leads) {
    Matcher image = IMAGE.matcher(row.code());
    if (image.find()) {
      String repository = image.group(1);
      add(
          "container",
          Severity.MEDIUM,
          file,
          row,
          repository,
          "runs the container image " + repository,
          leads);
    }
  }

  private static void service(ChangedFile file, List<Row> rows, int index, List<Lead> leads) {
    Row row = rows.get(index);
    boolean child = Indented.parentOf(rows, index).filter("services"::equals).isPresent();
    if (child && Indented.keyOf(row).isPresent() && row.code().strip().endsWith(":")) {
      String service = Indented.keyOf(row).orElseThrow();
      add(
          "container",
          Severity.MEDIUM,
          file,
          row,
          service,
          "runs a further container: " + service,
          leads);
    }
  }

  private static void kind(ChangedFile file, List<Row> rows, Row row, List<Lead> leads) {
    Matcher kind = KIND.matcher(row.code());
    if (!kind.find()) {
      return;
    }
    String what = kind.group(1);
    if (WORKLOADS.contains(what)) {
      add(
          "resource",
          Severity.MEDIUM,
          file,
          row,
          file.path() + " " + what,
          "deploys a further " + what,
          leads);
    } else if (what.equals("ServiceEntry")
        || (what.equals("Service")
            && rows.stream().anyMatch(r -> r.code().contains("ExternalName")))) {
      add(
          "egress",
          Severity.MEDIUM,
          file,
          row,
          file.path() + " " + what,
          "the cluster gets a way to a service outside",
          leads);
    }
  }

  private static void terraform(ChangedFile file, Row row, List<Lead> leads) {
    Matcher block = TERRAFORM.matcher(row.code());
    if (!block.find()) {
      return;
    }
    String type = block.group(2);
    boolean service = SERVICE_TYPES.stream().anyMatch(type.toLowerCase(Locale.ROOT)::contains);
    boolean provider = block.group(1).equals("provider");
    String name = block.group(3) == null ? type : block.group(3);
    add(
        "resource",
        service || provider ? Severity.MEDIUM : Severity.LOW,
        file,
        row,
        provider ? type : "\"" + type + "\" \"" + name + "\"",
        "creates " + type + " " + name,
        leads);
  }

  private static void cloudFormation(
      ChangedFile file, List<Row> rows, int index, List<Lead> leads) {
    Row row = rows.get(index);
    Matcher type = CLOUD_FORMATION.matcher(row.code());
    if (type.find()) {
      String what = type.group(1);
      String lower = what.toLowerCase(Locale.ROOT);
      boolean service =
          SERVICE_TYPES.stream().map(t -> t.replace("_", "")).anyMatch(lower::contains);
      String name = Indented.parentOf(rows, index).orElse("");
      add(
          "resource",
          service ? Severity.MEDIUM : Severity.LOW,
          file,
          row,
          name.isEmpty() ? what : name,
          "creates " + what + " " + name,
          leads);
    }
  }

  private static void construct(ChangedFile file, Row row, List<Lead> leads) {
    if (!row.code().contains("new ")) {
      return;
    }
    Matcher construct = CONSTRUCT.matcher(row.code());
    if (construct.find()) {
      String what = construct.group(1);
      add("resource", Severity.MEDIUM, file, row, row.code().strip(), "creates " + what, leads);
    }
  }

  private static void add(
      String rule,
      Severity severity,
      ChangedFile file,
      Row row,
      String name,
      String what,
      List<Lead> leads) {
    leads.add(
        Lead.named(
            "integration." + rule,
            severity,
            file,
            row,
            name,
            Where.DEPLOYMENTS,
            Printable.of(what)));
  }
}
