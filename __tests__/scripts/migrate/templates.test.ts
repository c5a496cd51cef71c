import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { stringify } from "yaml";
import { fillIn } from "../../../scripts/migrate/template";
import { packChart } from "../../chart/fixtures/packed-chart";
import { describeWithHelm, temporaryFolder } from "../../chart/fixtures/with-helm";

const data = {
  Environment: {
    Name: "north-1",
    Values: { runtime: "crio", shared: true, disabled: false, count: 3, none: "", limits: { memory: "1Gi" } },
  },
};

/** Templates that are filled in, and what each gives. */
const known: readonly (readonly [template: string, text: string])[] = [
  ["{{ .Environment.Name }}", "north-1"],
  ["{{ .Environment.Values.count }}", "3"],
  ["{{ $r := .Environment.Values.runtime }}{{ $r }}", "crio"],
  ['{{ .Environment.Values.none | default "usual" }}', "usual"],
  ['{{ .Environment.Values.runtime | default "usual" | quote }}', '"crio"'],
  ["{{ .Environment.Values.runtime | squote | upper }}", "'CRIO'"],
  ['{{ if eq .Environment.Values.runtime "crio" }}a{{ else }}b{{ end }}', "a"],
  ['{{ if eq .Environment.Values.runtime "docker" "crio" }}a{{ end }}', "a"],
  [
    '{{ if ne .Environment.Values.runtime "crio" }}a{{ else if .Environment.Values.shared }}b{{ else }}c{{ end }}',
    "b",
  ],
  ['{{ if hasKey .Environment.Values "disabled" }}a{{ end }}', "a"],
  ['{{ if hasKey .Environment.Values "on" }}a{{ else }}b{{ end }}', "b"],
  ["{{ if and .Environment.Values.shared (not .Environment.Values.disabled) }}a{{ end }}", "a"],
  ["{{ if or .Environment.Values.none .Environment.Values.disabled }}a{{ else }}b{{ end }}", "b"],
  ["{{ with .Environment.Values.limits }}{{ .memory }}{{ end }}", "1Gi"],
  ["{{ with .Environment.Values.none }}a{{ else }}b{{ end }}", "b"],
  ['{{ if empty .Environment.Values.none }}{{ ternary "a" "b" true }}{{ end }}', "a"],
  ['{{ coalesce .Environment.Values.none "c" }}', "c"],
  ['{{ get .Environment.Values "runtime" | trim | lower }}', "crio"],
  ["a{{/* no word */}}b", "ab"],
  ['{{ "x | y" }}', "x | y"],
];

test.each(known)("%s gives %j", (template, text) => {
  expect(fillIn(template, data)).toEqual({ text, unread: [] });
});

describeWithHelm("templates", () => {
  const folder = temporaryFolder();

  test("are filled in as helm's own engine does", () => {
    const each = known.map(
      ([template], index) => `{{- with .Values.data }}\n${index}=[${template}]\n{{- end }}`,
    );
    const text = `kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndata:\n  a: |\n${each.join("\n").replaceAll("\n", "\n    ")}`;
    const values = stringify({ data });
    const { archive } = packChart(folder.path, "templates", "1.0.0", {
      "templates/a.yaml": text,
      "values.yaml": values,
    });
    const { stdout, stderr } = spawnSync(process.env.HELM || "helm", ["template", "a", archive], {
      encoding: "utf8",
    });
    const given = [...stdout.matchAll(/^ *(\d+)=\[(.*)\]$/gm)].map(([, index, is = ""]) => [
      known[Number(index)]?.[0],
      is,
    ]);
    expect(stderr).toBe("");
    expect(given).toEqual(known);
  });
});

describe("what can't be read", () => {
  test.each([
    ['a: {{ requiredEnv "TOKEN" }}', 'requiredEnv "TOKEN"'],
    ["a: {{ .Environment.Values.missing }}", ".Environment.Values.missing"],
    ["a: {{ $unknown }}", "$unknown"],
    ["a: {{ .Environment.Name.below }}", ".Environment.Name.below"],
    ["a: {{ eq (1 2 }}", "eq (1 2"],
    ['a: {{ printf "%s" "b" }}', 'printf "%s" "b"'],
  ])("%s is told", (template, action) => {
    expect(fillIn(template, data).unread).toEqual([{ from: 1, to: 1, action }]);
  });

  test("of a block, all that depends on it is left out", () => {
    const text =
      "a: 1\n{{ range .Environment.Values.list }}\nb: {{ . }}\n{{ else }}\nc: 1\n{{ end }}\nd: 2\n";
    expect(fillIn(text, data)).toEqual({
      text: "a: 1\n\n\n\n\n\nd: 2\n",
      unread: [{ from: 2, to: 6, action: "range .Environment.Values.list" }],
    });
  });

  test("a block without an end", () => {
    expect(fillIn("a: 1\n{{ if unknown }}\nb: 2", data).unread).toEqual([
      { from: 2, to: 3, action: "if unknown" },
    ]);
  });
});

test("each line stays where it is, whatever the template", () => {
  const piece = fc.constantFrom(
    ...known.map(([template]) => template),
    "a: b\n",
    "\n",
    "{{- if unknown }}\n",
    "{{ else }}\n",
    "{{ end -}}\n",
    "{{",
    "}}",
    "{{/* a\nb */}}",
    '{{ requiredEnv\n"A" }}',
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const template = pieces.join("");
      const { text } = fillIn(template, data);
      expect(text.split("\n")).toHaveLength(template.split("\n").length);
    }),
  );
});
