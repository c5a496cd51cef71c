import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify } from "yaml";
import { AlloyAgent } from "../../lib/alloy-agent";
import { DiagnosticsError, readEnvironments } from "../../lib/environment";
import { synthesize } from "../../lib/synthesis";
import { refused } from "../chart/values/cases";
import { least as leastLines } from "../environment/reading";
import { settingMistakes } from "../environment/setting-mistakes";
import { destinationMistakes } from "../environment/settings/destination-mistakes";
import { secretMistakes } from "../environment/settings/secret-mistakes";

/** Files whose chart is not at hand find no helm either. */
process.env.HELM = "/nonexistent/helm";

const folder = mkdtempSync(join(tmpdir(), "one-run-"));
afterAll(() => rmSync(folder, { recursive: true }));
let folders = 0;

interface Told {
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly message: string;
}

/** What one run tells of a file, beside another. */
function told(text: string): readonly Told[] {
  folders += 1;
  const environments = join(folder, String(folders));
  mkdirSync(environments);
  if (text.includes("taken")) writeFileSync(join(environments, "a.yaml"), other);
  writeFileSync(join(environments, "x.yaml"), text);
  const read = readEnvironments(environments);
  try {
    synthesize(read.environments, (app, environment) => new AlloyAgent(app, environment), read);
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    return error.diagnostics.filter(({ file }) => file.endsWith("/x.yaml"));
  }
  return [];
}

interface Values {
  readonly [name: string]: unknown;
}

const least = {
  container_runtime: "containerd",
  local: { logsEndpoint: "http://otel-collector.observability.svc.cluster.local:4318/v1/logs" },
};

const other = stringify({
  ...least,
  remote: { logsEndpoint: "https://otlp.example.com/v1/logs", secret: "s", scope: "x", label: "taken" },
});

/** A mistake that one stage finds. */
interface Stage {
  readonly values: Values;
  /** What is no plain value, below the values. */
  readonly yaml?: string;
  readonly key: string;
  readonly says: string;
}

const mount = (name: string, mountPath: string) => ({
  alloy: { mounts: { extra: [{ name, mountPath }] } },
  controller: { volumes: { extra: [{ name, emptyDir: {} }] } },
});

const stages: Readonly<Record<string, Stage>> = {
  "no plain value": {
    values: {},
    yaml: "ethtool: {device_include: *nothing}",
    key: "ethtool.device_include",
    says: "is an alias of an anchor that isn't above it",
  },
  "a key twice": {
    values: { livedebugging: true },
    yaml: "livedebugging: true",
    key: "livedebugging",
    says: "is set twice, first in line",
  },
  "a setting of the wrong kind": {
    values: { memory_limiter: "perhaps" },
    key: "memory_limiter",
    says: "must be true or false",
  },
  "a required setting": {
    values: { container_runtime: "rkt" },
    key: "container_runtime",
    says: "must be docker, crio or containerd",
  },
  "a URL": {
    values: { destinations: { third: { endpoint: "otlp.example.com" } } },
    key: "destinations.third.endpoint",
    says: "has no scheme",
  },
  "an unknown setting": {
    values: { max_unavailible: 1 },
    key: "max_unavailible",
    says: "is no setting; write max_unavailable",
  },
  "a rule of settings": {
    values: { destinations: { other: { endpoint: "http://other.example.com", tls: { server_name: "x" } } } },
    key: "destinations.other.tls",
    says: "has no effect over plain http",
  },
  "a namespace of others": {
    values: { namespace: "kube-system" },
    key: "namespace",
    says: "is Kubernetes' own",
  },
  "a chart value that is not taken": {
    values: { rbac: { create: true } },
    key: "rbac",
    says: "the chart value is not yours to set",
  },
  "a chart value by itself": {
    values: { alloy: { timeoutSeconds: 0 } },
    key: "alloy.timeoutSeconds",
    says: "is 0; write a whole number from 1",
  },
  "chart values together": {
    values: { serviceMonitor: { interval: "30s" } },
    key: "serviceMonitor.interval",
    says: "has no effect without serviceMonitor.enabled",
  },
  "a chart value beside a setting": {
    values: { images: { reloader: "v0.91.0" }, configReloader: { image: { tag: "v0.92.0" } } },
    key: "configReloader.image.tag",
    says: "images.reloader says it already",
  },
  "a path that the agent has": {
    values: mount("mine", "/etc/alloy"),
    key: "alloy.mounts.extra[0].mountPath",
    says: "collides with /etc/alloy",
  },
  "a Pod Security level": {
    values: { pod_security: "baseline" },
    key: "pod_security",
    says: "baseline doesn't admit the agent's pod",
  },
  "a Secret that nothing reads": {
    values: { secrets: { unread: { from: "vault", mount: "kv", path: "a" } } },
    key: "secrets.unread",
    says: "is read by nothing",
  },
  "a version of Alloy": {
    values: { images: { agent: "v1.9.0" } },
    key: "images.agent",
    says: "Alloy v1.9.0",
  },
  "a render that is not recorded": {
    values: { nameOverride: "of-no-record" },
    key: "nameOverride",
    says: "no render of chart alloy",
  },
  memory: {
    values: { resources: { requests: { memory: "50Mi" }, limits: { memory: "100Mi" } } },
    key: "resources.limits.memory",
    says: "is less than the",
  },
  "an object": {
    values: { configReloader: { resources: { limits: { memory: "40Mi" } } } },
    key: "configReloader.resources.limits.memory",
    says: "40Mi is less memory than is asked for",
  },
  "a label of another file": {
    values: {
      remote: { logsEndpoint: "https://otlp.example.com/v1/logs", secret: "s", scope: "x", label: "taken" },
    },
    key: "remote.label",
    says: 'the cluster is "taken" as in',
  },
};

