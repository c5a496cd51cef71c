import type { Facts, Rule } from "../schema/facts";
import { checkUrl } from "./http";

// The rules of Prometheus' and Pyroscope's components, of discovery and of remote files.

export const scrapeRule: Rule = { of: ["prometheus.scrape"], check: checkScrape };

export const remoteWriteRule: Rule = {
  of: ["endpoint"],
  members: ["url", "write_relabel_config"],
  check: checkRemoteWrite,
};

export const endpointUrlRule: Rule = {
  of: ["endpoint"],
  members: ["url", "remote_timeout"],
  check: (facts) => checkUrl(facts),
};

export const sigv4Rule: Rule = { of: ["sigv4"], members: ["access_key", "secret_key"], check: checkSigv4 };

export const azureAdRule: Rule = {
  of: ["azuread"],
  members: ["managed_identity", "oauth"],
  check: (facts) => facts.exactlyOne("managed_identity", "workload_identity", "oauth", "sdk"),
};

export const blackboxRule: Rule = {
  of: ["prometheus.exporter.blackbox"],
  check: (facts) => facts.exactlyOne("config", "config_file"),
};

export const postgresRule: Rule = {
  of: ["prometheus.exporter.postgres"],
  check: (facts) => {
    if (!facts.isTrue("disable_default_metrics")) return;
    facts.atLeastOne("custom_queries_config_path");
    facts.atMostOne("disable_default_metrics", "enabled_collectors");
  },
};

export const redisRule: Rule = {
  of: ["prometheus.exporter.redis"],
  check: (facts) => facts.atMostOne("script_path", "script_paths"),
};

export const dnsRule: Rule = { of: ["discovery.dns"], check: checkDns };

export const azureRule: Rule = {
  of: ["discovery.azure"],
  check: (facts) => facts.exactlyOne("oauth", "managed_identity"),
};

export const digitalOceanRule: Rule = {
  of: ["discovery.digitalocean"],
  check: (facts) => facts.exactlyOne("bearer_token", "bearer_token_file"),
};

export const scalewayRule: Rule = {
  of: ["discovery.scaleway"],
  check: (facts) => facts.exactlyOne("secret_key", "secret_key_file"),
};

export const marathonRule: Rule = {
  of: ["discovery.marathon"],
  check: (facts) => {
    facts.filled("servers");
    facts.atMostOne("auth_token", "auth_token_file");
  },
};

export const kubernetesClientRule: Rule = {
  of: ["client"],
  members: ["api_server", "kubeconfig_file"],
  check: (facts) => facts.atMostOne("api_server", "kubeconfig_file"),
};

export const refreshRule: Rule = {
  // They can't do without refreshing.
  of: [
    "discovery.consul",
    "discovery.consulagent",
    "discovery.docker",
    "discovery.dockerswarm",
    "discovery.ionos",
    "discovery.kuma",
    "discovery.linode",
    "discovery.marathon",
    "discovery.triton",
  ],
  check: (facts) => facts.positive("refresh_interval"),
};

export const remoteHttpRule: Rule = { of: ["remote.http"], check: checkPolling };

export const remoteS3Rule: Rule = {
  of: ["remote.s3"],
  check: (facts) => {
    const frequency = facts.duration("poll_frequency");
    if (frequency !== undefined && frequency <= 30e9) {
      facts.report("poll_frequency", "poll_frequency must be more than 30s");
    }
  },
};

export const rulesSyncRule: Rule = {
  of: ["loki.rules.kubernetes", "mimir.rules.kubernetes"],
  check: (facts) => facts.positive("sync_interval"),
};

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
