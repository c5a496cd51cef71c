import { App, Chart } from "cdk8s";
import fc from "fast-check";
import { parse, print } from "../../../lib/alloy";
import { walkBody } from "../../../lib/alloy/syntax/tree";
import { AistorePipeline } from "../../../lib/pipeline";
import { describeWithEngines } from "../../engines/engines";
import { fleet } from "../../fleet/fleet";
import { agent } from "../../pipeline/pipeline-of";

// Thousands of texts go through a process.
jest.setTimeout(120_000);

/**
 * What may stand between two words of a line, and between lines. Comments are where people write them: in calls, after
 * calls of several lines and before parentheses the formatter moves them at each run, or makes a text that is no config.
 */
const blank = fc.constantFrom("", " ", "  ", "\t");
const newline = fc.constantFrom(
  "\n",
  "\n\n",
  "\n\n\n",
  " // c\n",
  "\r\n",
  "\n// d\n",
  "\n\n/* e\nf */\n",
  " /* g */\n",
);
const between = fc.oneof({ weight: 3, arbitrary: blank }, { weight: 1, arbitrary: newline });
const plain = fc.constantFrom("", " ", "\t");

const name = fc.constantFrom("a", "bcd", "_e1", "true1", "étoile", "long_name_of_it");
const operator = fc.constantFrom("||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "^");
const literal = fc.constantFrom(
  ...["1", "007", "1.50", ".5", "2e3", "true", "false", "null", '""', '"é\\n\\"\\\\"', '"\\x41\\u00e9"'],
  ...["``", "`a\\d`", "`b\n\n  c`", '"{ } [ ] // /* "'],
);

/** Parts of a text one after the other. */
function joined(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((all) => all.join(""));
}

/** Items with commas between them, and perhaps one at the end. */
function items(item: fc.Arbitrary<string>, before = between): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(joined(before, item, blank), { maxLength: 4 }), fc.boolean(), before)
    .map(
      ([all, comma, end]) =>
        all.join(",") + (comma && all.length > 0 ? "," : "") + (all.length > 0 && !comma ? "" : end),
    );
}

const { body } = fc.letrec<{ value: string; body: string; statement: string }>((tie) => {
  const of = tie("value");
  return {
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      literal,
      name,
      joined("[", items(of), "]"),
      joined("{", items(joined(fc.oneof(name, fc.constant('"b c"')), blank, "=", blank, of)), "}"),
      joined(name, ".", name, "(", items(of, plain), ")"),
      joined(name, ".", name, "[", plain, of, blank, "]"),
      joined(fc.constantFrom("!", "-"), of),
      joined(of, " ", operator, plain, fc.oneof(of, joined("(", plain, of, blank, ")"))),
    ),
    statement: fc.oneof(
      { maxDepth: 3 },
      joined(name, blank, "=", blank, of),
      joined(
        name,
        ".",
        name,
        fc.constantFrom("", ' "label" ', ' "" '),
        blank,
        "{",
        fc.constantFrom("", "\n", " // c\n"),
        tie("body"),
        "}",
      ),
    ),
    body: fc.array(joined(tie("statement"), newline), { maxLength: 4 }).map((all) => all.join("")),
  };
});

const file = joined(
  fc.constantFrom("", "// first\n", "\n\n", "/* a */ "),
  body,
  fc.constantFrom("", "// last", "\n\n"),
);

/** The places of mistakes, in order. */
function places(messages: readonly string[]): readonly string[] {
  const found = messages.map((message) => /^\d+:\d+/.exec(message)?.[0] ?? message);
  return [...new Set(found)].sort(new Intl.Collator("en", { numeric: true }).compare);
}

/** What is said of `'`, `#`, `:`, `;` and `“`. */
const ofOthers = /for '$|begins no comment|^[:;] can't stand|is no quote/;

function ourPlaces(text: string): readonly string[] {
  return places(parse(text).mistakes.map(({ at }) => String(at)));
}

function wordsOf(text: string): readonly string[] {
  return parse(text).comments.map((comment) => comment.text);
}

describeWithEngines("what is read and printed", (engines) => {
  test("is what Alloy's parser takes, and what its formatter leaves, with all comments and all that it says", async () => {
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        const parsed = parse(text);
        expect(parsed.mistakes).toEqual([]);
        const printed = print(parsed);
        const formatted = await engines.format(printed);
        expect(formatted).toEqual({ ok: true, value: printed === "" ? "\n" : printed });
        expect(wordsOf(printed)).toEqual(parsed.comments.map((comment) => comment.text));
        expect(await engines.format(text)).toMatchObject({ ok: true });
      }),
      // Where comments and calls of several lines meet, the formatter needs several runs: these texts have no such places.
      { numRuns: 600, seed: 15 },
    );
  });

  test("has the values that Alloy reads", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(literal, { minLength: 1 }), async (literals) => {
        const text = literals.map((one, index) => `a${index} = ${one}\n`).join("");
        const ours = parse(text).body.attributes.map(({ value: of }) => of.kind === "literal" && of.value);
        const answer = await engines.evaluate(text);
        expect(answer.ok && answer.value.attributes.map((one) => one.value)).toEqual(ours);
      }),
      { numRuns: 50 },
    );
  });
});

const synthesized = fleet.map((environment) =>
  new AistorePipeline(new Chart(new App(), environment.name), "config", environment, agent).toString(),
);

/** A config with one thing removed, doubled or put in. */
const broken = fc
  .tuple(
    fc.oneof(fc.constantFrom(...synthesized), file),
    fc.nat(),
    fc.constantFrom("remove", "double", "replace"),
    fc.constantFrom(..."{}[]()=,.\"'`/#:;!&|é\n\\", "/*", "//", "1e", "a b", "\\q", '"\\x4', "“"),
  )
  .map(([text, seed, how, by]) => {
    const words = [...text.matchAll(/\w+|\s+|[^\w\s]/g)];
    const word = words[seed % Math.max(1, words.length)];
    if (word === undefined) return by;
    const after = text.slice(word.index + word[0].length);
    return (
      text.slice(0, word.index) + (how === "remove" ? "" : how === "double" ? word[0] + word[0] : by) + after
    );
  });

describeWithEngines("mistakes", (engines) => {
  test("are where Alloy's parser finds them", async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(broken, async (text) => {
        const answer = await engines.format(text);
        const said = answer.ok ? [] : answer.error.split("\n");
        const [first, expected] = [places(said.slice(0, 1)), places(said)];
        if (expected.length > 0) found += 1;
        const ours = ourPlaces(text);
        const other = parse(text).mistakes.find(({ message }) => ofOthers.test(message));
        if (other === undefined) {
          expect(ours).toEqual(expected);
        } else {
          // Of what other languages write it finds wrong what is around it, too: once is enough.
          expect(expected).toContain(String(other.at));
          expect(ours).toEqual(expect.arrayContaining(first));
        }
      }),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(200);
  });
});

test("every value of what is synthesized has its place", () => {
  for (const text of synthesized) walkBody(parse(text).body, (one) => expect(one.at?.text).not.toBe(""));
  expect(synthesized.length).toBeGreaterThan(5);
});
