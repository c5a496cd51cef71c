import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import {
  DiagnosticsError,
  type Environment,
  formatDiagnostic,
  readEnvironments,
} from "../../lib/environment";
import { Bases } from "../../lib/environment/bases";

const mockRead: string[] = [];
jest.mock("node:fs", () => {
  const actual = jest.requireActual("node:fs");
  const readFileSync = (...args: readonly unknown[]) => {
    mockRead.push(String(args[0]));
    return actual.readFileSync(...args);
  };
  return { ...actual, readFileSync };
});

let folder: string;
const here = process.cwd();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
  process.chdir(folder);
  mkdirSync("environments");
});

afterEach(() => {
  process.chdir(here);
  rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

function write(files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join("environments", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function says(files: Files, ...names: readonly string[]): readonly string[] {
  write(files);
  return new DiagnosticsError(readEnvironments("environments", names).diagnostics).diagnostics.map(
    formatDiagnostic,
  );
}

function read(files: Files): readonly Environment[] {
  write(files);
  const { environments, diagnostics } = readEnvironments("environments");
  expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  return environments;
}

const fleet = `# What all have.
container_runtime: crio
host_network: true
local:
  endpoint: http://otel.monitoring.svc:4318
  headers:
    X-A: a
    X-B: b
remote:
  endpoint: https://otlp.example.com
  secret: alloy-remote
  scope: fleet
aistore:
  - {namespace: ais, name: one}
  - {namespace: ais, name: two}
destinations:
  archive:
    endpoint: https://archive.example.com
    auth: {type: bearer, secret: archive}
controller:
  podLabels:
    team: storage
`;

const own = (...lines: readonly string[]) =>
  ["extends: _fleet.yaml", "remote:", "  label: x", ...lines, ""].join("\n");

describe("a file that extends another", () => {
  test("has what that says, and its own on top of it", () => {
    const [environment, ...others] = read({
      "_fleet.yaml": fleet,
      "a.yaml": own("  scope: own", "local:", "  headers:", "    X-B: own", "    X-C: c"),
    });
    expect(others).toEqual([]);
    expect(environment).toMatchObject({
      name: "a",
      cluster: "x",
      containerRuntime: "crio",
      hostNetwork: true,
      destinations: [
        { name: "local", headers: { "X-A": "a", "X-B": "own", "X-C": "c" } },
        {
          name: "remote",
          endpoint: "https://otlp.example.com",
          auth: { secret: "alloy-remote", scope: "own" },
        },
        { name: "archive" },
      ],
      chartValues: { controller: { podLabels: { team: "storage" } } },
    });
  });

  test("has lists of its own as a whole", () => {
    const [environment] = read({
      "_fleet.yaml": fleet,
      "a.yaml": own("aistore:", "  - {namespace: other, name: three}"),
    });
    expect(environment?.aistore).toEqual([{ namespace: "other", name: "three" }]);
  });

  test("takes away what has nothing after it: a setting, a section, a name", () => {
    const files = {
      "_fleet.yaml": fleet,
      "a.yaml": own("aistore:", "destinations:", "  archive:", "local:", "  headers: ~"),
    };
    const [environment] = read(files);
    expect(environment?.aistore).toEqual([{ namespace: "ais", name: "ais" }]);
    expect(environment?.destinations).toMatchObject([{ name: "local" }, { name: "remote" }]);
    expect(environment?.destinations[0]?.headers).toBeUndefined();
  });

  test("leaves null below a chart value to the chart, where it takes the chart's default away too", () => {
    const [environment] = read({
      "_fleet.yaml": fleet,
      "a.yaml": own("controller:", "  podLabels: ~"),
      "b.yaml": own("controller: ~").replace("label: x", "label: b"),
    });
    expect(environment?.chartValues).toEqual({ controller: { podLabels: null } });
    expect(read({})[1]?.chartValues).toEqual({});
  });

  test("has destinations and headers in the order of what it extends, then its own", () => {
    const [environment] = read({
      "_fleet.yaml": fleet.replace("  archive:", "  zoo: {endpoint: http://zoo}\n  archive:"),
      "a.yaml": own(
        "destinations:",
        "  barn: {endpoint: http://barn}",
        "  archive: {compression: none}",
        "local: {headers: {X-0: a, X-B: own}}",
      ),
    });
    expect(environment?.destinations.map(({ name }) => name)).toEqual([
      "local",
      "remote",
      "zoo",
      "archive",
      "barn",
    ]);
    expect(Object.keys(environment?.destinations[0]?.headers ?? {})).toEqual(["X-A", "X-B", "X-0"]);
  });

  test("may extend one that extends another, in folders below, by paths from each", () => {
    const [environment] = read({
      "defaults/all.yaml": fleet,
      "defaults/oci/crio.yaml": "extends: ../all.yaml\nhost_network: false\nstorage: {path: none}",
      "a.yaml": "extends: ./defaults/oci/crio.yaml\nremote: {label: x}\nstorage: ~",
    });
    expect(environment).toMatchObject({ hostNetwork: false, storagePath: expect.any(String), cluster: "x" });
  });

  test("may extend an environment", () => {
    const names = read({
      "a.yaml": `${fleet}ui: {expose: true}`,
      "b.yaml": "extends: a.yaml\nremote: {label: b}",
    }).map(({ name, ui, cluster }) => [name, ui.expose, cluster]);
    expect(names).toEqual([
      ["a", true, "local"],
      ["b", true, "b"],
    ]);
  });

  test("is chosen by name, and what it extends is no environment", () => {
    expect(says({ "_fleet.yaml": fleet, "a.yaml": own(), "b.yaml": "" }, "a")).toEqual([]);
    expect(says({}, "_fleet")).toEqual([
      "_fleet: is no environment of environments; its name begins with _, so that it is there for others to extend; write one of those",
    ]);
  });
});

describe("a mistake", () => {
  /** A mistake in the file a.yaml, beside the nearest that is none. */
  interface Case {
    readonly bad: Files;
    readonly says: readonly string[];
    readonly good: Files;
  }

  const a = (text: string) => ({ "a.yaml": text });
  const path = (value: string) => a(`extends: ${value}\nremote: {label: x}`);
  const cases: Readonly<Record<string, Case>> = {
    "a file that isn't there": {
      bad: path("_flet.yaml"),
      says: ["environments/a.yaml:1:1: extends: names no file that there is; write _fleet.yaml"],
      good: path("_fleet.yaml"),
    },
    "a file without its ending": {
      bad: path("defaults/fleet"),
      says: ["environments/a.yaml:1:1: extends: names no file that there is; write defaults/fleet.yaml"],
      good: path("defaults/fleet.yaml"),
    },
    "another tool's word for it": {
      bad: a("base: _fleet.yaml\nextends: _fleet.yaml\nremote: {label: x}"),
      says: ["environments/a.yaml:1:1: base: is no setting; write extends"],
      good: path("_fleet.yaml"),
    },
    "a file in a folder that isn't there": {
      bad: path("default/fleet.yaml"),
      says: ["environments/a.yaml:1:1: extends: names no file that there is; write the path of one"],
      good: path("defaults/fleet.yaml"),
    },
    "a file below a file": {
      bad: path("_fleet.yaml/fleet.yaml"),
      says: ["environments/a.yaml:1:1: extends: names no file that there is; write the path of one"],
      good: path("defaults/fleet.yaml"),
    },
    "a name that is too long": {
      bad: path(`${"x".repeat(300)}.yaml`),
      says: [
        "environments/a.yaml:1:1: extends: cannot be read: ENAMETOOLONG: name too long; name a file that can be",
      ],
      good: path("_fleet.yaml"),
    },
    "a control character": {
      bad: path('"_fleet\\u0000.yaml"'),
      says: ["environments/a.yaml:1:1: extends: has a control character in it; write the path without it"],
      good: path('"_fleet.yaml"'),
    },
    "one of many that may be meant": {
      bad: { ...path("base.yaml"), "_oci.yaml": fleet },
      says: ["environments/a.yaml:1:1: extends: names no file that there is; write _fleet.yaml or _oci.yaml"],
      good: path("_fleet.yaml"),
    },
    "another ending": {
      bad: { ...path("_fleet.yml"), "_fleet.yml": fleet },
      says: ["environments/a.yaml:1:1: extends: doesn't end in .yaml; rename the file"],
      good: path("_fleet.yaml"),
    },
    "a folder": {
      bad: path("defaults"),
      says: ["environments/a.yaml:1:1: extends: is a folder; name a file in it, such as defaults/fleet.yaml"],
      good: path("defaults/fleet.yaml"),
    },
    "an absolute path": {
      bad: path("/srv/fleet.yaml"),
      says: [
        "environments/a.yaml:1:1: extends: is no path from this file; write one to a file in environments",
      ],
      good: path("_fleet.yaml"),
    },
    "a path that leads out": {
      bad: path("../fleet.yaml"),
      says: [
        "environments/a.yaml:1:1: extends: leads out of environments; move the file into it, or into a folder there",
      ],
      good: path("defaults/../_fleet.yaml"),
    },
    "folders of Windows": {
      bad: path("defaults\\fleet.yaml"),
      says: ["environments/a.yaml:1:1: extends: has \\ in it; write / between folders"],
      good: path("defaults/fleet.yaml"),
    },
    "a list": {
      bad: path("[_fleet.yaml]"),
      says: [
        "environments/a.yaml:1:1: extends: must be one file, is a list; write one, which may extend another itself",
      ],
      good: path("_fleet.yaml"),
    },
    "a number": {
      bad: path("5"),
      says: ["environments/a.yaml:1:1: extends: must be a string, is a number; put it in quotes"],
      good: path('"_fleet.yaml"'),
    },
    itself: {
      bad: path("a.yaml"),
      says: ["environments/a.yaml:1:1: extends: is the file itself; name another, or remove this"],
      good: path("_fleet.yaml"),
    },
    "a cycle": {
      bad: { ...path("b.yaml"), "b.yaml": "extends: c.yaml", "c.yaml": "extends: a.yaml" },
      says: [
        "environments/c.yaml:1:1: extends: leads back to environments/a.yaml, which extends this file; remove one of the two",
      ],
      good: {
        ...path("b.yaml"),
        "b.yaml": "extends: c.yaml\nremote: {label: b}",
        "c.yaml": "extends: _fleet.yaml\nremote: {label: c}",
      },
    },
    "null that takes nothing away": {
      bad: a(
        own("  token_url:", "images:", "  agent: ~", "aistore: [{namespace: ais, name: ais, https: ~}]"),
      ),
      says: [
        "environments/a.yaml:4:3: remote.token_url: takes nothing away, as environments/_fleet.yaml says nothing of it; remove it",
        "environments/a.yaml:6:3: images.agent: takes nothing away, as environments/_fleet.yaml says nothing of it; remove it",
      ],
      good: a(own("  token_url: ''", "host_network: ~")),
    },
    "null where nothing stands": {
      bad: {
        ...path("_oci.yaml"),
        "_oci.yaml": "extends: _fleet.yaml\nremote: {token_url: ''}",
        "b.yaml": "extends: _new.yaml\nimages: ~\nremote: {label: b}",
        "_new.yaml": `${fleet}images:\n`,
      },
      says: [
        "environments/b.yaml:2:1: images: takes nothing away, as environments/_new.yaml says nothing of it; remove it",
      ],
      good: {
        ...path("_fleet.yaml"),
        "b.yaml": "extends: _new.yaml\nimages: ~\nremote: {label: b}",
        "_new.yaml": `${fleet}images: {agent: v1.18.1}\n`,
      },
    },
    "null at what nothing says, and is needed": {
      bad: a(
        own("destinations:", "  other:", "    endpoint: https://a", "    auth: {type: bearer, secret: ~}"),
      ),
      says: [
        expect.stringMatching(/^environments\/a\.yaml:7:26: destinations\.other\.auth\.secret: is missing; /),
      ],
      good: a(
        own("destinations:", "  other:", "    endpoint: https://a", "    auth: {type: bearer, secret: b}"),
      ),
    },
    "null at a name that is misspelt": {
      bad: a(own("destinations:", "  archiv: ~")),
      says: [
        "environments/a.yaml:5:3: destinations.archiv: takes nothing away, as environments/_fleet.yaml says nothing of it; remove it",
      ],
      good: a(own("destinations:", "  archive: ~")),
    },
    "null at what is needed": {
      bad: a(own("container_runtime: ~")),
      says: ["environments/a.yaml:4:1: container_runtime: is missing; write docker, crio or containerd"],
      good: a(own("container_runtime: docker")),
    },
    "null that takes nothing away in what is extended": {
      bad: { ...path("_oci.yaml"), "_oci.yaml": "extends: _fleet.yaml\nimages: ~" },
      says: [
        "environments/_oci.yaml:2:1: images: takes nothing away, as environments/_fleet.yaml says nothing of it; remove it",
      ],
      good: { ...path("_oci.yaml"), "_oci.yaml": "extends: _fleet.yaml\naistore: ~" },
    },
    "a setting of the file's own": {
      bad: a(own("host_netwrok: false", "aistore: 5")),
      says: [
        "environments/a.yaml:4:1: host_netwrok: is no setting; write host_network",
        'environments/a.yaml:5:1: aistore: must be a list, is a number; write its items below it, each after "- "',
      ],
      good: a(own("host_network: false")),
    },
    "a duplicate key": {
      bad: a(own("remote:", "  label: y")),
      says: ["environments/a.yaml:4:1: remote: is set twice, first in line 2; remove one of the two"],
      good: a(own()),
    },
    "a name elsewhere": {
      bad: a(own("local:", "  extends: _fleet.yaml")),
      says: [
        expect.stringMatching(
          /^environments\/a\.yaml:5:3: local\.extends: is no setting here; write it at the top level/,
        ),
      ],
      good: a(own()),
    },
    "what is extended is empty": {
      bad: { ...path("_oci.yaml"), "_oci.yaml": "# nothing" },
      says: ["environments/_oci.yaml:1:1: is empty; write the settings that environments have alike"],
      good: { ...path("_oci.yaml"), "_oci.yaml": "extends: _fleet.yaml" },
    },
    "what is extended is no YAML": {
      bad: { ...path("_oci.yaml"), "_oci.yaml": "a: [" },
      says: [expect.stringMatching(/^environments\/_oci\.yaml:1:4: opens a \[ that is not closed/)],
      good: { ...path("_oci.yaml"), "_oci.yaml": "extends: _fleet.yaml" },
    },
    "mistakes of its own beside one of what it extends": {
      bad: a("extends: nothing.yaml\nremote:\n  labl: x\naistore:\n  - {namespace: ais, https: 5}\n"),
      says: [
        "environments/a.yaml:1:1: extends: names no file that there is; write _fleet.yaml",
        "environments/a.yaml:3:3: remote.labl: is no setting; write label",
        expect.stringMatching(/^environments\/a\.yaml:5:22: aistore\[0\]\.https: /),
      ],
      good: a(own("aistore:", "  - {namespace: ais, name: a, https: true, insecure: true}")),
    },
  };

  test.each(Object.entries(cases))("%s", (_, { bad, says: expected, good }) => {
    const bases = { "_fleet.yaml": fleet, "defaults/fleet.yaml": fleet };
    expect(says({ ...bases, ...bad })).toEqual(expected);
    rmSync("environments", { recursive: true });
    expect(says({ ...bases, ...good })).toEqual([]);
  });

  test("in what many extend is told once, at its place, with those that have it", () => {
    const files = {
      "_fleet.yaml": fleet.replace("crio", "cri-o").replace("bearer", "bear"),
      "a.yaml": own(),
    };
    const [first, second, ...others] = says({
      ...files,
      "b.yaml": own().replace("label: x", "label: b"),
      "c.yaml": own("destinations: ~").replace("label: x", "label: c"),
    });
    expect(others).toEqual([]);
    expect(first).toBe(
      'environments/_fleet.yaml:2:1: container_runtime: must be docker, crio or containerd, is "cri-o"; write crio (for environments/a.yaml and 2 more)',
    );
    expect(second).toMatch(
      /^environments\/_fleet\.yaml:19:12: destinations\.archive\.auth\.type: .* \(for environments\/a\.yaml and 1 more\)$/,
    );
  });

  test("in what is an environment too is its own", () => {
    const [only, ...others] = says({
      "a.yaml": fleet.replace("crio", "cri-o"),
      "b.yaml": "extends: a.yaml\nremote: {label: b}",
    });
    expect(others).toEqual([]);
    expect(only).toMatch(/^environments\/a\.yaml:2:1: container_runtime: .*; write crio$/);
  });

  test("of a rule is at the key that it is about, whichever file has it", () => {
    const files = { "_fleet.yaml": `${fleet}pod_security: privileged\n` };
    expect(says({ ...files, "a.yaml": own("create_namespace: false") })).toEqual([
      "environments/_fleet.yaml:23:1: pod_security: has no effect with create_namespace: false; remove one of the two (for environments/a.yaml)",
    ]);
    expect(
      says({ "_fleet.yaml": `${fleet}create_namespace: false\n`, "a.yaml": own("pod_security: privileged") }),
    ).toEqual([
      "environments/a.yaml:4:1: pod_security: has no effect with create_namespace: false; remove one of the two",
    ]);
    expect(says({ "a.yaml": own("pod_security: privileged", "create_namespace: ~") })).toEqual([]);
  });

  test("of a list's item is not looked for in a list that is replaced", () => {
    const files = { "_fleet.yaml": fleet, "a.yaml": own("aistore:", "  - {namespace: ais}") };
    expect(says(files)).toEqual([
      expect.stringMatching(/^environments\/a\.yaml:5:5: aistore\[0\]\.name: is missing/),
    ]);
  });

  test("that two have one label is told in their own files", () => {
    expect(
      says({ "_fleet.yaml": fleet, "a.yaml": "extends: _fleet.yaml", "b.yaml": "extends: _fleet.yaml" }),
    ).toEqual([
      'environments/b.yaml:1:1: remote.label: the cluster is "local" as in environments/a.yaml:1:1, and a remote couldn\'t tell the two apart; write another label',
    ]);
    const labelled = { "_fleet.yaml": fleet.replace("remote:", "remote:\n  label: fleet") };
    expect(says(labelled)).toEqual([
      'environments/b.yaml:1:1: remote.label: the cluster is "fleet" as in environments/a.yaml:1:1, and a remote couldn\'t tell the two apart; write another label',
    ]);
  });
});

describe("a hundred environments", () => {
  const names = Array.from({ length: 100 }, (_, index) => `c${index}`);
  const root = join(__dirname, "..", "..");
  jest.setTimeout(120_000);

  /** The files that synth writes, by their paths. */
  function synthesized(files: Files, output: string): Readonly<Record<string, string>> {
    rmSync("environments", { recursive: true });
    write(files);
    const program = [join(root, "scripts/run.js"), join(root, "main.ts"), "--output", output];
    expect(spawnSync(process.execPath, program, { encoding: "utf8" })).toMatchObject({ status: 0 });
    const paths = readdirSync(output, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(output, join(entry.parentPath, entry.name)));
    return Object.fromEntries(
      paths.toSorted().map((path) => [path, readFileSync(join(output, path), "utf8")]),
    );
  }

  const filesOf = (text: (name: string, index: number) => string) =>
    Object.fromEntries(names.map((name, index) => [`${name}.yaml`, text(name, index)]));
  const flat = filesOf((name, index) =>
    fleet.replace("remote:", `remote:\n  label: ${name}`).concat(`max_unavailable: ${index + 1}\n`),
  );
  const extending = filesOf(
    (name, index) => `extends: _fleet.yaml\nremote: {label: ${name}}\nmax_unavailable: ${index + 1}\n`,
  );

  test("that extend one file have the bytes of a hundred that say all", () => {
    const expected = synthesized(flat, "flat");
    const actual = synthesized({ ...extending, "_fleet.yaml": fleet }, "extending");
    expect(actual).toEqual(expected);
    const daemonSets = Object.entries(actual).filter(([path]) => path.includes("/DaemonSet."));
    expect(new Set(daemonSets.map(([, text]) => text)).size).toBe(100);
  });

  test("read what they extend once", () => {
    mockRead.length = 0;
    expect(read({ ...extending, "_fleet.yaml": fleet })).toHaveLength(100);
    expect(mockRead.filter((file) => file.endsWith("_fleet.yaml"))).toHaveLength(1);
  });
});

describe("any files that extend each other", () => {
  /** RFC 7396: what an object is after a patch in which null takes away. */
  function patched(target: unknown, patch: unknown): unknown {
    if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
    const result: Record<string, unknown> = { ...(isMap(target) ? target : {}) };
    for (const [name, value] of Object.entries(patch)) {
      if (value === null) {
        delete result[name];
      } else {
        result[name] = patched(result[name], value);
      }
    }
    return result;
  }

  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

  // Each text is there once, so that it tells where it stands.
  let count = 0;
  const text = fc.constant(null).map(() => `t${count++}.`);
  const list = fc.array(text, { minLength: 1, maxLength: 3 });
  const maybe = (value: fc.Arbitrary<unknown>, weight = 6) =>
    fc.oneof(
      { arbitrary: value, weight },
      { arbitrary: fc.constant(null), weight: 1 },
      { arbitrary: text, weight: 1 },
    );
  const map = (shape: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    fc.record(shape, { requiredKeys: [] });
  const destination = map({
    endpoint: maybe(text),
    headers: maybe(map({ a: maybe(text), constructor: maybe(text), "x.y": maybe(text) })),
    tls: maybe(map({ ca_secret: maybe(text), server_name: maybe(text) })),
  });
  const settings = map({
    container_runtime: maybe(text),
    aistore: maybe(list),
    api_server_ports: maybe(list),
    remote: maybe(destination),
    destinations: maybe(map({ a: maybe(destination), "b-c": maybe(destination) })),
    resources: maybe(map({ limits: maybe(map({ cpu: maybe(text), memory: maybe(text) })) })),
  });

  function leavesOf(
    value: unknown,
    key: readonly (string | number)[] = [],
  ): [(string | number)[], unknown][] {
    if (typeof value !== "object" || value === null) return [[[...key], value]];
    const entries: [string | number, unknown][] = Array.isArray(value)
      ? [...value.entries()]
      : Object.entries(value);
    return entries.flatMap(([name, entry]) => leavesOf(entry, [...key, name]));
  }

  test("have what patches of patches have, each setting at the place that says it", () => {
    fc.assert(
      fc.property(fc.array(settings, { minLength: 2, maxLength: 4 }), (layers) => {
        const texts = layers.map((layer, index) =>
          stringify(
            { ...(index > 0 && { extends: `_${index - 1}.yaml` }), ...layer, livedebugging: true },
            { lineWidth: 0 },
          ),
        );
        const files = Object.fromEntries(texts.map((one, index) => [`_${index}.yaml`, one]));
        write(files);
        const last = `environments/_${layers.length - 1}.yaml`;
        const { value, source } = new Bases("environments").layers(last, texts.at(-1) ?? "");
        const [first, ...others] = layers.map((layer) => ({ ...layer, livedebugging: true }));
        // A null of the first has nothing to take away: it stays, and counts as unset.
        const model = others.reduce<unknown>(patched, first);
        expect(value).toEqual(model);
        const told = [...source.settings()].flatMap(([file, keys]) =>
          keys.map((key) => `${file} ${JSON.stringify(key)}`),
        );
        const set = leavesOf(value).filter(([, leaf]) => leaf !== null);
        const keys = set.map(([key]) => key.filter((part) => typeof part === "string"));
        const expected = keys.map((key) => `${source.diagnostic(key, "").file} ${JSON.stringify(key)}`);
        expect(new Set(told)).toEqual(new Set(expected));
        for (const [key, leaf] of leavesOf(value)) {
          if (typeof leaf !== "string") continue;
          const { file, line, column } = source.diagnostic(key, "");
          const shown =
            files[file.replace("environments/", "")]?.split("\n")[line - 1]?.slice(column - 1) ?? "";
          expect(shown).toContain(leaf);
          const name = key.at(-1);
          expect(shown.startsWith(typeof name === "number" ? leaf : `${name}: `)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
