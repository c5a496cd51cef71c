import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "../../scripts/go-program";
import { declareMissing } from "./describe";
import { describeWithTrace } from "./trace";

const page = `# TYPE a_total counter
a_total{kind="x"} 3
a_total{kind="drop"} 4
# TYPE b gauge
b{pod="p-1",tmp="1"} 1.5
`;

/** Takes what a scrape of `page` and what is sent to a receiver come to, through each kind of component. */
const configOf = (destination: number, receiver: number) => `
prometheus.scrape "s" {
  targets         = [{"__address__" = "127.0.0.1:${destination}", "node" = "n1"}]
  forward_to      = [prometheus.relabel.r.receiver]
  job_name        = "j"
  honor_metadata  = true
  scrape_interval = "1s"
  scrape_timeout  = "1s"
}
prometheus.relabel "r" {
  forward_to = [otelcol.receiver.prometheus.m.receiver]
  rule {
    source_labels = ["__name__", "kind"]
    regex         = "scrape_.*|up;|.*;drop"
    action        = "drop"
  }
  rule {
    regex  = "tmp"
    action = "labeldrop"
  }
  rule {
    target_label = "env"
    replacement  = sys.env("MINE")
  }
}
otelcol.receiver.prometheus "m" {
  output { metrics = [otelcol.processor.transform.t.input] }
}
otelcol.receiver.otlp "in" {
  http { endpoint = "127.0.0.1:${receiver}" }
  output { logs = [otelcol.processor.batch.b.input] }
}
otelcol.processor.batch "b" {
  timeout = "100ms"
  output { logs = [otelcol.processor.groupbyattrs.g.input] }
}
otelcol.processor.groupbyattrs "g" {
  keys = ["namespace", "pod"]
  output { logs = [otelcol.processor.resourcedetection.e.input] }
}
otelcol.processor.resourcedetection "e" {
  detectors = ["env"]
  override  = false
  output { logs = [otelcol.processor.attributes.a.input] }
}
otelcol.processor.attributes "a" {
  action {
    key    = "added"
    value  = "v"
    action = "insert"
  }
  output { logs = [otelcol.processor.filter.f.input] }
}
otelcol.processor.filter "f" {
  logs { log_record = [\`IsMatch(log.body, "noise")\`] }
  output { logs = [otelcol.processor.transform.t.input] }
}
otelcol.processor.transform "t" {
  metric_statements {
    context    = "resource"
    statements = [\`set(resource.attributes["cluster"], "c")\`]
  }
  log_statements {
    context    = "log"
    statements = [\`set(log.severity_number, 9) where IsMatch(log.body, "^I")\`]
  }
  output {
    metrics = [otelcol.exporter.otlphttp.out.input]
    logs    = [otelcol.exporter.otlphttp.out.input]
  }
}
otelcol.exporter.otlphttp "out" {
  encoding = "json"
  client {
    endpoint    = "http://127.0.0.1:${destination}"
    compression = "none"
  }
}`;

const environment = { MINE: "e1", OTEL_RESOURCE_ATTRIBUTES: "pod=never,team=a" };

const record = (body: string, attributes: Readonly<Record<string, string>>) => ({
  body: { stringValue: body },
  attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
});

const logs = {
  resourceLogs: [
    {
      scopeLogs: [
        {
          logRecords: [
            record("I one", { namespace: "a", pod: "p1" }),
            record("noise", { namespace: "a", pod: "p1" }),
            record("E two", { namespace: "a", pod: "p2", x: "2" }),
            record("I three", { namespace: "a", pod: "p1" }),
          ],
        },
      ],
    },
  ],
};

/** Without times, and lists of objects in one order: Alloy's is random in part. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(comparable).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.endsWith("TimeUnixNano") && key !== "timeUnixNano")
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, comparable(inner)]),
  );
}

/** Serves the page, and keeps what is sent, by signal. */
class Destination {
  readonly got: Record<string, unknown[]> = { logs: [], metrics: [] };
  readonly server: Server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const signal = request.url?.split("/").at(-1) ?? "";
      this.got[signal]?.push(JSON.parse(await text(request)));
      response.setHeader("content-type", "application/json").end("{}");
    } else response.setHeader("content-type", "text/plain; version=0.0.4").end(page);
  });
}

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  socket.close();
  return port;
}

/** What Alloy sends on, once types of metrics are known to it: the first scrape finds none. */
async function runAlloy(executable: string, config: string, receiver: number, { got }: Destination) {
  const folder = mkdtempSync(join(tmpdir(), "trace-alloy-"));
  const file = join(folder, "config.alloy");
  writeFileSync(file, config);
  const flags = [
    "--stability.level=experimental",
    "--disable-reporting",
    `--storage.path=${folder}`,
    `--server.http.listen-addr=127.0.0.1:${await freePort()}`,
  ];
  const agent = spawn(executable, ["run", ...flags, file], { env: environment, stdio: "ignore" });
  try {
    const url = `http://127.0.0.1:${receiver}/v1/logs`;
    const headers = { "content-type": "application/json" };
    const end = Date.now() + 90_000;
    let sent = false;
    while (Date.now() < end && ((got.logs?.length ?? 0) < 1 || (got.metrics?.length ?? 0) < 3)) {
      if (!sent) {
        sent = await fetch(url, { method: "POST", headers, body: JSON.stringify(logs) }).then(
          ({ ok }) => ok,
          () => false,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    agent.kill("SIGKILL");
    await once(agent, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

const alloy = build({ folder: "alloy", script: true, slow: true });

function compare(executable: string): void {
  describeWithTrace("a trace", (trace) => {
    test("has logs and metrics arrive as the real Alloy sends them", async () => {
      const destination = new Destination();
      destination.server.listen(0, "127.0.0.1");
      await once(destination.server, "listening");
      const { port } = destination.server.address() as AddressInfo;
      const receiver = await freePort();
      const config = configOf(port, receiver);
      await runAlloy(executable, config, receiver, destination);
      destination.server.close();

      const target = { instance: `127.0.0.1:${port}`, job: "j", node: "n1" };
      const samples = [
        { labels: { __name__: "a_total", kind: "x", ...target }, value: 3, type: "counter" },
        { labels: { __name__: "a_total", kind: "drop", ...target }, value: 4, type: "counter" },
        { labels: { __name__: "b", pod: "p-1", tmp: "1", ...target }, value: 1.5, type: "gauge" },
      ];
      const { arrived, errors } = await trace({
        config,
        environment,
        inputs: [
          { to: "otelcol.receiver.otlp.in", otlp: { logs } },
          { to: "prometheus.scrape.s", samples },
        ],
      });

      expect(errors).toEqual([]);
      expect(comparable(arrived[0]?.otlp?.logs)).toEqual(comparable(destination.got.logs?.at(-1)));
      expect(comparable(arrived[1]?.otlp?.metrics)).toEqual(comparable(destination.got.metrics?.at(-1)));
    }, 180_000);
  });
}

if ("missing" in alloy) declareMissing("a trace beside Alloy itself", alloy.missing, () => compare(""));
else compare(alloy.executable);
