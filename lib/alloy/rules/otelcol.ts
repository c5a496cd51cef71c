import type { Facts, Rule } from "../schema/facts";
import { checkUrl } from "./http";

// The rules of OpenTelemetry's components. `queue` and `retry` of otelcol.exporter.loadbalancing have the types of
// `sending_queue` and `retry_on_failure`, and with them what these ask (read, in Alloy v1.18.1).

export const batchProcessorRule: Rule = { of: ["otelcol.processor.batch"], check: checkBatchProcessor };

export const sendingQueueRule: Rule = {
  of: ["sending_queue", "queue"],
  members: ["queue_size", "enabled"],
  check: checkQueue,
};

export const queueBatchRule: Rule = {
  of: ["batch"],
  members: ["flush_timeout", "min_size", "max_size", "sizer"],
  check: checkQueueBatch,
};

export const retryRule: Rule = {
  of: ["retry_on_failure", "retry"],
  members: ["multiplier"],
  check: (facts) => checkRetry(facts),
};

export const memoryLimiterRule: Rule = {
  of: ["otelcol.processor.memory_limiter"],
  check: checkMemoryLimiter,
};

export const otlpHttpRule: Rule = { of: ["otelcol.exporter.otlphttp"], check: checkOtlpHttp };

export const jaegerRule: Rule = {
  of: ["otelcol.receiver.jaeger"],
  check: (facts) => facts.atLeastOne("protocols"),
};

export const jaegerProtocolsRule: Rule = {
  of: ["protocols"],
  members: ["grpc", "thrift_http", "thrift_binary", "thrift_compact"],
  check: (facts) => facts.atLeastOne("grpc", "thrift_http", "thrift_binary", "thrift_compact"),
};

export const syslogRule: Rule = {
  of: ["otelcol.receiver.syslog"],
  check: (facts) => facts.atLeastOne("tcp", "udp"),
};

export const attributeActionsRule: Rule = {
  of: ["otelcol.processor.attributes", "action"],
  members: ["action", "key", "pattern"],
  check: checkAction,
};

export const histogramRule: Rule = {
  of: ["histogram"],
  members: ["explicit", "exponential"],
  check: (facts) => facts.exactlyOne("explicit", "exponential"),
};

export const basicAuthHandlerRule: Rule = { of: ["otelcol.auth.basic"], check: checkBasicAuth };

export const headerRule: Rule = {
  of: ["header"],
  members: ["key", "value", "from_context", "action"],
  check: checkHeader,
};

export const oauth2HandlerRule: Rule = {
  of: ["otelcol.auth.oauth2"],
  check: (facts) => facts.filled("token_url"),
};

export const tailSamplingRule: Rule = {
  of: ["otelcol.processor.tail_sampling"],
  check: (facts) => {
    facts.positive("decision_wait");
    facts.positive("num_traces");
  },
};

export const resourceDetectionRule: Rule = {
  of: ["otelcol.processor.resourcedetection"],
  check: (facts) => facts.filled("detectors"),
};

export const intervalProcessorRule: Rule = {
  of: ["otelcol.processor.interval"],
  check: (facts) => facts.positive("interval"),
};

export const probabilisticSamplerRule: Rule = {
  of: ["otelcol.processor.probabilistic_sampler"],
  check: (facts) => {
    facts.atLeast("sampling_percentage", 0);
    facts.between("sampling_precision", 1, 14);
  },
};

export const deltaToCumulativeRule: Rule = {
  of: ["otelcol.processor.deltatocumulative"],
  check: (facts) => {
    facts.positive("max_stale");
    facts.atLeast("max_streams", 0);
  },
};

export const deltaMetricsRule: Rule = {
  of: ["include", "exclude"],
  members: ["metric_types", "metrics", "match_type"],
  check: (facts) => facts.together("metrics", "match_type"),
};

export const startTimeRule: Rule = {
  of: ["otelcol.processor.metric_start_time"],
  check: (facts) => facts.positive("gc_interval"),
};

export const prometheusExporterRule: Rule = {
  of: ["otelcol.exporter.prometheus"],
  check: (facts) => facts.positive("gc_frequency"),
};

export const hostInfoRule: Rule = {
  of: ["otelcol.connector.host_info"],
  check: (facts) => {
    facts.filled("host_identifiers");
    facts.positive("metrics_flush_interval");
  },
};

export const errorBackoffRule: Rule = {
  of: ["error_backoff"],
  check: (facts) => {
    if (facts.literal("enabled", false) === true) checkRetry(facts, 0);
  },
};

export const remoteSamplingRule: Rule = {
  of: ["otelcol.extension.jaeger_remote_sampling"],
  check: (facts) => facts.atLeastOne("grpc", "http"),
};

export const samplingSourceRule: Rule = {
  of: ["source"],
  members: ["content", "file", "remote"],
  check: (facts) => facts.exactlyOne("content", "file", "remote"),
};

