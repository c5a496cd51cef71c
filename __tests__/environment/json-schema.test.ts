import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { jsonSchemas } from "../../lib/environment/json-schema";
import { namesIn, settingRows } from "../../lib/environment/setting-tree";
import { fleet, fleetFolder } from "../fleet/fleet";
import { settingMistakes } from "./setting-mistakes";
import { destinationMistakes } from "./settings/destination-mistakes";
import { secretMistakes } from "./settings/secret-mistakes";

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

const committed = new Map(
  [...jsonSchemas().keys()].map((name) => [name, readFileSync(join("environments", name), "utf8")]),
);
const schema: { readonly definitions: { readonly settings: Schema } } = JSON.parse(
  committed.get("schema.json") ?? "",
);
const ajv = new Ajv({
  allowUnionTypes: true,
  strictTypes: false,
  formats: { uri: (text: string) => URL.canParse(text) },
});
const validate = ajv.addSchema(schema, "schema.json").compile<unknown>(schema);
const validateBase = ajv.compile<unknown>(JSON.parse(committed.get("base.schema.json") ?? ""));

/** The settings below a schema, by their keys. */
function settingsOf(schema: Schema, parent = ""): [key: string, setting: Schema][] {
  const { items, anyOf = [], additionalProperties: named } = schema;
  const shapes = [schema, ...(items ? [items] : []), ...anyOf];
  const entries = shapes.flatMap(({ properties = {} }) => Object.entries(properties));
  const inNamed = typeof named === "object" ? settingsOf(named, `${parent}*.`) : [];
  return [
    ...inNamed,
    ...entries.flatMap(([name, setting]): [key: string, setting: Schema][] => {
      const key = `${parent}${name}`;
      return [[key, setting], ...settingsOf(setting, `${key}.`)];
    }),
  ];
}

