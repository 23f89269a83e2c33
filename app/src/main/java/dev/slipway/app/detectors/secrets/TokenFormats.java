package dev.slipway.app.detectors.secrets;

import static dev.slipway.app.detectors.secrets.TokenFormat.token;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.util.ArrayList;
import java.util.List;

/**
 * The formats of known providers, from their documentation. {@code \b}-like ends are written as
 * look-aheads of one character, so that a longer run of letters is not cut into a token.
 */
final class TokenFormats {
  private static final String END = "(?![A-Za-z0-9])";
  private static final String END_WORD = "(?![A-Za-z0-9_-])";

  static final List<TokenFormat> ALL = all();

  private TokenFormats() {}

  private static List<TokenFormat> all() {
    List<TokenFormat> all = new ArrayList<>();
    cloud(all);
    forges(all);
    payments(all);
    messaging(all);
    models(all);
    services(all);
    registries(all);
    arguments(all);
    return List.copyOf(all);
  }

  private static void cloud(List<TokenFormat> all) {
    for (String prefix : List.of("AKIA", "ASIA", "ABIA", "ACCA")) {
      all.add(
          token("aws-access-key", "AWS access key id", prefix, prefix + "([A-Z0-9]{16})" + END));
    }
    all.add(
        token("gcp-api-key", "Google API key", "AIza", "AIza([A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])"));
    all.add(
        token(
            "gcp-oauth-secret",
            "Google OAuth client secret",
            "GOCSPX-",
            "GOCSPX-([A-Za-z0-9_-]{28})" + END_WORD));
    all.add(
        token(
                "gcp-access-token",
                "Google OAuth access token",
                "ya29.",
                "ya29\\.([A-Za-z0-9_-]{30,1000}+)")
            .proof(Proof.CONTEXT));
    all.add(
        token(
            "azure-storage-key",
            "Azure storage account key",
            "AccountKey=",
            "AccountKey=([A-Za-z0-9+/]{86}==)"));
    all.add(
        token(
            "azure-shared-access-key",
            "Azure shared access key",
            "SharedAccessKey=",
            "SharedAccessKey=([A-Za-z0-9+/]{43}=)"));
    all.add(
        token(
                "azure-client-secret",
                "Azure client secret",
                "Q~",
                "([A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}+)" + END_WORD)
            .backs(4));
    all.add(
        token(
            "azure-sas",
            "Azure shared access signature",
            "sig=",
            "sig=((?:[A-Za-z0-9+/]|%2[BbFf]){43}(?:=|%3[Dd]))"));
    all.add(
        token("digitalocean-token", "DigitalOcean token", "_v1_", "do[opr]_v1_([a-f0-9]{64})" + END)
            .backs(3));
    all.add(
        token(
            "alibaba-access-key",
            "Alibaba Cloud access key id",
            "LTAI",
            "LTAI([A-Za-z0-9]{20})" + END));
    all.add(
        token(
            "databricks-token", "Databricks token", "dapi", "dapi([a-f0-9]{32}(?:-[0-9])?)" + END));
    all.add(
        token("heroku-key", "Heroku API key", "HRKU-", "HRKU-([A-Za-z0-9_-]{36,62}+)" + END_WORD));
    all.add(
        token("vault-token", "HashiCorp Vault token", "hv", "hv[sbr]\\.([A-Za-z0-9_-]{24,300}+)"));
    all.add(
        token(
                "terraform-cloud-token",
                "Terraform Cloud token",
                ".atlasv1.",
                "([A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}+)" + END_WORD)
            .backs(14));
    all.add(token("pulumi-token", "Pulumi token", "pul-", "pul-([a-f0-9]{40})" + END));
    all.add(token("fly-token", "Fly.io token", "fo1_", "fo1_([A-Za-z0-9_-]{43})" + END_WORD));
    all.add(
        token(
            "planetscale-token",
            "PlanetScale token",
            "pscale_",
            "pscale_(?:tkn|pw|oauth)_([A-Za-z0-9_.-]{32,64}+)"));
    all.add(token("supabase-token", "Supabase token", "sbp_", "sbp_([a-f0-9]{40})" + END));
  }

