import type { Facts } from "./facts";
import { checkUrl } from "./http";
import type { Rule } from "./rules";

/** The rules of Prometheus' and Pyroscope's components, of discovery and of remote files. */
export const prometheusRules: readonly Rule[] = [
  { of: ["prometheus.scrape"], check: checkScrape },
  { of: ["endpoint"], members: ["url", "write_relabel_config"], check: checkRemoteWrite },
  { of: ["endpoint"], members: ["url", "remote_timeout"], check: (facts) => checkUrl(facts) },
  { of: ["sigv4"], members: ["access_key", "secret_key"], check: checkSigv4 },
  {
    of: ["azuread"],
    members: ["managed_identity", "oauth"],
    check: (facts) => facts.exactlyOne("managed_identity", "workload_identity", "oauth", "sdk"),
  },
  { of: ["prometheus.exporter.blackbox"], check: (facts) => facts.exactlyOne("config", "config_file") },
  {
    of: ["prometheus.exporter.postgres"],
    check: (facts) => {
      if (!facts.isTrue("disable_default_metrics")) return;
      facts.atLeastOne("custom_queries_config_path");
      facts.atMostOne("disable_default_metrics", "enabled_collectors");
    },
  },
  { of: ["prometheus.exporter.redis"], check: (facts) => facts.atMostOne("script_path", "script_paths") },
  { of: ["discovery.dns"], check: checkDns },
  { of: ["discovery.azure"], check: (facts) => facts.exactlyOne("oauth", "managed_identity") },
  { of: ["discovery.digitalocean"], check: (facts) => facts.exactlyOne("bearer_token", "bearer_token_file") },
  { of: ["discovery.scaleway"], check: (facts) => facts.exactlyOne("secret_key", "secret_key_file") },
  {
    of: ["discovery.marathon"],
    check: (facts) => {
      facts.filled("servers");
      facts.atMostOne("auth_token", "auth_token_file");
    },
  },
  {
    of: ["client"],
    members: ["api_server", "kubeconfig_file"],
    check: (facts) => facts.atMostOne("api_server", "kubeconfig_file"),
  },
  {
    members: ["refresh_interval"],
    check: (facts) => {
      if (refreshed.has(facts.name)) facts.positive("refresh_interval");
    },
  },
  { of: ["remote.http"], check: checkPolling },
  {
    of: ["remote.s3"],
    check: (facts) => {
      const frequency = facts.duration("poll_frequency");
      if (frequency !== undefined && frequency <= 30e9) {
        facts.report("poll_frequency", "poll_frequency must be more than 30s");
      }
    },
  },
  {
    of: ["loki.rules.kubernetes", "mimir.rules.kubernetes"],
    check: (facts) => facts.positive("sync_interval"),
  },
];

/** The components that can't do without refreshing. */
const refreshed: ReadonlySet<string> = new Set(
  ["consul", "consulagent", "docker", "dockerswarm", "ionos", "kuma", "linode", "marathon", "triton"].map(
    (name) => `discovery.${name}`,
  ),
);

function checkScrape(facts: Facts): void {
  const [interval, timeout] = [
    facts.duration("scrape_interval", "60s"),
    facts.duration("scrape_timeout", "10s"),
  ];
  if (interval !== undefined && timeout !== undefined && timeout > interval) {
    const isSet = facts.has("scrape_timeout");
    facts.report(
      isSet ? "scrape_timeout" : "scrape_interval",
      isSet
        ? "scrape_timeout is more than scrape_interval (default 60s); write less"
        : "scrape_interval is less than scrape_timeout (default 10s); write that too",
    );
  }
}

function checkRemoteWrite(facts: Facts): void {
  const [own] = facts.those("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file");
  facts.atMostOne("sigv4", "azuread", "google_iam", ...(own === undefined ? [] : [own]));
}

function checkSigv4(facts: Facts): void {
  const [one, ...others] = facts.those("access_key", "secret_key");
  if (one !== undefined && others.length === 0) {
    facts.report(one, "access_key and secret_key go together; write both");
  }
}

function checkDns(facts: Facts): void {
  const type = facts.text("type", "SRV")?.toUpperCase();
  if (type !== undefined && type !== "SRV" && facts.literal("port", 0) === 0) {
    facts.report("type", `records of type ${type} need port; write it`);
  }
}

function checkPolling(facts: Facts): void {
  facts.positive("poll_frequency");
  facts.positive("poll_timeout");
  const [frequency, timeout] = [
    facts.duration("poll_frequency", "1m"),
    facts.duration("poll_timeout", "10s"),
  ];
  if (frequency !== undefined && timeout !== undefined && timeout >= frequency) {
    facts.report(
      facts.has("poll_timeout") ? "poll_timeout" : "poll_frequency",
      "poll_timeout must be less than poll_frequency (default 10s and 1m)",
    );
  }
}
