import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlloyAgent } from "../../../lib/alloy-agent";
import { loadEnvironments } from "../../../lib/environment";
import { formatKey } from "../../../lib/schema";
import { synthesize } from "../../../lib/synthesis";
import { migrate } from "../../../scripts/migrate/migrate";
import { writeFiles } from "../../../scripts/migrate/output";
import { readValues } from "../../../scripts/migrate/read-values";
import { fillIn } from "../../../scripts/migrate/template";
import { eachLeaf, printed } from "../../../scripts/migrate/value";

const running = join(__dirname, "running");
const names = ["bench", "north-1", "north-2", "south"];

/** The fleet of `running/`, migrated into a folder that holds nothing else. */
function migrateRunning() {
  const output = mkdtempSync(join(tmpdir(), "fleet-"));
  const options = {
    helmfile: join(running, "helmfile.yaml"),
    values: join(running, "clusters"),
    names: [],
    output,
    overwrite: false,
  };
  return { output, ...migrate(options) };
}

const { output, files, report, migrated } = migrateRunning();
afterAll(() => rmSync(output, { recursive: true }));
const shown = (line: string) => line.replaceAll(/\S*\/running\//g, "");
const lines = report.lines.map(shown);

test("each environment has a file, and what most have alike is in one", () => {
  expect(report.problems).toEqual([]);
  expect(migrated.map(({ environment }) => environment.name)).toEqual(names);
  expect([...files.keys()]).toEqual(["_fleet.yaml", ...names.map((name) => `${name}.yaml`)]);
  expect(files.get("_fleet.yaml")).toBe(`# yaml-language-server: $schema=base.schema.json

# What environments have alike: they extend this file.

container_runtime: crio
host_network: true

scrape:
  https: true

local:
  endpoint: http://collector.monitoring.svc:4318

remote:
  metricsEndpoint: https://metrics.example.com/api/v1/otlp/v1/metrics
  logsEndpoint: https://logs.example.com/otlp/v1/logs
  # rotated by hand
  secret: telemetry-north
  scope: api://telemetry/.default
`);
  expect(files.get("north-1.yaml")).toBe(`# yaml-language-server: $schema=schema.json

extends: _fleet.yaml

ethtool:
  device_include: ^ens\\d+

remote:
  label: north-1

resources:
  requests:
    memory: 400Mi
  limits:
    memory: 2Gi
`);
  expect(files.get("bench.yaml")).toBe(`# yaml-language-server: $schema=schema.json

# The bench is emptied every week.

container_runtime: docker

scrape:
  https: false

local:
  # Prometheus and Loki are on the same nodes.
  endpoint: http://prometheus-server.monitoring.svc:9090/api/v1/otlp/
  logsEndpoint: http://loki-gateway.monitoring.svc/otlp/v1/logs

remote:
  label: "7"
`);
});

test("all that is written synthesizes", () => {
  writeFiles(files, output, false);
  const environments = loadEnvironments(output);
  expect(environments.map(({ name }) => name)).toEqual(names);
  expect(synthesize(environments, (app, one) => new AlloyAgent(app, one)).size).toBe(names.length);
  expect(environments.map(({ cluster }) => cluster)).toEqual(["7", "north-1", "north-2", "south"]);
});

describe("no line is lost", () => {
  /** The lines of a file that something is said of. */
  function told(file: string): ReadonlySet<number> {
    const ranges = lines.flatMap((line) => {
      const [, from = "", to = from] =
        new RegExp(`^${file.replaceAll(".", "\\.")}:(\\d+):\\d+: .*?(?:up to line (\\d+)|$)`).exec(line) ??
        [];
      return from === "" ? [] : [[Number(from), Number(to || from)]];
    });
    return new Set(
      ranges.flatMap(([from = 0, to = 0]) =>
        Array.from({ length: to - from + 1 }, (_, index) => from + index),
      ),
    );
  }

  /** Lines of values with neither a word in the report nor their text in what is written. */
  function lost(file: string, text: string): readonly string[] {
    const fail = () => {
      throw new Error(`${file} can't be read`);
    };
    const written = [...files.values()].join("\n");
    const said = told(file);
    const missing: string[] = [];
    for (const document of readValues(file, text, fail, fail).documents) {
      eachLeaf(document, ({ place, content }, key) => {
        const name = String(key.findLast((part) => typeof part === "string"));
        const isWritten =
          written.includes(printed(content).replaceAll("\\\\", "\\")) && written.includes(name);
        if (!said.has(place.line) && !isWritten) missing.push(`${place.line}: ${formatKey(key)}`);
      });
    }
    return missing;
  }

  test.each(readdirSync(join(running, "clusters")).map((name) => `clusters/${name}`))("of %s", (file) => {
    expect(lost(file, readFileSync(join(running, file), "utf8"))).toEqual([]);
  });

  test.each(["docker", "crio", "containerd"])("of the shared template with %s", (runtime) => {
    const template = readFileSync(join(running, "shared", "agent.yaml.gotmpl"), "utf8");
    const { text } = fillIn(template, {
      Environment: { Values: { container_runtime: runtime, host_network: true } },
    });
    expect(lost("shared/agent.yaml.gotmpl", text)).toEqual([]);
  });

  test("of the helmfile", () => {
    const text = readFileSync(join(running, "helmfile.yaml"), "utf8");
    const read = /(name|namespace|chart|valuesPath|values\[\d\])$/;
    expect(lost("helmfile.yaml", text).filter((line) => !read.test(line))).toEqual([]);
  });
});

test.each([
  "clusters/north-1.yaml:17:11: alloy.securityContext.capabilities.add: NET_ADMIN is left out: the agent has it where ethtool.device_include and host_network ask for it",
  "clusters/south.yaml:12:3: remote.region: is left out: nothing reads it today",
  "helmfile.yaml:17:5: environments.south.kubeContext: is left out: helmfile alone takes it, and applies the agent no more (south)",
  "helmfile.yaml:44:5: releases.disk-exporter: is left out: it is not the agent's, and stays helmfile's",
  "shared/agent.yaml.gotmpl:15:9: alloy.mounts.extra[0]: is left out, up to line 16: as volume procfs is (bench, north-1, north-2)",
  "shared/agent.yaml.gotmpl:44:5: controller.volumes.extra: is left out, up to line 63: clusters/south.yaml:31 says otherwise (south)",
  'shared/bench.yaml:11:3: remote.label: is written in quotes, "7": it is a text',
])("it says: %s", (line) => {
  expect(lines).toContain(line);
});

test("what it writes is the same each time", () => {
  const again = migrateRunning();
  rmSync(again.output, { recursive: true });
  expect([...again.files]).toEqual([...files]);
  expect(again.report.lines.map(shown)).toEqual(lines);
});
