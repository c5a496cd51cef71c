import fc from "fast-check";
import { loadEnvironments } from "../../lib/environment";
import { summaryOf } from "../../scripts/pages/page";
import { routesOf, sourceWords } from "../../scripts/pages/routes";
import { beside } from "../environment/delivery/deliveries";
import { full, logsOnly, pipelineOf } from "./pipelines";

const summary = (environment: typeof full) => summaryOf(environment, pipelineOf(environment)).split("\n");

describe("the summary", () => {
  test("names what configures Alloy itself", () => {
    const [introduction] = summary({ ...full, livedebugging: true });
    expect(introduction).toContain("Alloy itself is configured by `livedebugging`.");
  });

  test("says what runs where, and under which label", () => {
    expect(summary(full)[0]).toBe(
      "Each node of `x` runs an agent, in the namespace `monitoring`. The container runtime is containerd. The agent has the node's network. All that it sends has the attribute `cluster` with the value `east`.",
    );
  });

  test("says what goes where", () => {
    expect(summary(full)).toEqual(
      expect.arrayContaining([
        "| The node: processors, memory, disks, file systems and network; the network cards `^ens.*` | metrics | `local` and `remote` |",
        "| AIStore `ais` in namespace `ais`: its proxies and targets, over HTTP | metrics | `local` and `remote` |",
        "| The logs of all containers on the node | logs | `local` and `remote` (only the namespaces `ais`, `kube-system`, `monitoring` and `ais-operator-system`) |",
        "On their way, metrics pass `otelcol.receiver.prometheus.metrics`, `otelcol.processor.memory_limiter.intake` and `otelcol.processor.transform.cluster`.",
      ]),
    );
  });

  test("names no source that there isn't", () => {
    const lines = summary(logsOnly).filter((line) => / \| (metrics|logs) \| /.test(line));
    expect(lines).toEqual(["| The logs of all containers on the node | logs | `local` |"]);
  });

  test("has words for each source of the committed environments", () => {
    for (const environment of loadEnvironments("environments")) {
      const words = [...sourceWords(environment).keys()];
      const sources = routesOf(pipelineOf(environment)).map(({ source }) => source);
      expect(words).toEqual(expect.arrayContaining(sources));
    }
  });
});

const keys = { clientId: "i", clientSecret: "s", tokenUrl: "u" };

describe("destinations", () => {
  const rows = (environment: typeof full) =>
    summary(environment).slice(summary(environment).indexOf("## Destinations"));

  test("have the URL of each signal, and how they authenticate", () => {
    expect(rows(full)).toEqual(
      expect.arrayContaining([
        "| `local` | `http://otlp.monitoring.svc:4318/v1/metrics` | `http://otlp.monitoring.svc:4318/v1/logs` | none | compressed by gzip |",
        "| `remote` | `https://otlp.example.com/v1/metrics` | `https://otlp.example.com/v1/logs` | OAuth2 client credentials of the Secret `alloy-remote`<br/>scope `s`<br/>token URL of the Secret | CA of the system<br/>compressed by gzip |",
      ]),
    );
    expect(rows(logsOnly)).toContain(
      "| `local` | none | `http://loki.monitoring.svc/otlp/v1/logs` | none | compressed by gzip |",
    );
  });

  test("show no query, for it may hold a token", () => {
    const destinations = [
      {
        name: "d",
        logsEndpoint: "https://a.example.com/logs?token=abc",
        auth: { type: "none" as const },
        ...beside,
      },
    ];
    expect(rows({ ...full, destinations })).toContain(
      "| `d` | none | `https://a.example.com/logs?…` | none | CA of the system<br/>compressed by gzip |",
    );
  });

  test("are a row each, whatever their settings hold", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string(),
        fc.webUrl({ withQueryParameters: true }),
        (scope, secret, tokenUrl) => {
          const destinations = [
            {
              name: "d",
              endpoint: "https://a",
              auth: { type: "oauth2" as const, scope, secret, tokenUrl, keys },
              ...beside,
            },
          ];
          const [row = "", ...others] = rows({ ...full, destinations }).slice(4);
          expect(others).toEqual([]);
          expect(row.split(/(?<!\\)\|/)).toHaveLength(7);
        },
      ),
      { numRuns: 50 },
    );
  });
});
