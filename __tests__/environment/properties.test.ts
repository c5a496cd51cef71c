import fc from "fast-check";
import { stringify, type ToStringOptions } from "yaml";
import { formatDiagnostic } from "../../lib/environment";
import { readEnvironment } from "../../lib/environment/read";
import { environmentOf, least } from "./reading";

/** Any text that a UTF-8 file can hold, with what YAML, Alloy and shells have a meaning for. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.stringMatching(/^[ \t\r\n"'\\#:{}[\]&*!|>%@`~<,?-]+$/),
  fc.constantFrom(
    "null",
    "true",
    "no",
    "1e3",
    "0x1f",
    "~",
    ".nan",
    "2024-01-01",
    "<<",
    "---",
    "\u0085",
    "\u2028",
  ),
);

// Neither blocks, flow maps nor folded lines, in which the library writes some strings wrong.
const style: fc.Arbitrary<ToStringOptions> = fc.record({
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE"),
  lineWidth: fc.constant(0),
});

describe("any environment", () => {
  test("keeps every string, however it is quoted", () => {
    fc.assert(
      fc.property(text, text, style, (label, scope, options) => {
        const settings = {
          container_runtime: "crio",
          remote: { endpoint: "https://otlp.example.com", secret: "a", scope: `x${scope}`, label },
        };
        const { cluster, destinations } = environmentOf(stringify(settings, options));
        expect(cluster).toBe(label === "" ? "local" : label);
        expect(destinations[0]?.auth).toMatchObject({ type: "oauth2", secret: "a", scope: `x${scope}` });
      }),
      { numRuns: 400 },
    );
  });
});

const word = fc.constantFrom(
  ...[
    "container_runtime",
    "local",
    "remote",
    "destinations",
    "secrets",
    "endpoint",
    "auth",
    "type",
    "from",
    "vault",
    "keys",
    "tls",
    "headers",
    "aistore",
    "ethtool",
    "alloy",
    "crio",
    "https://a",
    "yes",
  ],
  ...[
    "<<",
    "*a",
    "&a",
    "!a",
    "{{ .a }}",
    "---",
    "-",
    "- ",
    "? ",
    ": ",
    ":\n  ",
    "\n",
    "\n  ",
    "[",
    "]",
    "{",
    "}",
  ],
  ...['"', "'", "|\n", ">\n", "#", "\t", "\r\n", "%", "\uFEFF", "\0", "12", "~", "@", "`", ",", "__proto__"],
);

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null), word),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(word, fc.string()), tie("any"), { maxKeys: 4 }),
  ),
})).any;

describe("garbage", () => {
  /** Everything that is wrong is a diagnostic of one line, and there is an environment or a diagnostic. */
  function check(content: string): void {
    const { environment, diagnostics } = readEnvironment("x", "x.yaml", content);
    expect(environment === undefined).toBe(diagnostics.length > 0);
    for (const line of diagnostics.map(formatDiagnostic)) {
      expect(line).toMatch(/^x\.yaml:[1-9]\d*:[1-9]\d*: [^\n]+; [^\n]+$/);
    }
  }

  test("of words of YAML is a diagnostic", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        check(words.join(""));
        check([...least, words.join("")].join("\n"));
        check([...least, words.join(" ")].join("\n"));
      }),
      { numRuns: 400 },
    );
  });

  test("of any bytes is a diagnostic", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), check), { numRuns: 200 });
  });

  test("of YAML's structures is a diagnostic", () => {
    const names = ["host_network", "scrape", "aistore", "ethtool", "local", "remote", "alloy", "controller"];
    const named = fc.dictionary(fc.constantFrom("a", "b-c", "local", "__proto__", "constructor"), value);
    const settings = fc.record(
      {
        ...Object.fromEntries(names.map((name) => [name, value])),
        destinations: fc.oneof(value, named),
        secrets: fc.oneof(value, named),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(settings, (entries) => {
        check(stringify({ container_runtime: "crio", ...entries }));
      }),
      { numRuns: 200 },
    );
  });
});
