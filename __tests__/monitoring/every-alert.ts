import type { Settings } from "../pipeline/pipeline-of";

/** An environment that has every alert. */
export const everyAlert: Settings = {
  remote: { label: "east" },
  local: { endpoint: "http://otlp.monitoring.svc:4318", queue: { storage: "memory", size: "32Mi" } },
  destinations: {
    archive: {
      logsEndpoint: "https://archive.example.com/v1/logs",
      auth: { type: "bearer", secret: "archive" },
      queue: { storage: "disk", size: "512Mi", when_full: "wait" },
      retry: { max_elapsed_time: "1h" },
    },
    vendor: { metricsEndpoint: "https://vendor.example.com/v1/metrics", queue: { storage: "none" } },
  },
};
