import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../lib/environment";
import { fleetFolder, manifestsOf } from "../fleet/fleet";

const page = readFileSync("docs/alloy-files.md", "utf8");

/** The examples of the page in a language, in its order. */
function examples(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, text = ""]) => text);
}

const folder = mkdtempSync(join(tmpdir(), "alloy-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What synthesizes of an environment and its file, object by object. */
function synthesized(yaml: string, alloy: string): string {
  writeFileSync(join(folder, "a.yaml"), yaml);
  writeFileSync(join(folder, "gpu.alloy"), alloy);
  return [...(manifestsOf(loadEnvironments(folder)).get("a")?.values() ?? [])].join("\n---\n");
}

const [environment = "", requires = ""] = examples("yaml");
const [gpu = "", journal = "", secret = ""] = examples("alloy");

test("the page's first example synthesizes to what it says", () => {
  const text = synthesized(environment, gpu);
  expect(text).toContain("to pods app=nvidia-dcgm-exporter of namespace gpu-operator: prometheus.scrape.gpu");
  const lines = gpu.split("\n").map((line) => (line === "" ? "" : `    ${line}`));
  expect(text).toContain(`    // gpu.alloy\n\n${lines.join("\n")}`);
});

test("the page's other examples synthesize", () => {
  const source = `
loki.source.journal "j" {
	forward_to = [otelcol.receiver.loki.journal.receiver]
}

prometheus.scrape "s" {
	targets    = [{__address__ = "127.0.0.1:9400"}]
	forward_to = [prometheus.remote_write.central.receiver]
}
`;
  const text = synthesized(environment, `${journal}\n${secret}\n${source}`);
  expect(text).toContain("mount /var/log/journal: loki.source.journal.j");
  expect(text).toContain("Secret alloy-central: local.file.token");
  expect(text).toContain("to TCP 443: prometheus.remote_write.central");
});

test("the page's settings answer what synth asks for", () => {
  const asking = `
prometheus.scrape "nodes" {
	targets    = [{__address__ = sys.env("NODE")}]
	forward_to = [prometheus.remote_write.central.receiver]
}

prometheus.remote_write "central" {
	endpoint {
		url = sys.env("CENTRAL")
	}
}

local.file_match "audit" {
	path_targets = [{__path__ = sys.env("AUDIT")}]
}

loki.source.file "audit" {
	targets    = local.file_match.audit.targets
	forward_to = [loki.process.own.receiver]
}
`;
  expect(() => synthesized(environment, asking)).toThrow(
    /:3:16: targets doesn't say before Alloy runs where/,
  );
  const text = synthesized(`${environment}${requires}`, asking);
  expect(text).toContain("to TCP 10250: prometheus.scrape.nodes");
  expect(text).toContain("mount /var/log/audit: local.file_match.audit");
});

test("the ends of the page are those that every environment of the fleet has for its signals", () => {
  const named = [...page.matchAll(/^\| `([a-z_.]+(?:NAME_[a-z.]+)?)` +\|/gm)].map(([, name = ""]) => name);
  expect(named).toHaveLength(5);
  cpSync(fleetFolder, join(folder, "fleet"), { recursive: true });
  for (const [name, files] of manifestsOf(loadEnvironments(join(folder, "fleet")))) {
    const config = [...files.values()].join("\n");
    for (const end of named.filter((one) => !one.includes("NAME"))) {
      const [, component, label] = /^(.*)\.(\w+)\.\w+$/.exec(end) ?? [];
      expect([name, config.includes(`${component} "${label}" {`)]).toEqual([name, true]);
    }
  }
});
