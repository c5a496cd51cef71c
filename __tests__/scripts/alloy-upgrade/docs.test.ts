import { anchorFor, parsePage } from "../../../scripts/alloy-upgrade/docs";
import { documentedValue } from "../../../scripts/alloy-upgrade/documented-value";

const page = parsePage(
  "docs/sources/reference/components/a/a.b.md",
  `---
title: a.b
---
# \`a.b\`

## Arguments

| Name | Type | Description | Default | Required |
| ---- | ---- | ----------- | ------- | -------- |
| \`url\` | \`string\` | Where to. | | yes |
| \`mode\` | \`string\` | \`x\` \\| \`y\`. | \`"x"\` | no |
| \`one\`, \`two\` | \`number\` | Numbers. | _see below_ | no |

\`\`\`alloy
| \`no\` | \`string\` | In code. | | no |
\`\`\`

## Blocks

| Block | Description | Required |
| ----- | ----------- | -------- |
| [\`client\`][client] | The client. | no |
| \`client\` > [\`tls\`][client tls] | Its TLS. | no |

[client]: #client
[client tls]: #tls-1

### \`client\`

| Name | Type | Description | Default | Required |
| ---- | ---- | ----------- | ------- | -------- |
| \`timeout\` | \`duration\` | How long. | \`"5s"\` | no |

### \`tls\`

### \`tls\`

| Attribute | Type | Description | Default | Required |
| ---- | ---- | ----------- | ------- | -------- |
| \`ca\` | \`string\` | The CA. | 250ms | no |

### \`stage.json\`

| Name | Type | Description | Default | Required |
| ---- | ---- | ----------- | ------- | -------- |
| \`source\` | \`string\` | From. | | no |
`,
);

test("a page has the attributes of its sections, with what their cells say", () => {
  expect([...(page.sections.get("arguments")?.attributes ?? [])]).toEqual([
    ["url", { type: "string", description: "Where to.", default: undefined }],
    ["mode", { type: "string", description: "`x` | `y`.", default: '"x"' }],
    ["one", { type: "number", description: "Numbers.", default: undefined }],
    ["two", { type: "number", description: "Numbers.", default: undefined }],
  ]);
  expect(page.sections.get("tls-1")?.attributes.get("ca")?.default).toBe("250ms");
});

test.each([
  [[], ["url"], "arguments"],
  [["client"], ["timeout"], "client"],
  [["client", "tls"], ["ca"], "tls-1"],
  [["stage.json"], ["source"], "stagejson"],
  [["other", "tls"], ["ca", "cert"], "tls-1"],
  [["other", "tls"], ["ca", "cert", "key"], undefined],
  [["other"], ["ca"], undefined],
])("the section of %j with %j is %s", (path, attributes, anchor) => {
  expect(anchorFor(page, path, attributes)).toBe(anchor);
});

test.each([
  ['"5s"', "duration", "5s"],
  ["250ms", "duration", "250ms"],
  ["unset", "duration", undefined],
  ['"x"', "string", "x"],
  ["autodetect", "string", "autodetect"],
  ["See below", "string", undefined],
  ["12", "number", 12],
  ["9223372036854775807", "number", undefined],
  ['"12"', "number", undefined],
  ["true", "bool", true],
  [undefined, "bool", undefined],
] as const)("the default %s of a %s is %s", (cell, k, value) => {
  const type = k === "number" ? { k, num: "int" as const, bits: 64 } : { k };
  expect(documentedValue(cell, type)).toBe(value);
});

test("a default that is none of the words, or of another type, is none", () => {
  expect(documentedValue('"c"', { k: "string", enum: ["a", "b"] })).toBeUndefined();
  expect(documentedValue('"a"', { k: "string", enum: ["a", "b"] })).toBe("a");
  expect(documentedValue("[]", { k: "list", of: { k: "string" } })).toEqual([]);
  expect(documentedValue("[1]", { k: "list", of: { k: "string" } })).toBeUndefined();
});
