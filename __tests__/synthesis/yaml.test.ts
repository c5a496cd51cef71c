import fc from "fast-check";
import { stringify } from "yaml";
import type { Json, JsonMap } from "../../lib/chart";
import { parseManifests } from "../../lib/chart/render/manifest";
import { yamlOf } from "../../lib/synthesis/yaml";
import { describeWithEngines } from "../engines/engines";

/** Texts that YAML 1.1, YAML 1.2 and Go's YAML take for something else, each in another way. */
const words = [
  ...[
    "",
    " ",
    "--- a",
    "!!str a",
    "a: b",
    "a #b",
    "- a",
    "? a",
    "key: ~",
    "%YAML 1.2",
    "{a: b}",
    "{{ a }}",
    "it's",
  ],
  ..."~ null Null NULL y Y n yes No on OFF true False 0 -0 +1 017 0o17 -0o17 0x1F 0b11 -0b1 1_000 1__0_".split(
    " ",
  ),
  ..."_1 0_ +_1 . -. 1. .5 -.5 1e3 1e+3 1.5E-7 1_0.5_1 .inf -.Inf .NaN 1:20 190:20:30 2001-01-01".split(" "),
  ..."2001-01-01T00:00:00Z << = --- ... ! #a - ? : &a *a | > @a `a` \"a\" 'a' [a] a,b C:\\a".split(" "),
  ..."10.0.0.1 v1.18.1 100m 1Gi 1e3m".split(" "),
];

/** Characters that end a line, have no width, are none, or mean something at the start of a line. */
const characters = [
  ..."ab1 \t\n\r-:#?|>'\"\\~&*!%@`{}[],.=<é漢😀",
  ..."\0\x01\x07\b\v\f\x1b\x1f\x7f\x80\x85\x9f\xa0\u2028\u2029\ufeff\ufffd\ufffe\uffff",
];

const text = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.constantFrom(...words, ...characters), { maxLength: 6 }).map((lines) => lines.join("\n")),
);

/** A key of an object is on one line, and no longer than Go's YAML takes one. */
const key = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 9 }),
);

/** Every place in which an object has an operator's text. */
function objectWith(name: string, value: string): JsonMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "a", annotations: { [name]: value }, labels: { [value]: name } },
    data: { "config.alloy": value, [name]: "a" },
    spec: { args: [value, `--flag=${value}`, [value]], env: [{ name, value }, { name: value }] },
  };
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

jest.setTimeout(60_000);

test("an object stands as the library prints it", () => {
  const line = fc.stringMatching(/^[a-z]{1,7}( [a-z:#-]{1,3}){0,3}$/);
  const others = fc.array(fc.oneof(line, fc.constantFrom("", "  a", "\ta", "a ", "é", "---")));
  const lines = fc
    .tuple(line, others, fc.nat(3))
    .map(([first, more, end]) => [first, ...more].join("\n") + "\n".repeat(end));
  const { content } = fc.letrec((tie) => ({
    content: fc.dictionary(line, tie("value")),
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      ...[
        lines,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ],
      ...[fc.array(tie("value"), { maxLength: 3 }), tie("content")],
    ),
  }));
  fc.assert(
    fc.property(content, (any) => {
      const object: JsonMap = JSON.parse(JSON.stringify({ kind: "A", content: any }));
      expect(yamlOf(object)).toBe(stringify(object, { lineWidth: 0, version: "1.1" }));
    }),
    { numRuns: 300 },
  );
});

/** A word as a chart's template may print it without quotes. No one begins or ends a number by `_`. */
function isPlain(word: string): boolean {
  return /^[-+]?[.\w][-+.:\w]*$/.test(word) && !/^[-+]?_|_$/.test(word);
}

function valueIn(manifest: unknown): unknown {
  return manifest !== null && typeof manifest === "object" && "value" in manifest
    ? manifest.value
    : undefined;
}

test("a field that may change is printed as it stands, and one that many objects have the same in each", () => {
  const spec: JsonMap = { a: "one", list: [1] };
  expect(yamlOf({ spec })).toBe("spec:\n  a: one\n  list:\n    - 1\n");
  spec.a = "two";
  expect(yamlOf({ spec })).toBe("spec:\n  a: two\n  list:\n    - 1\n");
  const shared = Object.freeze({ a: "one" });
  for (const name of ["spec", "status", "spec"]) {
    expect(yamlOf({ [name]: shared })).toBe(`${name}:\n  a: one\n`);
  }
  expect(yamlOf({ spec: { inner: shared, list: [shared] } })).toBe(
    "spec:\n  inner:\n    a: one\n  list:\n    - a: one\n",
  );
});

describeWithEngines("the readers of manifests", (engines) => {
  const expectSame = async (content: JsonMap) => {
    const read = await engines.yaml(yamlOf(content));
    expect(read).toEqual({ ok: true, value: { kubernetes: content, kustomize: content } });
  };

  test.each(words)("read %j as the text that it is", (word) => expectSame(objectWith(word, word)));

  test.each(characters.map((character) => [nameOf(character), character]))(
    "read %s wherever it stands in a text",
    async (_, character) => {
      const texts = [
        character,
        ...[`${character}a`, `a${character}`, `a${character}b`, `\n${character}`, `${character}\n`],
        ...[
          `${character}a\nb`,
          `a\n${character}b`,
          `a${character}\nb\n`,
          `a\n${character}`,
          ` ${character}\na\n`,
        ],
      ];
      for (const one of texts) await expectSame(objectWith("a", one));
    },
  );

  test("read a line that is longer than what any of them folds or buffers at once", async () => {
    for (const fill of ["a", "a ", " ", "\t", "a: ", "é"]) {
      await expectSame(objectWith("a", `${fill.repeat(30_000)}a\n${fill.repeat(30_000)}`));
    }
  });

  test("read every text in every place", async () => {
    await fc.assert(
      fc.asyncProperty(key, text, (name, value) => expectSame(objectWith(name, value))),
      { numRuns: 2000 },
    );
  });

  test.each(words.filter(isPlain))(
    "read %s without quotes as charts' renders are read here",
    async (word) => {
      const manifest = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nvalue: ${word}\n`;
      const read = await engines.yaml(manifest);
      if (!read.ok) return;
      const [rendered] = parseManifests(manifest, "a chart");
      expect(JSON.stringify(rendered?.content.value)).toBe(JSON.stringify(valueIn(read.value.kubernetes)));
    },
  );

  test("read every number, bool and empty value as such", async () => {
    // JSON has one zero.
    const value = fc
      .jsonValue({ stringUnit: "grapheme" })
      .map((any): Json => JSON.parse(JSON.stringify(any)));
    await fc.assert(fc.asyncProperty(value, (content) => expectSame({ content })));
  });
});
