import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Diagnostic, DiagnosticsError, loadEnvironments } from "../../lib/environment";
import { least } from "./reading";

const good = least.join("\n");
const remote = (label: string) =>
  [good, "remote:", "  endpoint: https://otlp.example.com", "  secret: a", "  scope: b", label].join("\n");

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

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join("environments", name), content);
}

function diagnostics(...args: Parameters<typeof loadEnvironments>): readonly Diagnostic[] {
  try {
    loadEnvironments(...args);
  } catch (error) {
    if (error instanceof DiagnosticsError) return error.diagnostics;
    throw error;
  }
  return [];
}

function says(...names: readonly string[]): string {
  return new DiagnosticsError(diagnostics("environments", names)).toString();
}

function namesOf(...names: readonly string[]): string[] {
  return loadEnvironments("environments", names).map(({ name }) => name);
}

describe("the folder of environments", () => {
  test("is read in the order of the files' names, hidden and other files aside", () => {
    write({
      "b.yaml": good,
      "a.yaml": good,
      "a-b.yaml": good,
      ".a.yaml": ":",
      "schema.json": "",
      "README.md": "",
    });
    expect(namesOf()).toEqual(["a-b", "a", "b"]);
  });

  test("must be there", () => {
    expect(new DiagnosticsError(diagnostics("environment")).toString()).toBe(
      "environment: cannot be read: ENOENT: no such file or directory; name a folder of environment files",
    );
  });

  test("must hold an environment", () => {
    write({ "schema.json": "{}" });
    expect(says()).toBe("environments: holds no environment; write one, such as default.yaml");
  });

  test("shows files below the current directory relative to it, others as they were named", () => {
    write({ "a.yaml": "" });
    const message = "is empty; write its settings, at least container_runtime and local.endpoint";
    const place = { severity: "error" as const, file: "environments/a.yaml", line: 1, column: 1, key: "" };
    expect(diagnostics("environments")).toEqual([{ ...place, message }]);
    expect(diagnostics(join(process.cwd(), "environments"))).toEqual([{ ...place, message }]);
    mkdirSync("below");
    process.chdir("below");
    expect(diagnostics("../environments")).toEqual([{ ...place, file: "../environments/a.yaml", message }]);
  });
});

describe("a file", () => {
  test.each([
    ["a.yml", "is not read, since its name doesn't end in .yaml; rename it to a.yaml"],
    ["a.YAML", "is not read, since its name doesn't end in .yaml; rename it to a.yaml"],
  ])("%s must be renamed", (file, message) => {
    write({ [file]: good });
    expect(says()).toBe(`environments/${file}: ${message}`);
  });

  test.each([
    ["Ais_QA.yaml", "ais-qa.yaml"],
    ["ais.qa.yaml", "ais-qa.yaml"],
    [`${"a".repeat(64)}.yaml`, `${"a".repeat(63)}.yaml`],
  ])("%s is no name for a folder", (file, better) => {
    write({ [file]: good });
    expect(says()).toBe(
      `environments/${file}: names a folder of manifests, and may hold at most 63 lower-case letters, digits and "-"; rename it to ${better}`,
    );
    rmSync(join("environments", file));
    write({ [better]: good });
    expect(namesOf()).toEqual([better.replace(".yaml", "")]);
  });

  test("must be UTF-8", () => {
    write({
      "a.yaml": Buffer.concat([Buffer.from(`${good}\n# Z`), Buffer.from([0xfc]), Buffer.from("rich")]),
    });
    expect(says()).toBe("environments/a.yaml:4:4: is no UTF-8 text; save the file as UTF-8");
    write({ "a.yaml": `${good}\n# Zürich` });
    expect(namesOf()).toEqual(["a"]);
  });

  test("in UTF-16 is no UTF-8", () => {
    write({ "a.yaml": Buffer.from(`\uFEFF${good}`, "utf16le") });
    expect(says()).toBe("environments/a.yaml:1:1: is no UTF-8 text; save the file as UTF-8");
  });

  test("may begin with a byte order mark", () => {
    write({ "a.yaml": `\uFEFF${good}` });
    expect(namesOf()).toEqual(["a"]);
    write({ "a.yaml": "\uFEFFhost_networks: true" });
    expect(says()).toContain("environments/a.yaml:1:1: host_networks: is no setting; write host_network");
  });

  test("must be a file", () => {
    mkdirSync("environments/a.yaml");
    expect(says()).toBe("environments/a.yaml: is a folder; make it a file, or name it otherwise");
  });
});

