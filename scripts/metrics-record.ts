import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Labels, labelsInDocs, labelsInPage, recordText, withoutParts } from "./metrics-record/records";

/*
 * Records which metrics the agents' sources have, and which labels each has, in imports/metrics. node_exporter, cAdvisor and
 * AIStore are run, in the versions of metrics-record/go.mod; kube-state-metrics says it in its documentation. Needs Go.
 *
 *   npm run contract:record
 *   npm run contract:record -- --check         says what differs from the records, but for the kernel's, and writes nothing
 *   npm run contract:record -- --alloy FILE    records a page of an agent's /metrics instead
 */
const { values } = parseArgs({ options: { alloy: { type: "string" }, check: { type: "boolean" } } });
const folder = "imports/metrics";
const kubeStateMetrics = "k8s.io/kube-state-metrics/v2@v2.20.0";
/** Collectors whose metrics depend on the kernel. The files are of an old one, so this machine's is asked too. */
const ofKernel = [
  "filesystem",
  "meminfo",
  "netdev",
  "netstat",
  "processes",
  "sockstat",
  "softnet",
  "stat",
  "time",
  "timex",
  "uname",
  "vmstat",
];

const temporary = mkdtempSync(join(tmpdir(), "metrics-record-"));
try {
  mkdirSync(folder, { recursive: true });
  if (values.alloy === undefined) record();
  else {
    const page = readFileSync(values.alloy, "utf8");
    const version = /^alloy_build_info\{.*\bversion="([^"]*)"/m.exec(page)?.[1] ?? "";
    write("alloy", { version, by: "run", labels: new Map([["", labelsInPage(page)]]) });
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function record(): void {
  const program = join(temporary, "program");
  cpSync(join(__dirname, "metrics-record"), program, { recursive: true });
  const own = join(program, "_overlay");
  const aistore = copyOf("github.com/NVIDIA/aistore", program, {
    "stats/recorded.go": join(own, "aistore-stats.go"),
    "ais/backend/recorded.go": join(own, "aistore-backend.go"),
  });
  const cadvisor = copyOf("github.com/google/cadvisor", program, {
    "metrics/recorded.go": join(own, "cadvisor-metrics.go"),
  });
  const executable = join(temporary, "metrics-record");
  go(["build", "-o", executable, "."], program);
  const run = (source: string, ...args: readonly string[]) => {
    const found: Record<string, Record<string, readonly string[] | null>> = JSON.parse(
      execFileSync(executable, [source, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }),
    );
    return new Map(
      Object.entries(found).map(([part, metrics]) => [
        part,
        new Map(Object.entries(metrics).map(([name, labels]) => [name, labels ?? []])),
      ]),
    );
  };
  write("aistore", { version: aistore, by: "run", labels: run("aistore") });
  write("cadvisor", { version: cadvisor, by: "run", labels: run("cadvisor") });
  write("node_exporter", nodeExporter(program, executable, run));
  const { Dir: docs, Version: version } = JSON.parse(
    go(["mod", "download", "-json", kubeStateMetrics], tmpdir()),
  );
  const pages = readdirSync(join(docs, "docs/metrics"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => readFileSync(join(docs, "docs/metrics", name), "utf8"));
  write("kube-state-metrics", { version, by: "source", labels: new Map([["", labelsInDocs(pages)]]) });
}

/**
 * The collectors see the files of node_exporter's own test, in which a machine has everything; and this machine, for what
 * they ask of the kernel itself.
 */
function nodeExporter(
  program: string,
  executable: string,
  run: (source: string, ...args: readonly string[]) => Labels,
) {
  const { Dir: sources, version } = moduleOf("github.com/prometheus/node_exporter", program);
  const files = join(temporary, "node_exporter");
  cpSync(sources, files, { recursive: true });
  makeWritable(files);
  const fixtures = join(files, "collector/fixtures");
  for (const archive of ["sys.ttar", "udev.ttar"]) {
    execFileSync("bash", [join(files, "ttar"), "-C", fixtures, "-x", "-f", join(fixtures, archive)]);
  }
  const fields = "--collector.netstat.fields=.*";
  const labels = run(
    "node",
    fields,
    "--no-collector.netdev.netlink",
    "--no-collector.arp.netlink",
    "--collector.netclass.ignore-invalid-speed",
    `--path.rootfs=${fixtures}`,
    `--path.procfs=${fixtures}/proc`,
    `--path.sysfs=${fixtures}/sys`,
    `--path.udev.data=${fixtures}/udev/data`,
  );
  const here = run("node", fields);
  for (const part of ofKernel) {
    labels.set(part, new Map([...(labels.get(part) ?? []), ...(here.get(part) ?? [])]));
  }
  // Of these two, the modules of this program read nothing in the files: what node_exporter's own test expects is taken.
  const expected = labelsInPage(readFileSync(join(fixtures, "e2e-output.txt"), "utf8"));
  for (const part of ["infiniband", "nvme"]) {
    labels.set(part, new Map([...expected].filter(([name]) => name.startsWith(`node_${part}_`))));
  }
  const defaults: Record<string, boolean> = JSON.parse(
    execFileSync(executable, ["node-defaults"], { encoding: "utf8" }),
  );
  const on = Object.keys(defaults)
    .filter((name) => defaults[name])
    .toSorted();
  return { version, by: "run", on, labels } as const;
}

/** Has the program use a copy of a module, with files added. @returns its version */
function copyOf(module: string, program: string, added: Readonly<Record<string, string>>): string {
  const { Dir: sources, version } = moduleOf(module, program);
  const copy = join(temporary, module.replaceAll("/", "_"));
  cpSync(sources, copy, { recursive: true });
  makeWritable(copy);
  for (const [path, file] of Object.entries(added)) cpSync(file, join(copy, path));
  go(["mod", "edit", `-replace=${module}=${copy}`], program);
  return version;
}

/** Where a module of the program is, and its version: that of its replacement if it has one. */
function moduleOf(module: string, program: string): { readonly Dir: string; readonly version: string } {
  go(["mod", "download", module], program);
  const { Dir, Version, Replace } = JSON.parse(go(["list", "-m", "-json", module], program));
  return {
    Dir,
    version: Replace === undefined ? Version : `${Version} (${Replace.Path}@${Replace.Version})`,
  };
}

function makeWritable(path: string): void {
  const below = readdirSync(path, { recursive: true, encoding: "utf8" });
  for (const name of ["", ...below]) chmodSync(join(path, name), 0o755);
}

function write(source: string, record: Parameters<typeof recordText>[0]): void {
  const file = join(folder, `${source}.json`);
  const text = recordText(record);
  if (values.check !== true) writeFileSync(file, text);
  else if (withoutParts(text, ofKernel) !== withoutParts(readFileSync(file, "utf8"), ofKernel)) {
    console.error(`${file} is not what is recorded of ${record.version}: npm run contract:record`);
    process.exitCode = 1;
  }
}

function go(args: readonly string[], cwd: string): string {
  return execFileSync("go", args, { cwd, encoding: "utf8", env: { ...process.env, CGO_ENABLED: "0" } });
}
