import fc from "fast-check";
import { parse } from "yaml";
import { isRecord } from "../../../lib/schema";
import { share } from "../../../scripts/migrate/fleet-file";
import { readValues } from "../../../scripts/migrate/read-values";
import { plain, type Value } from "../../../scripts/migrate/value";
import { textOf } from "../../../scripts/migrate/write";

function fail(_: unknown, __: unknown, message: string): never {
  throw new Error(message);
}

function toValue(content: unknown): Value {
  const [value] = readValues("a.yaml", JSON.stringify(content), fail, fail).documents;
  if (value === undefined) throw new Error("nothing is there");
  return value;
}

/** What a file says on top of what it extends. */
function onTop(own: unknown, base: unknown): unknown {
  if (!isRecord(own) || !isRecord(base)) return own;
  const names = new Set([...Object.keys(base), ...Object.keys(own)]);
  return Object.fromEntries(
    [...names].map((name) => [name, Object.hasOwn(own, name) ? onTop(own[name], base[name]) : base[name]]),
  );
}

function shared(environments: Readonly<Record<string, unknown>>) {
  const values = Object.entries(environments).map(([name, content]) => [name, toValue(content)] as const);
  const { fleet, own } = share(new Map(values));
  const written = (value: Value) => parse(textOf(value));
  return {
    fleet: fleet && written(fleet),
    own: new Map([...own].map(([name, value]) => [name, written(value)])),
  };
}

test("what all have alike is in one place, and what most say where they differ", () => {
  const { fleet, own } = shared({
    a: { x: 1, s: { t: 1, u: [1, 2] }, own: 1 },
    b: { x: 1, s: { t: 1, u: [1, 2] } },
    c: { x: 2, s: { t: 1, u: [1, 2] } },
  });
  expect(fleet).toEqual({ x: 1, s: { t: 1, u: [1, 2] } });
  expect(own.get("a")).toEqual({ extends: "_fleet.yaml", own: 1 });
  expect(own.get("b")).toEqual({ extends: "_fleet.yaml" });
  expect(own.get("c")).toEqual({ extends: "_fleet.yaml", x: 2 });
});

test("who has other settings than most stands alone", () => {
  const most = { x: 1, y: 2, z: 3 };
  const { fleet, own } = shared({ a: most, b: most, c: { x: 1 } });
  expect(fleet).toEqual(most);
  expect(own.get("c")).toEqual({ x: 1 });
});

test("a file of their own is not made for a line that two have alike", () => {
  expect(shared({ a: { x: 1, y: 1 }, b: { x: 1, y: 2 } }).fleet).toBeUndefined();
  expect(shared({ a: { x: 1, y: 1 } }).fleet).toBeUndefined();
});

test("together they say what each said, whatever that is", () => {
  const leaf = fc.oneof(fc.constantFrom(1, 2, "a", true), fc.constant([1, 2]), fc.constant({}));
  const name = fc.constantFrom("p", "q", "r", "s");
  const section = fc.dictionary(name, leaf, { maxKeys: 4 });
  const settings = fc.dictionary(name, fc.oneof(leaf, section), { maxKeys: 4 });
  fc.assert(
    fc.property(fc.array(settings, { minLength: 1, maxLength: 5 }), (all) => {
      const environments = Object.fromEntries(all.map((content, index) => [`e${index}`, content]));
      const { fleet, own } = shared(environments);
      for (const [environment, content] of Object.entries(environments)) {
        const { extends: extended, ...rest } = own.get(environment) ?? {};
        const is = extended === undefined ? rest : onTop(rest, fleet);
        expect(withoutEmpty(is)).toEqual(withoutEmpty(plain(toValue(content))));
      }
    }),
  );
});

/** A section that is empty says nothing. */
function withoutEmpty(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    name,
    withoutEmpty(inner),
  ]);
  return Object.fromEntries(entries.filter(([, inner]) => !isRecord(inner) || Object.keys(inner).length > 0));
}

test("a comment goes where its setting goes, and that of one who extends nothing stays", () => {
  const read = (text: string) => {
    const [value] = readValues("a.yaml", text, fail, fail).documents;
    if (value === undefined) throw new Error("nothing is there");
    return value;
  };
  const rest = "s:\n  # of t\n  t: 1\n  u: 2\nv: 3\n";
  const { fleet, own } = share(
    new Map([
      ["a", read("# of another\ns:\n  t: 1\n")],
      ["b", read(`# of s\n${rest}`)],
      ["c", read(rest)],
    ]),
  );
  expect(fleet && textOf(fleet)).toBe("# of s\ns:\n  # of t\n  t: 1\n  u: 2\n\nv: 3\n");
  expect(textOf(own.get("a") ?? toValue({}))).toBe("# of another\ns:\n  t: 1\n");
  expect(textOf(own.get("b") ?? toValue({}))).toBe("extends: _fleet.yaml\n");
});
