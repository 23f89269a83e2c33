package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.code.Mark.Where;
import dev.slipway.policy.Finding.Severity;
import java.util.List;

/** Marks of what describes machines, networks, rights and services. */
final class SettingMarks {
  private static final String EVERYBODY = "everybody may connect";

  private static final String PUBLIC = "everybody may read what is stored";

  private static final String ALL_RIGHTS = "whoever has this role may do everything";

  private static final String UNASKED = "nobody is asked who they are";

  static final List<Mark> ALL =
      List.of(
          Mark.of(
                  Where.ANY,
                  "open-network",
                  Severity.HIGH,
                  EVERYBODY,
                  "0.0.0.0/0 ::/0 internet any_ipv4 \"*\" cidr source_",
                  "(?i)(?:cidr_?(?:blocks|_?ipv[46]|ip|ipv6_?blocks)?|ipv6_cidr_blocks|source_ranges|source_address_prefix(?:es)?|CidrIpv?6?|authorized_networks|sourceRanges)[\"']?\\s*[:=]\\s*\\[?\\s*[\"']?(?:0\\.0\\.0\\.0/0|::/0|\\*|Internet)[\"']?"
                      + "|\\bpeer(?:\\.|=ec2\\.Peer\\.)any_?ipv4\\b")
              .apart(
                  "(?i)\\begress|\"outbound\"|route_table|aws_route\\b|destination_cidr|(?:from_port|FromPort|from_?port|destination_port_range|ports?)[\"']?\\s*[:=]\\s*\\[?\\s*[\"']?(?:80|443)\\b"),
          Mark.of(
              Where.SETTINGS,
              "public-data",
              Severity.HIGH,
              PUBLIC,
              "public allusers allauthenticated",
              "(?i)\\b(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets|BlockPublicAcls|BlockPublicPolicy|IgnorePublicAcls|RestrictPublicBuckets)[\"']?\\s*[:=]\\s*[\"']?false\\b|\\bacl[\"']?\\s*[:=]\\s*[\"']public-read(?:-write)?[\"']|\\bAccessControl[\"']?\\s*:\\s*[\"']?PublicRead|\\bpublicly_?accessible[\"']?\\s*[:=]\\s*[\"']?true\\b|\\ballow_blob_public_access\\s*=\\s*true|\"?allUsers\"?\\s*[,\\]\"]|\\bmember\\s*=\\s*\"all(?:Authenticated)?Users\""),
          Mark.of(
              Where.SETTINGS,
              "encryption-off",
              Severity.HIGH,
              "what is stored or sent is not encrypted",
              "encrypt https_traffic ssl",
              "(?i)\\b(?:storage_encrypted|StorageEncrypted|at_rest_encryption_enabled|transit_encryption_enabled|encrypted|enable_https_traffic_only|require_ssl|ssl_enforcement_enabled|encrypt_at_rest)[\"']?\\s*[:=]\\s*[\"']?false\\b"),
          Mark.of(
                  Where.SETTINGS,
                  "all-rights",
                  Severity.HIGH,
                  ALL_RIGHTS,
                  "action principal administratoraccess roles/ role_definition",
                  "(?i)[\"']?\\bActions?[\"']?\\s*[:=]\\s*\\[?\\s*[\"'](?:\\*|(?:iam|sts|kms|s3|ec2|lambda|dynamodb|secretsmanager|organizations):\\*)[\"']|[\"']?\\bPrincipals?[\"']?\\s*[:=]\\s*(?:[\"']\\*[\"']|\\{\\s*[\"']?AWS[\"']?\\s*[:=]\\s*\\[?\\s*[\"']\\*)|\\bAdministratorAccess\\b|\\broles/(?:owner|editor)\\b|\\brole_definition_name\\s*=\\s*\"Owner\"")
              .apart("(?i)[\"']?Effect[\"']?\\s*[:=]\\s*[\"']Deny"),
          Mark.of(
                  Where.SETTINGS,
                  "all-rights",
                  Severity.HIGH,
                  ALL_RIGHTS,
                  "* cluster-admin system:",
                  "^\\s*(?:-\\s+)?(?:verbs|resources)\\s*:\\s*\\[\\s*[\"']?\\*|^\\s*-\\s+[\"']\\*[\"']\\s*$|^\\s*name\\s*:\\s*[\"']?cluster-admin\\b|\\bsystem:(?:anonymous|unauthenticated)\\b|--clusterrole[= ]cluster-admin\\b")
              .near("\\b(?:rbac\\.authorization|roleRef|apiGroups|kubectl|ClusterRole|verbs)\\b"),
          Mark.of(
              Where.ANY,
              "all-rights",
              Severity.HIGH,
              "whoever runs this is root without being asked",
              "nopasswd",
              "\\bNOPASSWD\\s*:\\s*ALL\\b"),
          Mark.of(
              Where.ANY,
              "file-rights",
              Severity.HIGH,
              "a file that everybody may write",
              "chmod 777",
              "(?:^|[\\s;&|\"'])chmod\\s+(?:-\\w+\\s+){0,2}(?:0?777|a\\+rwx|ugo\\+rwx|o\\+w\\w?)\\s+(?!/tmp\\b|/var/tmp\\b|\"?\\$\\{?TMP)|^\\s*mode\\s*[:=]\\s*[\"']?0?777\\b"),
          Mark.of(
              Where.SETTINGS,
              "tls-disabled",
              Severity.HIGH,
              "old protocols that no longer protect are spoken",
              "ssl tls protocol",
              "(?i)\\bssl_?protocols?\\b[^#;\\n]{0,60}\\b(?:SSLv[23]|TLSv1(?:\\.1)?(?![.\\d]))|\\bSSLProtocol\\s+(?:all\\s*$|[^-\\n]{0,40}\\+?(?:SSLv3|TLSv1(?:\\.1)?(?![.\\d])))|\\bmin(?:imum)?_?(?:tls|protocol)_?version[\"']?\\s*[:=]\\s*[\"']?(?:TLS_?V?1[._]?[01]\\b|TLSv1\\b|1\\.[01]\\b|TLS1_0|TLS1_1|SSL)|\\bproxy_ssl_verify\\s+off\\b"),
          Mark.of(
              Where.ANY,
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              "hostkey ssl_no_verify sslverify",
              "\\bStrictHostKeyChecking[= ]+(?:no|off)\\b|\\bInsecureIgnoreHostKey\\(|\\bGIT_SSL_NO_VERIFY\\s*[=:]\\s*[\"']?(?:1|true)|\\bhttp\\.sslVerify[= ]+[\"']?false"),
          Mark.of(
              Where.SETTINGS,
              "open-service",
              Severity.HIGH,
              UNASKED,
              "auth security rbac acl login mfa csrf anonymous protected-mode skip-grant permitroot permitempty h2.console iptables ufw setenforce",
              "(?i)\\b(?:security|auth|authentication|authorization|rbac|acl|basic[_-]?auth|oauth2?|login|mfa|csrf)(?:[._-](?:basic|http|security))?[._-]?enabled?[\"']?\\s*[:=]\\s*[\"']?(?:false|no|off|0)\\b|\\b(?:authorization|authentication|security|auth)[\"']?\\s*[:=]\\s*[\"']?(?:disabled|none|off)\\b|\\banonymous[._-]?(?:auth|access|enabled|login)?[._-]?(?:enabled)?[\"']?\\s*[:=]\\s*[\"']?(?:true|yes|on)\\b|\\ballow[_-]?anonymous\\s+true\\b|\\bprotected-mode\\s+no\\b|\\bskip-grant-tables\\b|^\\s*PermitRootLogin\\s+yes\\b|^\\s*PermitEmptyPasswords\\s+yes\\b|--(?:no-auth|noauth|disable-auth\\w*|anonymous-auth=true)\\b|\\bDISABLE_(?:AUTH|SECURITY)\\w*\\s*[=:]\\s*[\"']?(?:true|1)|\\bPOSTGRES_HOST_AUTH_METHOD\\s*[=:]\\s*[\"']?trust\\b|\\b(?:iptables\\s+-F|ufw\\s+disable|setenforce\\s+0)\\b|\\bh2\\.console\\.enabled\\s*[:=]\\s*true"),
          Mark.of(
                  Where.SETTINGS,
                  "open-service",
                  Severity.HIGH,
                  "what only operators should see is open to all",
                  "include",
                  "\\bexposure\\.include\\s*=\\s*[\"']?\\*|^\\s*include\\s*:\\s*[\"']\\*[\"']\\s*$")
              .near("exposure|management"));

  private SettingMarks() {}
}