  private static void forges(List<TokenFormat> all) {
    for (String prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
      all.add(
          token("github-token", "GitHub token", prefix, prefix + "([A-Za-z0-9]{36,255}+)" + END)
              .checksummed());
    }
    all.add(
        token(
            "github-token",
            "GitHub fine-grained token",
            "github_pat_",
            "github_pat_([A-Za-z0-9]{22}_[A-Za-z0-9]{59})" + END));
    for (String prefix :
        List.of(
            "glpat-",
            "gldt-",
            "glrt-",
            "glptt-",
            "glcbt-",
            "gloas-",
            "glsoat-",
            "glft-",
            "glagent-")) {
      all.add(token("gitlab-token", "GitLab token", prefix, prefix + "([A-Za-z0-9_.-]{20,300}+)"));
    }
    all.add(token("bitbucket-token", "Bitbucket token", "ATBB", "ATBB([A-Za-z0-9]{32})" + END));
    all.add(
        token("atlassian-token", "Atlassian token", "ATATT3", "ATATT3([A-Za-z0-9_=-]{100,300}+)"));
  }

  private static void payments(List<TokenFormat> all) {
    for (String prefix : List.of("sk_live_", "rk_live_")) {
      all.add(
          token("stripe-key", "Stripe live key", prefix, prefix + "([A-Za-z0-9]{16,247}+)" + END));
    }
    all.add(
        token(
            "stripe-webhook-secret",
            "Stripe webhook secret",
            "whsec_",
            "whsec_([A-Za-z0-9+/]{32,64}+=?)" + END));
    all.add(
        token(
            "square-token",
            "Square token",
            "sq0",
            "sq0(?:atp|csp|idp)-([A-Za-z0-9_-]{22,43}+)" + END_WORD));
    all.add(token("square-token", "Square token", "EAAA", "EAAA([A-Za-z0-9_-]{60})" + END_WORD));
    for (String prefix : List.of("shpat_", "shpss_", "shpca_", "shppa_")) {
      all.add(token("shopify-token", "Shopify token", prefix, prefix + "([a-fA-F0-9]{32})" + END));
    }
    all.add(
        token(
            "braintree-token",
            "Braintree access token",
            "access_token$production$",
            "access_token\\$production\\$[a-z0-9]{16}\\$([a-f0-9]{32})" + END));
  }

  private static void messaging(List<TokenFormat> all) {
    all.add(
        token(
            "slack-token",
            "Slack token",
            "xox",
            "xox[abposre](?:\\.xox[bp])?-(?=[A-Za-z0-9-]{20})(?:[0-9]{6,20}-){0,3}+([A-Za-z0-9-]{10,400}+)"));
    all.add(
        token(
            "slack-token",
            "Slack app token",
            "xapp-",
            "xapp-([0-9]-[A-Z0-9]{6,20}+-[0-9]{6,20}+-[a-z0-9]{20,100}+)" + END));
    all.add(
        token(
            "slack-webhook",
            "Slack webhook",
            "hooks.slack.com",
            "hooks\\.slack\\.com\\\\?+/(?:services|workflows|triggers)\\\\?+/(?:[A-Za-z0-9]{8,24}+\\\\?+/){2,3}+([A-Za-z0-9]{16,48}+)"));
    all.add(
        token(
            "slack-webhook",
            "Slack webhook",
            "hooks.slack-gov.com/",
            "hooks\\.slack-gov\\.com/services/(?:[A-Za-z0-9]{8,24}+/){2}+([A-Za-z0-9]{16,48}+)"));
    all.add(
        token(
            "discord-webhook",
            "Discord webhook",
            "/api/webhooks/",
            "/api/webhooks/[0-9]{17,20}+/([A-Za-z0-9_-]{60,72}+)"));
    all.add(
        token(
                "discord-token",
                "Discord bot token",
                ".",
                "([MNO][A-Za-z0-9_-]{23,27}+\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}+)"
                    + END_WORD)
            .backs(24, 26, 28)
            .genuine(SecretChecks::startsWithSnowflake));
    all.add(
        token(
            "teams-webhook",
            "Microsoft Teams webhook",
            ".webhook.office.com/webhookb2/",
            "\\.webhook\\.office\\.com/webhookb2/([a-f0-9-]{36}@[a-f0-9-]{36}/IncomingWebhook/[a-f0-9]{32}/[a-f0-9-]{36})"));
    all.add(
        token(
                "telegram-token",
                "Telegram bot token",
                ":AA",
                "[0-9]{8,10}:AA([A-Za-z0-9_-]{33})" + END_WORD)
            .backs(10, 9, 8));
    all.add(token("twilio-key", "Twilio API key", "SK", "SK([a-f0-9]{32})" + END));
    all.add(
        token(
            "sendgrid-key",
            "SendGrid key",
            "SG.",
            "SG\\.([A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})" + END_WORD));
    all.add(token("mailgun-key", "Mailgun key", "key-", "key-([a-f0-9]{32})" + END));
    all.add(
        token("mailchimp-key", "Mailchimp key", "-us", "([a-f0-9]{32}-us[0-9]{1,2}+)" + END)
            .backs(32));
    all.add(
        token(
            "brevo-key", "Brevo key", "xkeysib-", "xkeysib-([a-f0-9]{64}-[A-Za-z0-9]{16})" + END));
  }