/** A map over another; of lists that both have, one behind the other. */
function merged(one: Values, two: Values): Values {
  const all = Object.entries(two).map(([name, value]) => {
    const there = one[name];
    if (isValues(there) && isValues(value)) return [name, merged(there, value)];
    return [name, Array.isArray(there) && Array.isArray(value) ? [...there, ...value] : value];
  });
  return { ...one, ...Object.fromEntries(all) };
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fileOf(...of: readonly Stage[]): string {
  const values = of.reduce((all, stage) => merged(all, stage.values), least as Values);
  return [stringify(values).trimEnd(), ...of.flatMap(({ yaml = [] }) => yaml)].join("\n");
}

/** Where a file has a key: the line and column that an editor shows. */
function placeOf(text: string, key: string): Pick<Told, "line" | "column"> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false });
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of key.split(/[.[\]]+/).filter((name) => name !== "")) {
    if (isSeq<Node>(node)) {
      node = node.items[Number(part)];
      if (isNode(node)) offset = node.range?.[0] ?? 0;
    } else if (isMap(node)) {
      const pair = node.items.findLast(({ key: name }) => isScalar(name) && name.value === part);
      if (isNode(pair?.key)) offset = pair.key.range?.[0] ?? 0;
      node = pair?.value;
    }
  }
  const { line, col: column } = lineCounter.linePos(offset);
  return { line, column };
}

/** The second is known of all chart values that take another render together, and may go with the first. */
const dependent = [
  ["chart values together", "a render that is not recorded"],
  ["a chart value beside a setting", "a render that is not recorded"],
];

describe("every mistake is told in one run", () => {
  const found = Object.entries(stages);
  const mistakeOf = (text: string, { key, says }: Stage) => ({
    ...(key === "ethtool.device_include" ? {} : placeOf(text, key)),
    key,
    message: expect.stringContaining(says),
  });

  test.each(found)("%s, by itself", (_, stage) => {
    const text = fileOf(stage);
    expect(told(text)).toEqual([expect.objectContaining(mistakeOf(text, stage))]);
  });

  test.each(found)("%s, with each other", (name, stage) => {
    for (const [other, second] of found.slice(found.findIndex(([one]) => one === name) + 1)) {
      if (dependent.some(([one, two]) => one === name && two === other)) continue;
      const text = fileOf(stage, second);
      const rest = told(text);
      const both = [stage, second].map((one) => expect.objectContaining(mistakeOf(text, one)));
      expect({ other, rest }).toEqual({ other, rest: expect.arrayContaining(both) });
      expect({ other, count: rest.length }).toEqual({ other, count: 2 });
    }
  });
});

