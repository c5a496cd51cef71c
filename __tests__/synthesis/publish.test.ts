import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publish } from "../../lib/synthesis";

const manifests = new Map([["Namespace.monitoring.k8s.yaml", "kind: Namespace\n"]]);

let output: string;
beforeEach(() => {
  output = join(mkdtempSync(join(tmpdir(), "publish-")), "dist");
});

function publishAll(...names: readonly string[]): void {
  publish({ environments: "", output }, new Map(names.map((name) => [name, manifests])));
}

test("each environment has a folder, each object a file", () => {
  publishAll("a", "b");
  expect(readdirSync(output)).toEqual(["a", "b"]);
  expect(readFileSync(join(output, "a", "Namespace.monitoring.k8s.yaml"), "utf8")).toBe("kind: Namespace\n");
  expect(readdirSync(join(output, "a"))).toEqual(["Namespace.monitoring.k8s.yaml"]);
});

test("what has not changed is not written", () => {
  publishAll("a");
  const file = join(output, "a", "Namespace.monitoring.k8s.yaml");
  const before = statSync(file, { bigint: true });
  publishAll("a");
  const after = statSync(file, { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
});

test("the file of an object that is no more goes away", () => {
  mkdirSync(join(output, "a"), { recursive: true });
  writeFileSync(join(output, "a", "Role.alloy.k8s.yaml"), "");
  publishAll("a");
  expect(readdirSync(join(output, "a"))).toEqual(["Namespace.monitoring.k8s.yaml"]);
});

test("the folder of an environment that is no more goes away, one that holds anything else stays", () => {
  publishAll("a", "gone", "kept");
  writeFileSync(join(output, "kept", "notes.txt"), "mine");
  publishAll("a");
  expect(readdirSync(output)).toEqual(["a", "kept"]);
});

test("where only some were synthesized, the others stay", () => {
  publishAll("a", "b");
  publish({ environments: "", output, names: ["a"] }, new Map([["a", new Map([["x.k8s.yaml", ""]])]]));
  expect(readdirSync(output)).toEqual(["a", "b"]);
  expect(readdirSync(join(output, "a"))).toEqual(["x.k8s.yaml"]);
});

test("the link shows what was written", () => {
  const link = join(output, "..", ".cdk8s", "dist");
  publish({ environments: "", output, link }, new Map([["a", manifests]]));
  expect(existsSync(join(link, "a", "Namespace.monitoring.k8s.yaml"))).toBe(true);
});