  private static void models(List<TokenFormat> all) {
    all.add(
        token(
            "anthropic-key",
            "Anthropic key",
            "sk-ant-",
            "sk-ant-(?:[a-z]{3,10}[0-9]{2}-)?([A-Za-z0-9_-]{32,300}+)"));
    all.add(
        token(
                "openai-key",
                "OpenAI key",
                "T3BlbkFJ",
                "sk-(?!ant-)([A-Za-z0-9_-]{0,120}T3BlbkFJ[A-Za-z0-9_-]{20,120}+)")
            .beginsWith("sk-", 130));
    all.add(
        token(
            "openai-key",
            "OpenAI key",
            "sk-",
            "sk-(?:proj|svcacct|admin)-([A-Za-z0-9_-]{40,300}+)"));
    all.add(
        token(
            "openai-key", "API key in OpenAI's format", "sk-", "sk-([A-Za-z0-9]{48})" + END_WORD));
    all.add(token("huggingface-token", "Hugging Face token", "hf_", "hf_([A-Za-z]{34})" + END));
    all.add(token("replicate-token", "Replicate token", "r8_", "r8_([A-Za-z0-9]{37})" + END));
    all.add(token("groq-key", "Groq key", "gsk_", "gsk_([A-Za-z0-9]{52})" + END));
    all.add(token("perplexity-key", "Perplexity key", "pplx-", "pplx-([A-Za-z0-9]{48})" + END));
    all.add(token("xai-key", "xAI key", "xai-", "xai-([A-Za-z0-9]{80})" + END));
  }

  private static void services(List<TokenFormat> all) {
    all.add(
        token(
            "grafana-token",
            "Grafana token",
            "glsa_",
            "glsa_([A-Za-z0-9]{32}_[A-Fa-f0-9]{8})" + END));
    all.add(
        token(
            "grafana-token", "Grafana Cloud token", "glc_", "glc_([A-Za-z0-9+/]{32,400}+={0,2})"));
    all.add(token("linear-key", "Linear key", "lin_api_", "lin_api_([A-Za-z0-9]{40})" + END));
    all.add(token("notion-token", "Notion token", "ntn_", "ntn_([A-Za-z0-9]{40,60}+)" + END));
    all.add(token("postman-key", "Postman key", "PMAK-", "PMAK-([a-f0-9]{24}-[a-f0-9]{34})" + END));
    all.add(token("newrelic-key", "New Relic key", "NRAK-", "NRAK-([A-Z0-9]{27})" + END));
    all.add(
        token(
            "doppler-token",
            "Doppler token",
            "dp.",
            "dp\\.(?:pt|st|ct|sa|scim|audit)\\.([A-Za-z0-9._-]{40,80}+)"));
    all.add(token("figma-token", "Figma token", "figd_", "figd_([A-Za-z0-9_-]{40,60}+)"));
    all.add(
        token(
            "sentry-token",
            "Sentry token",
            "sntr",
            "sntr(?:ys_eyJ[A-Za-z0-9+/=_-]{60,500}+|yu_[a-f0-9]{64})"));
    all.add(
        token(
            "airtable-token",
            "Airtable token",
            "pat",
            "(pat[A-Za-z0-9]{14}\\.[a-f0-9]{64})" + END));
    all.add(
        token(
                "asana-token",
                "Asana token",
                "/12",
                "[12]/[0-9]{13,17}+(?:/[0-9]{13,17}+)?:([a-f0-9]{32})" + END)
            .backs(1));
    all.add(
        token(
            "dynatrace-token",
            "Dynatrace token",
            "dt0c01.",
            "dt0c01\\.([A-Z0-9]{24}\\.[A-Z0-9]{64})" + END));
    all.add(token("prefect-key", "Prefect key", "pnu_", "pnu_([A-Za-z0-9]{36})" + END));
    all.add(
        token(
            "1password-token",
            "1Password service token",
            "ops_eyJ",
            "ops_(eyJ[A-Za-z0-9+/_-]{200,2000}+={0,2})"));
    all.add(
        token(
            "age-key",
            "age secret key",
            "AGE-SECRET-KEY-1",
            "AGE-SECRET-KEY-1([QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})" + END));
    all.add(
        token(
                "jwt",
                "JSON web token",
                ".eyJ",
                "(eyJ[A-Za-z0-9_-]{10,400}+\\.eyJ[A-Za-z0-9_-]{10,4000}+\\.[A-Za-z0-9_-]{20,700}+)")
            .beginsWith("eyJ", 410)
            .proof(Proof.CONTEXT)
            .genuine(SecretChecks::isLiveJwt));
  }

