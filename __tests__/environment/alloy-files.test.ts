import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configMapLimit } from "../../lib/alloy";
import { type Diagnostic, DiagnosticsError, formatDiagnostic, readEnvironments } from "../../lib/environment";

const least = "container_runtime: crio\nlocal: {endpoint: http://otlp.example.com:4318}\n";
const component = `prometheus.echo "a" { }\n`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "alloy-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files, and reads the environments among them. */
function read(files: Readonly<Record<string, string | Buffer>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { environments, diagnostics } = readEnvironments(folder);
  return { environments, messages: lines(diagnostics) };
}

function lines(diagnostics: readonly Diagnostic[]): readonly string[] {
  return new DiagnosticsError(diagnostics).diagnostics
    .map(formatDiagnostic)
    .map((line) => line.replaceAll(`${folder}/`, "").replaceAll(folder, "FOLDER"));
}

describe("alloy_files", () => {
  test("are read by their paths from the file that says them", () => {
    const { environments, messages } = read({
      "a.yaml": "extends: base/_all.yaml\n",
      "b.yaml": "extends: base/_all.yaml\nalloy_files: [own.alloy]\n",
      "c.yaml": "extends: base/_all.yaml\nalloy_files:\n",
      "base/_all.yaml": `${least}alloy_files: [gpu.alloy, ../own.alloy]\n`,
      "base/gpu.alloy": component,
      "own.alloy": "// nothing yet\n",
    });
    expect(messages).toEqual([]);
    expect(environments.map(({ alloyFiles }) => alloyFiles.map(({ name }) => name))).toEqual([
      ["base/gpu.alloy", "own.alloy"],
      ["own.alloy"],
      [],
    ]);
    const [first, second] = environments.map(({ alloyFiles }) => alloyFiles.at(-1));
    expect(first).toBe(second);
  });

  test.each<[string, string, Readonly<Record<string, string | Buffer>>, string]>([
    ["is not there", "[gpo.alloy]", { "gpu.alloy": "" }, "names no file that there is; write gpu.alloy"],
    ["is a folder", "[gpu]", { "gpu/a.alloy": "" }, "is a folder; name a file in it, such as gpu/gpu.alloy"],
    ["ends otherwise", "[gpu.river]", { "gpu.river": "" }, "doesn't end in .alloy; rename the file"],
    [
      "is elsewhere",
      "[../gpu.alloy]",
      {},
      "leads out of FOLDER; move the file into it, or into a folder there",
    ],
    ["is absolute", "[/etc/gpu.alloy]", {}, "is no path from this file; write one to a file in FOLDER"],
    [
      "stands twice",
      "[gpu.alloy, ./gpu.alloy]",
      { "gpu.alloy": "" },
      "is in the list already; remove one of the two",
    ],
    [
      "is too large",
      "[gpu.alloy]",
      { "gpu.alloy": `// ${"x".repeat(configMapLimit)}` },
      `has ${configMapLimit + 3} bytes, and the ConfigMap that it goes into takes ${configMapLimit}; write less`,
    ],
  ])("tell of one that %s", (_, list, files, message) => {
    const { messages } = read({ "a.yaml": `${least}alloy_files: ${list}\n`, ...files });
    expect(messages).toEqual([expect.stringMatching(/^a\.yaml:3:1[0-9]+|^a\.yaml:3:/)]);
    expect(messages[0]).toContain(`: ${message}`);
  });

  test("tell of one that may not be read", () => {
    if (process.getuid?.() === 0) return;
    writeFileSync(join(folder, "gpu.alloy"), "");
    chmodSync(join(folder, "gpu.alloy"), 0);
    const { messages } = read({ "a.yaml": `${least}alloy_files: [gpu.alloy]\n` });
    expect(messages).toEqual([expect.stringContaining("cannot be read: EACCES: permission denied")]);
  });

  test("tell where bytes are no text, and where a text is no config, once for all that name it", () => {
    const { messages } = read({
      "a.yaml": `${least}alloy_files: [bytes.alloy, syntax.alloy]\n`,
      "b.yaml": `${least}alloy_files: [syntax.alloy]\nremote: {label: b}\n`,
      "bytes.alloy": Buffer.from([0x2f, 0x2f, 0x0a, 0x61, 0xff]),
      "syntax.alloy": "// one\nprometheus.echo a { }\n",
    });
    expect(messages).toEqual([
      "bytes.alloy:2:2: is no UTF-8 text; save the file as UTF-8",
      'syntax.alloy:2:17: =, { or a label is expected, not a; write "a" in double quotes',
    ]);
  });

  test("tell of what is no list of texts", () => {
    expect(read({ "a.yaml": `${least}alloy_files: gpu.alloy\n`, "gpu.alloy": component }).messages).toEqual([
      'a.yaml:3:1: alloy_files: must be a list, is a string; write its items below it, each after "- "',
    ]);
  });
});

describe("alloy_requires", () => {
  test("are endpoints and paths, by component", () => {
    const { environments, messages } = read({
      "a.yaml": `${least}alloy_requires:\n  loki.write.a: [loki.example.com:443, ":3100", "[fd00::1]:80", /var/log/app]\n  loki.write.b: []\n`,
    });
    expect(messages).toEqual([]);
    expect(environments[0]?.alloyNeeds).toEqual(
      new Map([
        [
          "loki.write.a",
          {
            connections: [
              { host: "loki.example.com", port: 443 },
              { port: 3100 },
              { host: "[fd00::1]", port: 80 },
            ],
            paths: ["/var/log/app"],
          },
        ],
        ["loki.write.b", { connections: [], paths: [] }],
      ]),
    );
  });

  test.each([
    ["loki.example.com", "is neither an endpoint nor a path"],
    ["https://loki.example.com:443", "is neither an endpoint nor a path"],
    ["loki.example.com:70000", "is neither an endpoint nor a path"],
    ["/var/log/../app", "has ., .., // or a / at its end; write /var/app"],
  ])("are nothing else: %s", (need, message) => {
    const { messages } = read({ "a.yaml": `${least}alloy_requires: {loki.write.a: ["${need}"]}\n` });
    expect(messages).toEqual([expect.stringContaining(`alloy_requires["loki.write.a"][0]: ${message}`)]);
  });
});