describe("what is right of a wrong file is built, and makes no mistakes", () => {
  const level = "pod_security: baseline";
  const says = "pod_security: baseline doesn't admit the agent's pod";
  const tables = { ...settingMistakes, ...secretMistakes, ...destinationMistakes };
  /** Mistakes of the level itself, and of whose it is. */
  const ofLevel = /pod_security|create_namespace/;
  const cases = [
    ...Object.entries(tables).map(([name, { bad, says }]) => [name, bad, says.length] as const),
    ...refused.map(([values]) => [values, [...leastLines, values], undefined] as const),
  ].filter(([, lines]) => !ofLevel.test(lines.join("\n")));

  test.each(cases)("%s", (_, lines, count) => {
    const alone = told(lines.join("\n"));
    expect(alone).toHaveLength(count ?? alone.length);
    expect(alone.length).toBeGreaterThan(0);
    const lineOf = ({ key, message }: Told) => `${key}: ${message}`;
    const both = told([...lines, level].join("\n")).map(lineOf);
    expect(both.filter((line) => !line.includes(says))).toEqual(alone.map(lineOf));
    expect(both.filter((line) => line.includes(says))).toHaveLength(1);
  });
});

describe("what may follow from what is wrong is not told", () => {
  const vault = "secrets: {mine: {from: vault, mount: kv, path: a}}";
  const bearer = (secret: string, more = "") =>
    `destinations: {other: {endpoint: https://other.example.com, auth: {type: bearer, secret: ${secret}${more}}}}`;
  const keysOf = (...lines: readonly string[]) =>
    told([...leastLines, ...lines].join("\n")).map(({ key }) => key);
  const unread = "secrets.mine";

  test.each([
    ["the name of the Secret that is read is none", bearer("Mine_"), "destinations.other.auth.secret", false],
    ["the way to read it is none", bearer("mine", ", typ: 1"), "destinations.other.auth.typ", false],
    ["another is read", bearer("other"), undefined, true],
    ["another setting is wrong", "livedebugging: 1", "livedebugging", true],
    ["the section is misspelt", bearer("mine").replace("destinations", "destination"), "destination", false],
    [
      "it is read, and another setting is wrong",
      `livedebugging: 1\n${bearer("mine")}`,
      "livedebugging",
      false,
    ],
  ])("that a Secret is read by nothing, where %s", (_, line, wrong, isTold) => {
    const keys = keysOf(vault, line);
    expect(keys).toContain(wrong ?? unread);
    expect(keys.includes(unread)).toBe(isTold);
  });

  test("that there is too little memory for queues of destinations that are wrong", () => {
    const queue = (size: string) => `    queue: {storage: memory, size: ${size}}`;
    expect(keysOf(queue("1Gi").slice(2))).toEqual(["local.queue.size"]);
    expect(
      keysOf(queue("1Gb").slice(2), "resources: {limits: {memory: 200Mi}, requests: {memory: 50Mi}}"),
    ).toEqual(["local.queue.size"]);
    expect(
      keysOf(queue("1Gb").slice(2), "resources: {limits: {memory: 100Mi}, requests: {memory: 50Mi}}"),
    ).toEqual(["local.queue.size", "resources.limits.memory"]);
  });

  test("that a render is not recorded, where a value that takes another is wrong", () => {
    expect(keysOf("nameOverride: of-no-record", "service: {type: Some}")).toEqual(["service.type"]);
    expect(keysOf("nameOverride: of-no-record", "alloy: {timeoutSeconds: 0}")).toEqual([
      "nameOverride",
      "alloy.timeoutSeconds",
    ]);
  });

  test("but items of a list are where they stand, though others before them are left out", () => {
    const extra = "[{name: x, mountPath: a}, {name: y, mountPath: /y}, {name: x, mountPath: /etc/alloy}]";
    const volumes = "controller: {volumes: {extra: [{name: x, emptyDir: {}}, {name: y, emptyDir: {}}]}}";
    expect(keysOf(`alloy: {mounts: {extra: ${extra}}}`, volumes)).toEqual([
      "alloy.mounts.extra[0].mountPath",
      "alloy.mounts.extra[2].mountPath",
    ]);
  });
});

test("mistakes of a file are told though what is right of it can't be built", () => {
  const environments = join(folder, "broken");
  mkdirSync(environments);
  writeFileSync(join(environments, "x.yaml"), [...leastLines, "livedebugging: 1"].join("\n"));
  const read = readEnvironments(environments);
  expect(read.drafts).toHaveLength(1);
  const fail = () => {
    throw new Error("a fault of the program");
  };
  expect(() => synthesize(read.environments, fail, read)).toThrow(DiagnosticsError);
});
