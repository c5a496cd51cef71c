import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlloyAgent } from "../../lib/alloy-agent";
import { readEnvironments } from "../../lib/environment";
import { synthesize } from "../../lib/synthesis";

const examples = join(__dirname, "../../examples");
const files = readdirSync(examples).filter((file) => file.endsWith(".alloy"));

const folder = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** All that the only environment of a folder synthesizes, in one text. */
function synthesized(environments: string): string {
  const read = readEnvironments(environments);
  expect(read.diagnostics).toEqual([]);
  const notices: string[] = [];
  const manifests = synthesize(
    read.environments,
    (app, environment) => {
      notices.push(...new AlloyAgent(app, environment).notices.map(({ message }) => message));
    },
    read,
  );
  expect(notices).toEqual([]);
  expect(manifests.size).toBe(1);
  return [...manifests.values()].flatMap((texts) => [...texts.values()]).join("\n");
}

/** What the agent gets for each. */
const granted: Readonly<Record<string, readonly string[]>> = {
  "annotated-pods.alloy": ["mimir.example.com", "prometheus.scrape.annotated"],
  "application-traces.alloy": ["tcp-4317", "replicasets", "tempo.example.com"],
  "gpu-exporter.alloy": ["app: nvidia-dcgm-exporter"],
  "kubernetes-events.alloy": ["- events\n", "loki.example.com"],
  "namespace-logs.alloy": ["pods/log", "loki.example.com"],
  "node-journal.alloy": ["path: /var/log/journal", "loki.example.com"],
};

test.each(files)("%s is part of an environment, which grants what it requires", (file) => {
  const settings = [
    "container_runtime: containerd",
    "local: {endpoint: http://otlp.monitoring.svc:4318}",
    `alloy_files: [${file}]`,
  ];
  const environments = mkdtempSync(join(folder, "one-"));
  copyFileSync(join(examples, file), join(environments, file));
  writeFileSync(join(environments, "one.yaml"), `${settings.join("\n")}\n`);
  const text = synthesized(environments);
  for (const words of granted[file] ?? ["nothing is granted"]) expect(text).toContain(words);
});

test("all of them are part of the environment beside them", () => {
  const text = synthesized(examples);
  for (const file of files) expect(text).toContain(file);
});