describe("all mistakes", () => {
  test("of all files are reported, by file, line and column", () => {
    write({
      "b.yaml": "container_runtime: podman\nlocal: {logsEndpoint: [], endpoint: otlp}",
      "a.yaml": ["scrape: 1", good].join("\n"),
      "a-b.yaml": "",
      "C.yaml": good,
    });
    expect(says().split("\n")).toEqual([
      expect.stringMatching(/^environments\/C\.yaml: names a folder /),
      expect.stringMatching(/^environments\/a-b\.yaml:1:1: is empty; /),
      expect.stringMatching(/^environments\/a\.yaml:1:1: scrape: must be a map, is a number; /),
      expect.stringMatching(
        /^environments\/b\.yaml:1:1: container_runtime: must be docker, crio or containerd/,
      ),
      expect.stringMatching(/^environments\/b\.yaml:2:9: local\.logsEndpoint: must be a string, is a list; /),
      expect.stringMatching(/^environments\/b\.yaml:2:27: local\.endpoint: has no scheme; /),
    ]);
  });

  test("are the error's message, without a stack", () => {
    write({ "a.yaml": "" });
    const line = says();
    expect(() => loadEnvironments("environments")).toThrow(new Error(line));
    expect(line).toBe(
      "environments/a.yaml:1:1: is empty; write its settings, at least container_runtime and local.endpoint",
    );
  });
});

describe("names", () => {
  test("choose environments, in the order of the files", () => {
    write({ "a.yaml": good, "b.yaml": good, "c.yaml": good });
    expect(namesOf("c", "a", "a")).toEqual(["a", "c"]);
  });

  test("that are unknown are reported with the nearest", () => {
    write({ "ais-qa.yaml": good, "default.yaml": good });
    expect(says("ais-aq", "prod", "default", "")).toBe(
      [
        '"": is no environment of environments; write ais-qa or default',
        "ais-aq: is no environment of environments; write ais-qa",
        "prod: is no environment of environments; write ais-qa or default",
      ].join("\n"),
    );
  });

  test("keep the mistakes of other files out", () => {
    write({ "a.yaml": good, "b.yaml": "", "C.yml": "" });
    expect(namesOf("a")).toEqual(["a"]);
    expect(says("b")).toContain("environments/b.yaml:1:1: is empty");
  });
});

describe("a label", () => {
  const sameCluster = (file: string, other: string, cluster: string) =>
    `${file}: remote.label: the cluster is "${cluster}" as in ${other}, and a remote couldn't tell the two apart; write another label`;

  test("is one environment's at the remote", () => {
    write({ "a.yaml": remote("  label: x"), "b.yaml": remote("  label: x"), "c.yaml": remote("  label: y") });
    expect(says()).toBe(sameCluster("environments/b.yaml:8:3", "environments/a.yaml:8:3", "x"));
    write({ "b.yaml": remote("  label: z") });
    expect(namesOf()).toEqual(["a", "b", "c"]);
  });

  test("may be shared where nothing goes to a remote", () => {
    const local = `${good}\nremote:\n  label: x`;
    write({ "a.yaml": local, "b.yaml": local, "c.yaml": remote("  label: x") });
    expect(namesOf()).toEqual(["a", "b", "c"]);
  });

  test("is one environment's at a destination that asks for credentials, and at no other", () => {
    const archive = (label: string, auth = ", auth: {type: basic, secret: a}") =>
      `${good}\n${label}\ndestinations: {archive: {endpoint: https://otlp.example.com${auth}}}`;
    write({ "a.yaml": remote("  label: x"), "b.yaml": archive("remote: {label: x}") });
    expect(says()).toBe(sameCluster("environments/b.yaml:4:10", "environments/a.yaml:8:3", "x"));
    write({ "a.yaml": archive(""), "b.yaml": archive("") });
    expect(says()).toBe(sameCluster("environments/b.yaml:1:1", "environments/a.yaml:1:1", "local"));
    write({ "b.yaml": archive("", "") });
    expect(namesOf()).toEqual(["a", "b"]);
  });

  test("is local when unset, for one environment with a remote only", () => {
    write({ "a.yaml": remote(""), "b.yaml": remote("  label: local") });
    expect(says()).toBe(sameCluster("environments/b.yaml:8:3", "environments/a.yaml:4:1", "local"));
    write({ "b.yaml": remote("  label: b") });
    expect(namesOf()).toEqual(["a", "b"]);
  });

  test("is compared with environments that aren't chosen", () => {
    write({ "a.yaml": remote("  label: x"), "b.yaml": `${remote("  label: x")}\nhost_network: 1` });
    expect(says("a")).toBe(sameCluster("environments/a.yaml:8:3", "environments/b.yaml:8:3", "x"));
  });

  test("is compared whatever else is wrong", () => {
    write({ "a.yaml": `${remote("  label: x")}\nhost_network: 1`, "b.yaml": remote("  label: x") });
    expect(says().split("\n")).toEqual([
      expect.stringMatching(/^environments\/a\.yaml:9:1: host_network: /),
      sameCluster("environments/b.yaml:8:3", "environments/a.yaml:8:3", "x"),
    ]);
  });

  test("of the wrong type is compared with none", () => {
    write({ "a.yaml": remote("  label: [x]"), "b.yaml": remote("  label: x"), "c.yaml": remote("") });
    expect(says()).toBe(
      "environments/a.yaml:8:3: remote.label: must be a string, is a list; write one value",
    );
  });
});
