import { code, table } from "../pages/markdown";

/** What the reference's types are: of each what TypeScript calls it, a value in TypeScript, and in Alloy's language. */
const types: readonly (readonly [
  name: string,
  typescript: string,
  value: string,
  alloy: string,
  about: string,
])[] = [
  [
    "string",
    "StringArg",
    '"text"',
    '"text"',
    "Any text. Where the table lists words, one of them: `EnumArg`.",
  ],
  [
    "regexp",
    "StringArg",
    '"^a.*"',
    '"^a.*"',
    "A regular expression of Go, RE2. One that isn't is a mistake.",
  ],
  ["size", "StringArg", '"512MiB"', '"512MiB"', "A number of bytes. `KiB` and `KB` are both 1024."],
  ["duration", "DurationArg", '"1m30s"', '"1m30s"', "As Go writes it: `ns`, `us`, `ms`, `s`, `m`, `h`."],
  ["bool", "BoolArg", "true", "true", "True or false."],
  ["number", "NumberArg", "0.5", "0.5", "Any number."],
  ["int, int32", "NumberArg", "-1", "-1", "A whole number, of 64 bits or as many as it says."],
  ["uint, uint16, …", "NumberArg", "9090", "9090", "A whole number from 0 on."],
  [
    "secret",
    "SecretArg",
    'sys.env("TOKEN")',
    'sys.env("TOKEN")',
    "Never a literal, so that none stands in a config.",
  ],
  ["string or secret", "StringArg", '"text"', '"text"', "A text, or `SecretArg`."],
  ["list(…)", "ListOf", '["a", "b"]', '["a", "b"]', "An item, or all of it, may be an expression."],
  ["map(…)", "MapOf", '{ a: "b" }', '{ "a" = "b" }', "A value, or all of it, may be an expression."],
  ["any", "AnyValue", "[1, { a: null }]", '[1, { "a" = null }]', "Any value of Alloy."],
  [
    "object",
    "an interface",
    "{ name: 1 }",
    "{ name = 1 }",
    "An object of known fields, which its section lists.",
  ],
];

const capsules: readonly (readonly [name: string, of: string, about: string])[] = [
  ["LogsReceiver", "`loki.*`", "Takes logs."],
  ["MetricsReceiver", "`prometheus.*`", "Takes metrics."],
  ["ProfilesReceiver", "`pyroscope.*`", "Takes profiles."],
  ["Consumer", "`otelcol.*`", "Takes metrics, logs or traces: the type says which."],
  ["RelabelRules", "`*.relabel`", "Relabeling rules."],
  ["AuthHandler", "`otelcol.auth.*`", "Authenticates."],
  ["ExtensionHandler", "`otelcol.extension.*`, `otelcol.storage.*`", "An extension of OpenTelemetry's."],
];

/** The page of the types that arguments and exports have. */
export function typesPage(mark: string): string {
  return `${[
    "# Types",
    mark,
    "What the tables of components call types. Each takes an expression too, such as an export of a component, or a call of [a function](functions.md). The declarations are in [the library](library.md#types-of-arguments).",
    "## Values",
    table(
      ["Type", "In TypeScript", "Such as", "In Alloy", "What it is"],
      types.map(([name, typescript, value, alloy, about]) => [
        name,
        typescript.includes(" ") ? typescript : code(typescript),
        code(value),
        code(alloy),
        about,
      ]),
    ),
    "## What only components have",
    "These exist in a running Alloy alone. An argument takes the export of another component: `archive.receiver` in TypeScript, `loki.write.archive.receiver` in Alloy's language.",
    table(
      ["Type", "Exported by", "What it is"],
      capsules.map(([name, of, about]) => [code(name), of, about]),
    ),
    "## Defaults",
    "A default is what Alloy takes where the argument is left out, as JSON. Where the column has a type alone, there is no default, or none is known; what is `required` must be written.",
    "## Blocks",
    "A block is an object in TypeScript. Where its table says `a list`, it is a list of objects, and the block stands once for each; `by label` is an object of them by their labels.",
  ].join("\n\n")}\n`;
}