  /** Secrets that stand where a call takes one, without a name. */
  private static void arguments(List<TokenFormat> all) {
    all.add(
        token(
                "password",
                "password in a call",
                "getConnection(",
                "getConnection\\(\\s{0,9}+[^,;]{1,200}+,\\s{0,20}+[^,;()]{1,100}+,\\s{0,20}+\"([^\"\\n]{8,200}+)\"")
            .proof(Proof.CONTEXT)
            .genuine(it -> Values.isPassword(SecretChecks.lastQuoted(it))));
    for (String call : List.of("jwt.sign(", "jwt.verify(", "jwt.encode(", "jwt.decode(")) {
      all.add(
          token(
                  "generic",
                  "key in a call",
                  call,
                  "jwt\\.\\w{4,6}+\\([^\"'`;]{1,200},\\s{0,20}+[\"'`]([^\"'`\\n]{8,200}+)[\"'`]")
              .proof(Proof.CONTEXT)
              .genuine(it -> Values.isPassword(SecretChecks.lastQuoted(it))));
    }
  }

  private static void registries(List<TokenFormat> all) {
    all.add(token("npm-token", "npm token", "npm_", "npm_([A-Za-z0-9]{36})" + END).checksummed());
    all.add(token("pypi-token", "PyPI token", "pypi-AgE", "pypi-(AgE[A-Za-z0-9_-]{50,1000}+)"));
    all.add(token("rubygems-key", "RubyGems key", "rubygems_", "rubygems_([a-f0-9]{48})" + END));
    all.add(
        token(
            "docker-token",
            "Docker Hub token",
            "dckr_",
            "dckr_(?:pat|oat)_([A-Za-z0-9_-]{27,60}+)"));
    all.add(token("nuget-key", "NuGet key", "oy2", "(oy2[a-z0-9]{43})" + END));
    all.add(
        token(
                "registry-login",
                "login of a container registry",
                "\"auth\"",
                "\"auth\"\\s{0,4}+:\\s{0,4}+\"([A-Za-z0-9+/]{12,500}+={0,2})\"")
            .proof(Proof.CONTEXT)
            .genuine(it -> SecretChecks.isUserAndPassword(SecretChecks.lastQuoted(it))));
    all.add(token("crates-token", "crates.io token", "cio", "cio([A-Za-z0-9]{32})" + END));
    all.add(token("clojars-token", "Clojars token", "CLOJARS_", "CLOJARS_([a-z0-9]{60})" + END));
    all.add(
        token(
            "artifactory-token",
            "Artifactory token",
            "cmVmdGtu",
            "(cmVmdGtu[A-Za-z0-9]{56})" + END));
    all.add(
        token("artifactory-token", "Artifactory API key", "AKCp", "(AKCp[A-Za-z0-9]{69})" + END));
  }
}
