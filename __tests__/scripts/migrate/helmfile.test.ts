import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { migrate } from "../../../scripts/migrate/migrate";

const local = "local: {endpoint: 'http://collector.monitoring.svc:4318'}\n";

/** What becomes of a helmfile and the files that are beside it. */
function migrated(files: Readonly<Record<string, string>>, values?: string) {
  const folder = mkdtempSync(join(tmpdir(), "helmfile-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { files: written, report } = migrate({
      helmfile: join(folder, "helmfile.yaml"),
      values: values === undefined ? undefined : join(folder, values),
      names: [],
      output: join(folder, "environments"),
      overwrite: false,
    });
    const shown = (text: string) => text.replaceAll(`${folder}/`, "");
    return {
      written: new Map([...written].map(([name, text]): [string, unknown] => [name, parse(text)])),
      told: report.lines.map(shown),
      problems: report.problems.map(({ file, line, message }) => shown(`${file}:${line}: ${message}`)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A helmfile of one environment, `lab`. */
function helmfile(values: string, release: string, others = ""): string {
  return `environments:
  lab:
    values: ${values}
---
releases:
  - name: alloy
    namespace: monitoring
    chart: grafana/alloy
    ${release}
${others}`;
}

const inline = helmfile("[{container_runtime: crio}]", "values: [values.yaml]");

describe("where values are from", () => {
  test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ["a path beside the helmfile", { "helmfile.yaml": inline, "values.yaml": local }, undefined],
    [
      "a map in the helmfile",
      { "helmfile.yaml": helmfile("[{container_runtime: crio}]", `values: [{${local.trim()}}]`) },
      undefined,
    ],
    [
      "the environment's own file",
      {
        "helmfile.yaml": helmfile("[lab/state.yaml]", "values: [values.yaml]"),
        "lab/state.yaml": "container_runtime: crio\n",
        "values.yaml": local,
      },
      undefined,
    ],
    [
      "an address in a repository, by its name",
      {
        "helmfile.yaml": helmfile(
          "[{container_runtime: crio}]",
          "values: ['git::https://git.example.com/a.git@b/c.yaml?ref=main']",
        ),
        "v/c.yaml": local,
      },
      "v",
    ],
    [
      "an address in a repository, by its path there",
      {
        "helmfile.yaml": helmfile(
          "[{container_runtime: crio}]",
          "values: ['git::ssh://git@git.example.com/a.git//x/y/@c.yaml']",
        ),
        "v/x/y/c.yaml": local,
      },
      "v",
    ],
    [
      "a template",
      {
        "helmfile.yaml": helmfile(
          "[{container_runtime: crio, url: 'http://collector.monitoring.svc:4318'}]",
          "values: [v.yaml.gotmpl]",
        ),
        "v.yaml.gotmpl": "local:\n  endpoint: {{ .Values.url }}\n",
      },
      undefined,
    ],
  ])("%s", (_, files, values) => {
    const { written, problems } = migrated(files, values);
    expect(problems).toEqual([]);
    expect(written.get("lab.yaml")).toMatchObject({
      container_runtime: "crio",
      local: { endpoint: "http://collector.monitoring.svc:4318" },
    });
  });
});

test("later values win over earlier ones, and set over all", () => {
  const { written, told } = migrated({
    "helmfile.yaml": helmfile(
      "[{container_runtime: docker}, {container_runtime: crio}]",
      "values: [values.yaml, {alloy: {listenPort: 1111, extraEnv: [{name: A, value: b}]}}]\n    set: [{name: alloy.listenPort, value: 12346}]",
    ),
    "values.yaml": `${local}alloy: {listenPort: 2222, extraEnv: []}\n`,
  });
  expect(written.get("lab.yaml")).toMatchObject({
    container_runtime: "crio",
    ui: { port: 12346 },
    alloy: { extraEnv: [{ name: "A", value: "b" }] },
  });
  expect(told).toEqual(
    expect.arrayContaining([
      "values.yaml:2:9: alloy.listenPort: is left out: helmfile.yaml:9 says otherwise",
      "helmfile.yaml:9:36: alloy.listenPort: is left out: helmfile.yaml:10 says otherwise",
    ]),
  );
});

test("a file that is named twice says nothing otherwise than itself", () => {
  const { written, told } = migrated({
    "helmfile.yaml": helmfile(
      "[{container_runtime: crio}]",
      "values: [values.yaml, values.yaml, {scrape: {https: false}}, {scrape: {https: true}}]",
    ),
    "values.yaml": `${local}scrape: {https: true}\n`,
  });
  expect(written.get("lab.yaml")).toMatchObject({ scrape: { https: true } });
  expect(told.filter((line) => line.includes("says otherwise"))).toEqual([
    "helmfile.yaml:9:50: scrape.https: is left out: helmfile.yaml:9 says otherwise",
    "values.yaml:2:10: scrape.https: is left out: helmfile.yaml:9 says otherwise",
  ]);
});

describe("what isn't read is told", () => {
  test.each([
    [
      "secrets: [secrets.yaml]",
      "helmfile.yaml:9:15: releases.alloy.secrets[0]: is left out: it is encrypted, and nothing of it is read",
    ],
    [
      "jsonPatches: [{a: b}]",
      "helmfile.yaml:9:20: releases.alloy.jsonPatches[0].a: is left out: it changes what is applied",
    ],
    ["atomic: true", "helmfile.yaml:9:5: releases.alloy.atomic: is left out: helmfile alone takes it"],
  ])("%s", (line, message) => {
    const text = inline.replace("    values: [values.yaml]", `    ${line}\n    values: [values.yaml]`);
    const { told } = migrated({ "helmfile.yaml": text, "values.yaml": local });
    expect(told).toContainEqual(expect.stringContaining(message));
  });

  test("a second agent", () => {
    const other = "  - {name: traces, namespace: monitoring, chart: grafana/alloy}\n";
    const { told, written } = migrated({ "helmfile.yaml": `${inline}${other}`, "values.yaml": local });
    expect(told).toContainEqual(
      expect.stringContaining("releases.traces: is left out: it is another agent, beside the first"),
    );
    expect(written.size).toBe(1);
  });
});

test("namespaces are those of the agent's release", () => {
  const text = inline.replace("namespace: monitoring", "namespace: agents\n    createNamespace: false");
  const { written } = migrated({ "helmfile.yaml": text, "values.yaml": local });
  expect(written.get("lab.yaml")).toMatchObject({ namespace: "agents", create_namespace: false });
});

test("a name that no folder of manifests can have is changed, and said", () => {
  const { written, told } = migrated({
    "helmfile.yaml": inline.replace("lab:", "Lab_1:"),
    "values.yaml": local,
  });
  expect([...written.keys()]).toEqual(["lab-1.yaml"]);
  expect(told).toContain(
    "helmfile.yaml:2:3: environments.Lab_1: is written as lab-1: the name is that of a folder, too",
  );
});

test("two environments of one name are not written over each other", () => {
  const text = inline.replace("  lab:\n", "  lab-1:\n    values: [{container_runtime: docker}]\n  Lab_1:\n");
  const { problems, written } = migrated({ "helmfile.yaml": text, "values.yaml": local });
  expect(problems).toEqual([
    "helmfile.yaml:4: has the name lab-1 as another environment; rename it in the helmfile (Lab_1)",
  ]);
  expect(written.get("lab-1.yaml")).toMatchObject({ container_runtime: "docker" });
});

test("without the agent's chart there is nothing to migrate", () => {
  const { problems, written } = migrated({
    "helmfile.yaml": inline.replace("grafana/alloy", "grafana/loki"),
  });
  expect(problems).toEqual([
    "helmfile.yaml:2: has none of the chart alloy, which is the agent; name today's helmfile",
  ]);
  expect(written.size).toBe(0);
});
