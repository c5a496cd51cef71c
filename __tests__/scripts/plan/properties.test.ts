import fc from "fast-check";
import { canonicalJson, copyMap, type JsonMap } from "../../../lib/chart/render/manifest";
import { type Manifests, withIndex } from "../../../lib/synthesis";
import { yamlOf } from "../../../lib/synthesis/yaml";
import { environmentChange } from "../../../scripts/plan/environment-change";

const scalar = fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant("a\nb\n"));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "name", "mountPath", "x y"), tie("any"), { maxKeys: 3 }),
  ),
})).any;

const kinds = fc.constantFrom(
  "ConfigMap",
  "Service",
  "DaemonSet",
  "Secret",
  "Namespace",
  "NetworkPolicy",
  "Role",
);
const object = fc
  .record({
    kind: kinds,
    name: fc.constantFrom("a", "b"),
    spec: value,
    data: fc.dictionary(fc.constantFrom("k", "l"), scalar),
  })
  .map(({ kind, name, spec, data }) =>
    copyMap({ apiVersion: "v1", kind, metadata: { name, namespace: "n" }, spec: Object(spec), data }),
  );

const objects = fc.uniqueArray(object, {
  maxLength: 4,
  selector: ({ kind, metadata }) => canonicalJson([kind, metadata]),
});

function filesOf(all: readonly JsonMap[]): Manifests {
  return new Map(all.map((one) => [`${one.kind}.${canonicalJson(one.metadata)}.yaml`, yamlOf(one)]));
}

/** The objects and their texts, whatever their order. */
function bytesOf(files: Manifests): string {
  return canonicalJson(Object.fromEntries(files));
}

test("a plan is silent where no byte changes, and says where one does whether an object does", () => {
  fc.assert(
    fc.property(objects, objects, (before, after) => {
      const [old, present] = [filesOf(before), filesOf(after)];
      const change = environmentChange("e", withIndex(old), present);
      expect(change === undefined).toBe(bytesOf(old) === bytesOf(present));
      const byName = (all: readonly JsonMap[]) => all.map(canonicalJson).sort().join("\n");
      expect(change !== undefined && change.objects.length > 0).toBe(byName(before) !== byName(after));
      if (change !== undefined) expect(change.statements).not.toEqual([]);
    }),
  );
});

test("an edit of one place of an object is told, and its way back too", () => {
  fc.assert(
    fc.property(object, value, (one, other) => {
      const edited = { ...one, spec: Object(other) };
      const [old, present] = [filesOf([one]), filesOf([copyMap(edited)])];
      for (const [from, to] of [
        [old, present],
        [present, old],
      ] as const) {
        const change = environmentChange("e", withIndex(from), to);
        expect(change === undefined).toBe(canonicalJson(one) === canonicalJson(copyMap(edited)));
      }
    }),
  );
});

/** Ways to write an object otherwise. */
const ways: readonly ((text: string) => string)[] = [
  (text) => `# A comment.\n${text}`,
  (text) => `---\n${text}`,
  (text) => `${text}\n`,
  (text) => text.replace("kind: ", "kind:   "),
];

test("an object that is written otherwise is no other object, and that is said", () => {
  fc.assert(
    fc.property(object, fc.constantFrom(...ways), (one, way) => {
      const files = filesOf([one]);
      const rewritten = new Map([...files].map(([name, text]) => [name, way(text)]));
      const change = environmentChange("e", withIndex(rewritten), files);
      expect(change?.objects).toEqual([]);
      expect(change?.statements.map(({ lines }) => lines)).toEqual([
        [
          {
            sign: " ",
            text: expect.stringMatching(/^only how it is written changes: an apply changes nothing/),
          },
        ],
      ]);
    }),
  );
});

test("a list of files that was changed, or is missing, is written anew, which is said", () => {
  const files = filesOf([copyMap({ apiVersion: "v1", kind: "Service", metadata: { name: "a" } })]);
  const listed = withIndex(files);
  expect(environmentChange("e", listed, files)).toBeUndefined();
  for (const before of [files, new Map([...listed, [".generated-files", "x"]])]) {
    expect(environmentChange("e", before, files)?.statements).toMatchObject([
      { lines: [{ text: expect.stringContaining("(.generated-files)") }] },
    ]);
  }
});

test("no value of a Secret is ever told", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{12,20}$/), fc.stringMatching(/^[A-Z]{12,20}$/), (old, present) => {
      const secret = (text: string) =>
        filesOf([
          copyMap({
            apiVersion: "v1",
            kind: "Secret",
            metadata: {
              name: "a",
              annotations: { "kubectl.kubernetes.io/last-applied-configuration": text },
            },
            data: { k: text },
            stringData: { l: text },
          }),
        ]);
      for (const before of [secret(old), new Map<string, string>()]) {
        const change = environmentChange("e", withIndex(before), secret(present));
        const told = JSON.stringify(change?.statements);
        expect(told).toContain("Secret a");
        expect(told).not.toMatch(new RegExp(`${old}|${present}`));
      }
    }),
    { numRuns: 20 },
  );
});