describe("the schemas beside the environments", () => {
  test.each([...jsonSchemas()])("%s is what npm run generate:schema writes", (name, one) => {
    expect(`${JSON.stringify(one, null, 2)}\n`).toBe(committed.get(name));
  });

  const all = settingsOf(schema.definitions.settings);
  const keysOf = (settings: typeof all) => settings.map(([key]) => key);

  test("explains every setting, and every chart value", () => {
    expect(keysOf(all)).toEqual(
      expect.arrayContaining([
        "remote.token_url",
        "aistore.name",
        "destinations.*.auth.keys.password",
        "secrets.*.mount",
        "controller.tolerations",
        "configReloader.image.tag",
      ]),
    );
    expect(keysOf(all.filter(([, { description = "" }]) => description === ""))).toEqual([]);
  });

  test("says of every setting that may be left out what holds then", () => {
    const own = settingRows().filter(({ key }) => !key.includes("[]") && namesIn().includes(key[0] ?? ""));
    const schemaOf = (key: readonly string[]) => {
      const name = key.map((part) => (part === "<name>" ? "*" : part)).join(".");
      return all.filter(([other]) => other === name).map(([, setting]) => setting);
    };
    for (const { key, unset, value } of own.filter(
      (row) => row.value !== undefined && row.unset !== undefined,
    )) {
      const isSaid = schemaOf(key).some(
        (setting) => setting.default !== undefined || setting.description?.includes(`Unset: ${unset}.`),
      );
      expect([key, value, isSaid || unset === "none"]).toEqual([key, value, true]);
    }
  });

  test("has a pattern for each duration, size and path", () => {
    const wanted = settingRows().filter(({ value }) =>
      /duration|quantity|\bpath|^number of /.test(value ?? ""),
    );
    const names = wanted.map(({ key }) => key.map((part) => (part === "<name>" ? "*" : part)).join("."));
    expect(names).toEqual(
      expect.arrayContaining([
        "storage.path",
        "secrets.*.refresh",
        "resources.limits.memory",
        "local.queue.size",
      ]),
    );
    const found = all.filter(([key]) => names.includes(key));
    expect(new Set(keysOf(found)).size).toBe(new Set(names).size);
    const hasPattern = (schema: Schema): boolean => {
      const { pattern, anyOf = [], items, additionalProperties: values } = schema;
      const inside = [...anyOf, ...[items, values].filter((one) => typeof one === "object")];
      return pattern !== undefined || inside.some(hasPattern);
    };
    expect(keysOf(found.filter(([, schema]) => !hasPattern(schema)))).toEqual([]);
  });

  test.each([
    ["alloy: {extraEnv: [{name: A, value: a}]}", true],
    ["alloy: {clustering: {enabled: true}}", false],
    ["alloy: {mounts: {varlog: true}}", true],
    ["controller: {nodeSelector: {a: b}}", true],
    ["controller: {dnsPolicy: Default}", false],
    ["rbac: {create: true}", false],
    ["networkPolicy: {enabled: true}", false],
    ["configReloader: {customArgs: []}", false],
  ])("takes of the chart's values those that synth takes: %s is %p", (line, valid) => {
    expect(validate({ container_runtime: "containerd", ...parse(line) })).toBe(valid);
  });

  test.each(fleet.map(({ name }) => name))("takes %s", (name) => {
    const text = readFileSync(join(fleetFolder, `${name}.yaml`), "utf8");
    expect(validate(parse(text)) ? [] : validate.errors).toEqual([]);
  });

  const mistakes = { ...settingMistakes, ...destinationMistakes, ...secretMistakes };

  // What JSON Schema can't say: whether a regexp is RE2's, whether a path is free, whether a cluster or a header is named twice, and which
  // headers may be sent.
  const beyond =
    /has no effect with(out)? as: |RE2 regexp|lookaround|collides with|again; remove|\.headers.*(name of a header|credentials|control|exporter)/;

  for (const [name, { bad, says, good }] of Object.entries(mistakes)) {
    test(`takes what is good beside ${name}`, () => {
      expect(validate(parse(good.join("\n"))) ? [] : validate.errors).toEqual([]);
    });
    test(`refuses ${name}, if it can`, () => {
      expect(validate(parse(bad.join("\n")))).toBe(says.some((line) => beyond.test(line)));
    });
  }

  test.each([
    ["alloy: {enableReporting: false}\ncontroller:", true],
    ["alloy: {stabilityLevl: experimental}", false],
    ["alloy: debug", false],
  ])("checks chart values: %j", (text, valid) => {
    const least = "container_runtime: crio\nlocal: {endpoint: http://otlp.example.com}\n";
    expect(validate(parse(least + text))).toBe(valid);
  });

  // What a file lacks may be in the one that it extends.
  test.each([
    ["extends: _fleet.yaml", true],
    ["extends: _fleet.yaml\ndestinations: {archive: ~}\nsecrets: {a: ~}\nremote: ~\ncontroller: ~", true],
    ["extends: _fleet.yaml\ndestinations: {a: {auth: {secret: b}}}\nsecrets: {a: {refresh: 5m}}", true],
    ["extends: _fleet.yaml\ndestinations: {a: {auth: {type: bearer, scope: ~}}}", true],
    ["extends: _fleet.yaml\ndestinations: {a: {auth: {type: bearer, scope: a}}}", false],
    ["extends: _fleet.yaml\ndestinations: {a: {auth: {type: bear}}}", false],
    ["extends: _fleet.yaml\nhost_netwrok: true", false],
    ["extends: _fleet.yaml\naistore: [{namespace: ais}]", false],
    ["extends: defaults/fleet.yaml", true],
    ["extends: _fleet", false],
    ["extends: /srv/fleet.yaml", false],
    ["extends: [_fleet.yaml]", false],
    ["extends:", false],
    ["extends: ''", false],
    ["extends:\ncontainer_runtime: crio", true],
  ])("know what a file extends: %j is %p", (text, valid) => {
    expect(validate(parse(text))).toBe(valid);
  });

  test.each([
    ["remote: {secret: a}\ndestinations: {a: {auth: {type: bearer}}}", true],
    ["extends: _fleet.yaml", true],
    ["remot: {secret: a}", false],
  ])("ask for nothing in a file that is extended: %j is %p", (text, valid) => {
    expect(validateBase(parse(text))).toBe(valid);
    expect(validate(parse(text))).toBe(text.startsWith("extends"));
  });
});
