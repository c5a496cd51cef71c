import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOutput, type Manifests, publish, summaryOf } from "../../lib/synthesis";

const manifests: Manifests = new Map([
  ["ConfigMap.alloy-config.k8s.yaml", "kind: ConfigMap\n"],
  ["Namespace.monitoring.k8s.yaml", "kind: Namespace\n"],
]);
const files = [".generated-files", ...manifests.keys()];

let parent: string;
let output: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "publish-"));
  output = join(parent, "dist");
});
afterEach(() => rmSync(parent, { recursive: true }));

const all = (names: readonly string[], text = manifests) => new Map(names.map((name) => [name, text]));
const publishAll = (...names: readonly string[]) => publish({ environments: "", output }, all(names));
const at = (...path: readonly string[]) => join(output, ...path);

function write(path: readonly string[], text = "mine"): void {
  mkdirSync(join(at(...path), ".."), { recursive: true });
  writeFileSync(at(...path), text);
}

describe("an environment's folder", () => {
  test("has a file for each object, and an index of them", () => {
    publishAll("a", "b");
    expect(readdirSync(output)).toEqual(["a", "b"]);
    expect(readdirSync(at("a"))).toEqual(files);
    expect(readFileSync(at("a", "Namespace.monitoring.k8s.yaml"), "utf8")).toBe("kind: Namespace\n");
    expect(readFileSync(at("a", ".generated-files"), "utf8")).toBe(
      `# The files here that \`npm run synth\` wrote, and replaces or removes. Commit this file with them.\n${[...manifests.keys()].join("\n")}\n`,
    );
  });

  test("is not written where nothing has changed", () => {
    publishAll("a");
    const before = statSync(at("a"), { bigint: true });
    expect(publishAll("a")).toEqual([]);
    const after = statSync(at("a"), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  test("loses the file of an object that is no more", () => {
    publishAll("a");
    publish({ environments: "", output }, all(["a"], new Map([["Namespace.monitoring.k8s.yaml", ""]])));
    expect(readdirSync(at("a"))).toEqual([".generated-files", "Namespace.monitoring.k8s.yaml"]);
  });

  test("keeps what synth did not write, whatever its name", () => {
    publishAll("a");
    write(["a", "Role.own.k8s.yaml"]);
    write(["a", "notes", "one.txt"]);
    publish({ environments: "", output }, all(["a"], new Map([["Namespace.monitoring.k8s.yaml", ""]])));
    expect(readFileSync(at("a", "Role.own.k8s.yaml"), "utf8")).toBe("mine");
    expect(readFileSync(at("a", "notes", "one.txt"), "utf8")).toBe("mine");
  });

  test("goes away with its environment", () => {
    publishAll("a", "gone");
    publishAll("a");
    expect(readdirSync(output)).toEqual(["a"]);
  });

  test("stays with what synth did not write, when the environment goes", () => {
    publishAll("a", "gone");
    write(["gone", "kustomization.yaml"]);
    expect(summaryOf(publishAll("a"), 1)).toBe(
      "1 of 2 environments changed: gone (removed)\nthe folder of gone stays with what synth did not write: kustomization.yaml",
    );
    expect(readdirSync(at("gone"))).toEqual(["kustomization.yaml"]);
    expect(publishAll("a")).toEqual([]);
  });

  test("stays where only others were synthesized", () => {
    publishAll("a", "b");
    publish({ environments: "", output, names: ["a"] }, all(["a"], new Map([["x.k8s.yaml", ""]])));
    expect(readdirSync(output)).toEqual(["a", "b"]);
    expect(readdirSync(at("a"))).toEqual([".generated-files", "x.k8s.yaml"]);
  });
});

describe("what synth did not write", () => {
  test.each([
    ["an empty folder", (path: string) => mkdirSync(path)],
    ["a folder of manifests of cdk8s' own ending", (path: string) => write([path, "Role.x.k8s.yaml"])],
  ])("is left alone: %s", (_, make) => {
    mkdirSync(output);
    make(_ === "an empty folder" ? at("cert-manager") : "cert-manager");
    const before = readdirSync(at("cert-manager"));
    publishAll("a");
    expect(readdirSync(at("cert-manager"))).toEqual(before);
  });

  test("is not replaced: a file of the name of one of ours, with another text", () => {
    write(["a", "Namespace.monitoring.k8s.yaml"]);
    expect(() => publishAll("a", "b")).toThrow(
      `${at("a")}: holds Namespace.monitoring.k8s.yaml, which synth would replace and did not write; move the folder away, or remove it if an older version of this project wrote it`,
    );
    expect(existsSync(at("b"))).toBe(false);
    // The nearest that is fine: it has the very text.
    write(["a", "Namespace.monitoring.k8s.yaml"], "kind: Namespace\n");
    publishAll("a");
    expect(readdirSync(at("a"))).toEqual(files);
  });

  test("is not reached through links", () => {
    write(["elsewhere", "x.txt"]);
    symlinkSync(at("elsewhere"), at("a"));
    expect(() => publishAll("a")).toThrow(`${at("a")}: is a link, which is not followed; move it away`);
    rmSync(at("a"));
    publishAll("a");
    rmSync(at("a", "Namespace.monitoring.k8s.yaml"));
    symlinkSync(at("elsewhere", "x.txt"), at("a", "Namespace.monitoring.k8s.yaml"));
    publishAll("a");
    expect(lstatSync(at("a", "Namespace.monitoring.k8s.yaml")).isFile()).toBe(true);
    expect(readFileSync(at("elsewhere", "x.txt"), "utf8")).toBe("mine");
  });

  test("is not named by an index that leads elsewhere", () => {
    write(["notes.txt"]);
    write(["a", ".generated-files"], "../notes.txt\n..\n/etc/hosts\n");
    publishAll("b");
    expect(readFileSync(at("notes.txt"), "utf8")).toBe("mine");
    expect(readdirSync(at("a"))).toEqual([".generated-files"]);
  });
});

describe("the summary", () => {
  const change = (text: string) =>
    all(["a"], new Map([...manifests, ["Namespace.monitoring.k8s.yaml", text]]));

  test.each([
    ["what is new", () => publishAll("a", "b"), 2, "2 of 2 environments changed: a (new), b (new)"],
    [
      "the kinds of objects that changed",
      () => {
        publishAll("a");
        return publish({ environments: "", output }, change("other"));
      },
      1,
      "1 of 1 environment changed: a (Namespace)",
    ],
    [
      "the kinds of objects that went",
      () => {
        publishAll("a");
        return publish(
          { environments: "", output },
          all(["a"], new Map([["Namespace.monitoring.k8s.yaml", "kind: Namespace\n"]])),
        );
      },
      1,
      "1 of 1 environment changed: a (ConfigMap removed)",
    ],
    [
      "that nothing changed",
      () => {
        publishAll("a", "b");
        return publishAll("a", "b");
      },
      2,
      "2 environments, nothing changed",
    ],
  ])("says %s", (_, act, count, text) => {
    expect(summaryOf(act(), count)).toBe(text);
  });

  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `c-${index + 101}`);

  test("names each of twenty environments, and counts more", () => {
    const twenty = numbered(20);
    expect(summaryOf(publishAll(...twenty), 20)).toBe(
      `20 of 20 environments changed: ${twenty.map((name) => `${name} (new)`).join(", ")}`,
    );
    rmSync(output, { recursive: true });
    expect(summaryOf(publishAll(...numbered(21)), 21)).toBe(
      "21 of 21 environments changed: 21 new (c-101, c-102, c-103 and 18 more)",
    );
  });

  test("puts many that changed alike together, the most first, and names all where these are few", () => {
    publishAll("a", "gone", ...numbered(30));
    write(["gone", "notes.txt"]);
    const present = [...change("other"), ...all(numbered(30), change("other").get("a"))];
    const both = new Map([...(change("other").get("a") ?? []), ["ConfigMap.alloy-config.k8s.yaml", "more"]]);
    const next = new Map([...present, ["a", both], ["new", manifests]] as const);
    expect(summaryOf(publish({ environments: "", output }, next), 32)).toBe(
      "33 of 33 environments changed: 30 Namespace (c-101, c-102, c-103 and 27 more), " +
        "1 ConfigMap, Namespace (a), 1 new (new), 1 removed (gone)\n" +
        "the folder of gone stays with what synth did not write: notes.txt",
    );
  });
});

describe("the check", () => {
  const check = (...names: readonly string[]) => checkOutput({ environments: "", output }, all(names));

  test("finds nothing where the output is what synthesizes, and writes nothing", () => {
    publishAll("a", "b");
    write(["a", "kustomization.yaml"]);
    write(["others", "x.yaml"]);
    expect(() => check("a", "b")).not.toThrow();
  });

  test("names every file that is not what synthesizes", () => {
    publishAll("a", "gone");
    write(["a", "Namespace.monitoring.k8s.yaml"], "edited");
    rmSync(at("a", "ConfigMap.alloy-config.k8s.yaml"));
    write(["a", "zz.yaml"]);
    expect(() => check("a", "new")).toThrow(
      [
        `${at("a", "ConfigMap.alloy-config.k8s.yaml")}: is not what synthesizes; run npm run synth`,
        `${at("a", "Namespace.monitoring.k8s.yaml")}: is not what synthesizes; run npm run synth`,
        `${at("a", "zz.yaml")}: is generated by nothing; remove it, or move it away`,
        `${at("gone")}: is of no environment; run npm run synth`,
        `${at("new")}: is not written yet; run npm run synth`,
      ].join("\n"),
    );
    expect(existsSync(at("new"))).toBe(false);
    expect(readFileSync(at("a", "Namespace.monitoring.k8s.yaml"), "utf8")).toBe("edited");
  });
});

test("the check names the list alone where that is what was not committed", () => {
  publishAll("a");
  const said = new Error(
    `${at("a", ".generated-files")}: is missing, or lists other files; run npm run synth, and commit it`,
  );
  const check = () => checkOutput({ environments: "", output }, all(["a"]));
  rmSync(at("a", ".generated-files"));
  expect(check).toThrow(said);
  write(["a", ".generated-files"], "other.k8s.yaml\n");
  expect(check).toThrow(said);
  publishAll("a");
  expect(check).not.toThrow();
});

describe("the file system's errors are a line with the path", () => {
  test("an output that is a file", () => {
    writeFileSync(output, "");
    expect(() => publishAll("a")).toThrow(`${output}: is no folder; name one`);
  });

  test("an output below a file", () => {
    writeFileSync(output, "");
    output = join(output, "below");
    expect(() => publishAll("a")).toThrow(/^.*dist\/below.*: is below a file; name a folder$/);
  });

  test("an output that is a link to nowhere", () => {
    symlinkSync(join(parent, "nowhere"), output);
    expect(() => publishAll("a")).toThrow(/dist: .*a link that leads nowhere; name a folder$/);
  });
});

test("the link for the cdk8s CLI shows what was written", () => {
  const link = join(parent, ".cdk8s", "dist");
  publish({ environments: "", output, link }, all(["a"]));
  expect(existsSync(join(link, "a", "Namespace.monitoring.k8s.yaml"))).toBe(true);
});