export const spanMetricsRule: Rule = {
  of: ["otelcol.connector.spanmetrics"],
  check: (facts) => facts.positive("metrics_flush_interval"),
};

export const fileLogRule: Rule = { of: ["otelcol.receiver.filelog"], check: checkFileLog };

export const fileLogMultilineRule: Rule = {
  of: ["multiline"],
  members: ["line_start_pattern", "line_end_pattern"],
  check: (facts) => facts.exactlyOne("line_start_pattern", "line_end_pattern"),
};

function checkBatchProcessor(facts: Facts): void {
  const [size, most] = [facts.number("send_batch_size", 2000), facts.number("send_batch_max_size", 3000)];
  if (size === undefined || most === undefined || most <= 0 || most >= size) return;
  const name = facts.has("send_batch_max_size") ? "send_batch_max_size" : "send_batch_size";
  facts.report(
    name,
    `send_batch_max_size (${most}) is less than send_batch_size (${size}); write as much, or 0`,
  );
}

function checkQueue(facts: Facts): void {
  if (facts.literal("enabled", true) !== true) return;
  facts.positive("queue_size");
  const sizer = facts.text("sizer", "requests");
  const queue = facts.number("queue_size", 1000);
  const batch = facts.inside("batch");
  const least = batch?.number("min_size", 2000);
  if (batch === undefined || sizer !== batch.text("sizer", "items")) return;
  if (queue !== undefined && least !== undefined && least > queue) {
    facts.report(
      "batch",
      `min_size (${least}) is more than queue_size (${queue}): the queue could never fill a batch`,
    );
  }
}

function checkQueueBatch(facts: Facts): void {
  facts.positive("flush_timeout");
  facts.atLeast("min_size", 0);
  facts.atLeast("max_size", 0);
  const sizer = facts.text("sizer", "items");
  if (sizer !== undefined && sizer !== "items" && sizer !== "bytes") {
    facts.report("sizer", `sizer of a batch is "items" or "bytes", not "${sizer}"`);
  }
  const [least, most] = [facts.number("min_size", 2000), facts.number("max_size", 3000)];
  if (least !== undefined && most !== undefined && most > 0 && most < least) {
    facts.report(
      facts.has("max_size") ? "max_size" : "min_size",
      `max_size (${most}) is less than min_size (${least}); write as much, or 0`,
    );
  }
}

function checkRetry(facts: Facts, fallback?: number): void {
  const multiplier = facts.number("multiplier", fallback);
  if (multiplier !== undefined && multiplier <= 1) {
    facts.report("multiplier", "multiplier must be more than 1");
  }
  facts.atLeast("randomization_factor", 0);
}

function checkMemoryLimiter(facts: Facts): void {
  facts.positive("check_interval");
  facts.exactlyOne("limit", "limit_percentage");
  const [limit, spike] = [facts.size("limit"), facts.size("spike_limit")];
  if (limit !== undefined && spike !== undefined && spike >= limit) {
    facts.report("spike_limit", "spike_limit must be less than limit");
  }
  if (!facts.has("limit_percentage")) return;
  facts.between("limit_percentage", 1, 100);
  if (facts.literal("spike_limit_percentage", 0) === 0) {
    facts.report("limit_percentage", "limit_percentage needs spike_limit_percentage, from 1 to 100");
  } else facts.between("spike_limit_percentage", 1, 100);
}

function checkOtlpHttp(facts: Facts): void {
  const client = facts.inside("client");
  const ofSignals = ["metrics_endpoint", "logs_endpoint", "traces_endpoint"];
  if (client?.has("endpoint") === true) checkUrl(client, "endpoint");
  if (client?.text("endpoint") === "") {
    // It exports all signals, whether any of them comes or not.
    const missing = ofSignals.filter((name) => !facts.has(name)).join(" and ");
    if (missing !== "") client.report("endpoint", `endpoint is empty; write it, or ${missing}`);
  }
  for (const name of ofSignals) checkUrl(facts, name);
}

function checkAction(facts: Facts): void {
  const action = facts.text("action")?.toLowerCase();
  if (action === undefined) return;
  if (action === "delete" || action === "hash") facts.atLeastOne("key", "pattern");
  else facts.atLeastOne("key");
}

function checkBasicAuth(facts: Facts): void {
  facts.atLeastOne("username", "password", "htpasswd", "client_auth");
  if (facts.has("username") && !facts.has("password")) {
    facts.report("username", "username needs password; write it");
  }
}

function checkHeader(facts: Facts): void {
  facts.filled("key");
  facts.atMostOne("value", "from_context", "from_attribute");
}

function checkFileLog(facts: Facts): void {
  if (facts.text("start_at") === "end" && facts.isTrue("delete_after_read")) {
    facts.report("delete_after_read", 'delete_after_read can\'t stand beside start_at = "end"; remove one');
  }
}
