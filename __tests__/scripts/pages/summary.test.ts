import fc from "fast-check";
import { summaryOf } from "../../../scripts/pages/page";
import { routesOf } from "../../../scripts/pages/routes";
import { sourceWords } from "../../../scripts/pages/sources";
import { beside } from "../../environment/settings/deliveries";
import { fleet } from "../../fleet/fleet";
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
    const lines = summary(full);
    const start = lines.indexOf("## What goes where") + 2;
    expect(lines.slice(start, lines.indexOf("## Destinations") - 1)).toEqual([
      "Metrics go to `local` and `remote`:",
      "",
      "- The node: processors, memory, disks, file systems and network; the network cards `^ens.*`",
      "- The containers of containerd: processor, memory and network",
      "- AIStore `ais` in namespace `ais`: its proxies and targets, over HTTP",
      "- Kubernetes objects: what kube-state-metrics knows, if it runs on the node",
      "- The agent itself: its queues, what it sends and fails to send, its configuration and its memory",
      "",
      "Logs go to `local` and `remote` (only the namespaces `ais`, `kube-system`, `monitoring` and `ais-operator-system`):",
      "",
      "- The logs of all containers on the node",
      "",
      "Of itself, an agent that is well sends 31 series every 30s, some 6.8 kB before compression. There is one more for each thing that goes wrong at a destination.",
    ]);
  });

  test("says which logs are left out", () => {
    const logs = { excludeNamespaces: ["lab", "trial"], since: Date.UTC(2026, 2, 31) / 1000 };
    const lines = summary({ ...logsOnly, sources: { ...logsOnly.sources, logs } });
    expect(lines).toContain(
      "- The logs of all containers on the node, but for the namespaces `lab` and `trial`, of what was written since 2026-03-31T00:00:00.000Z",
    );
  });

  test("names no source that there isn't", () => {
    const lines = summary(logsOnly);
    expect(
      lines.slice(lines.indexOf("## What goes where") + 2, lines.indexOf("## Destinations") - 1),
    ).toEqual(["Logs go to `local`:", "", "- The logs of all containers on the node"]);
  });

  test("has words for each source of the fleet", () => {
    for (const environment of fleet) {
      const config = pipelineOf(environment);
      const words = [...sourceWords(environment, config).keys()];
      const sources = routesOf(config).map(({ source }) => source);
      expect(words).toEqual(expect.arrayContaining(sources));
    }
  });
});

const keys = { clientId: "i", clientSecret: "s", tokenUrl: "u" };

describe("destinations", () => {
  const rows = (environment: typeof full) =>
    summary(environment).slice(summary(environment).indexOf("## Destinations"));

  test("have the URL of each signal, and how they authenticate", () => {
    expect(rows(full).slice(2)).toEqual([
      "- `local`",
      "  - metrics to `http://otlp.monitoring.svc:4318/v1/metrics`",
      "  - logs to `http://otlp.monitoring.svc:4318/v1/logs`",
      "  - authentication: none",
      "  - compressed by gzip",
      "- `remote`",
      "  - metrics to `https://otlp.example.com/v1/metrics`",
      "  - logs to `https://otlp.example.com/v1/logs`",
      "  - authentication: OAuth2 client credentials of the Secret `alloy-remote`, scope `s`, token URL of the Secret",
      "  - CA of the system",
      "  - compressed by gzip",
    ]);
    expect(rows(logsOnly).join("\n")).not.toContain("metrics");
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
    expect(rows({ ...full, destinations })).toContain("  - logs to `https://a.example.com/logs?…`");
  });

  test("have the same lines, whatever their settings hold", () => {
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
          expect(rows({ ...full, destinations }).slice(2)).toHaveLength(6);
        },
      ),
      { numRuns: 50 },
    );
  });
});
