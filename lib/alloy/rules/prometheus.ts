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
  check: checkKubernetesClient,
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
    "loki.source.docker",
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

export const remoteKubernetesRule: Rule = {
  of: ["remote.kubernetes.configmap", "remote.kubernetes.secret"],
  check: (facts) => {
    facts.positive("poll_frequency");
    facts.positive("poll_timeout");
  },
};

export const relabelCacheRule: Rule = { of: ["prometheus.relabel"], check: checkRelabelCache };

export const keepaliveRule: Rule = { of: ["wal"], members: ["truncate_frequency"], check: checkWal };

export const queueEndpointRule: Rule = {
  of: ["endpoint"],
  members: ["batch_count", "flush_interval"],
  check: (facts) => {
    facts.positive("batch_count");
    facts.lasts("flush_interval", "1s");
  },
};

export const parallelismRule: Rule = {
  of: ["parallelism"],
  members: ["drift_scale_up", "min_connections"],
  check: checkParallelism,
};

export const profileScrapeRule: Rule = { of: ["pyroscope.scrape"], check: checkProfileScrape };

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
  facts.together("access_key", "secret_key");
  if (facts.has("external_id") && !facts.has("role_arn")) {
    facts.report("external_id", "external_id needs role_arn; write that too");
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
  facts.less(["poll_timeout", "10s"], ["poll_frequency", "1m"]);
}

/** How it makes requests is for a server that is named: in the cluster, and by a kubeconfig, that is known. */
function checkKubernetesClient(facts: Facts): void {
  facts.atMostOne("api_server", "kubeconfig_file");
  if (facts.has("api_server")) return;
  const [own] = facts.those(
    "basic_auth",
    "authorization",
    "oauth2",
    "bearer_token",
    "bearer_token_file",
    "proxy_url",
  );
  const tls = facts.inside("tls_config");
  const [ofTls] = tls?.those("ca_pem", "ca_file", "cert_pem", "cert_file", "server_name") ?? [];
  const name =
    own ?? (ofTls !== undefined || tls?.isTrue("insecure_skip_verify") === true ? "tls_config" : undefined);
  if (name === undefined) return;
  const isByFile = facts.has("kubeconfig_file");
  facts.report(
    name,
    `${name} ${isByFile ? "can't stand beside kubeconfig_file; remove one" : "needs api_server; write that too"}`,
  );
}

function checkRelabelCache(facts: Facts): void {
  facts.atLeast("max_cache_size", 0);
  const [size, age] = [facts.number("max_cache_size", 100_000), facts.duration("cache_ttl", "0s")];
  if (size === undefined || age === undefined) return;
  if (age > 0 && age < 60e9) facts.report("cache_ttl", "cache_ttl must be 1m or more");
  else if (size > 0 && age > 0) {
    facts.report(
      "cache_ttl",
      `cache_ttl can't stand beside max_cache_size (${size}); write max_cache_size = 0 too`,
    );
  }
  const isUnlimited = size === 0 && age === 0;
  if (isUnlimited) facts.report("max_cache_size", "max_cache_size of 0 needs cache_ttl; write that too");
}

function checkWal(facts: Facts): void {
  if (facts.duration("truncate_frequency") === 0) {
    facts.report("truncate_frequency", "truncate_frequency must be more than 0");
  }
  facts.less(["min_keepalive_time", "5m"], ["max_keepalive_time", "8h"]);
}

function checkParallelism(facts: Facts): void {
  facts.less(["drift_scale_down", "30s"], ["drift_scale_up", "60s"]);
  facts.lasts("desired_check_interval", "1s");
  facts.between("allowed_network_error_fraction", 0, 1);
  facts.positive("min_connections");
  const [least, most] = [facts.number("min_connections", 2), facts.number("max_connections", 50)];
  if (least !== undefined && most !== undefined && most < least) {
    facts.report(
      facts.has("max_connections") ? "max_connections" : "min_connections",
      `max_connections (${most}) is less than min_connections (${least}); write as much`,
    );
  }
}

/** Of what a processor does Alloy takes the difference between two profiles, unless that is switched off. */
function checkProfileScrape(facts: Facts): void {
  facts.positive("scrape_timeout");
  if (facts.inside("profiling_config")?.has("profile.process_cpu") === true) return;
  const [interval, delta] = [
    facts.duration("scrape_interval", "15s"),
    facts.duration("delta_profiling_duration", "14s"),
  ];
  if (interval === undefined || delta === undefined || delta <= interval - 1e9) return;
  const isSet = facts.has("delta_profiling_duration");
  facts.report(
    isSet ? "delta_profiling_duration" : "scrape_interval",
    isSet
      ? "delta_profiling_duration must be a second less than scrape_interval (default 15s)"
      : "scrape_interval must be a second more than delta_profiling_duration (default 14s); write that too",
  );
}
