import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AlloySources, type SourceSchema } from "../../../scripts/alloy-upgrade/sources";
import { moduleSources } from "../../../scripts/go-program";
import { declareMissing } from "../../engines/describe";

const go = moduleSources("github.com/grafana/alloy/syntax@v0.1.1");

/** The sources of an Alloy with one component, of which this is the package. */
function written(folder: string, component: string): string {
  const files = {
    "internal/component/all/all.go":
      'package all\nimport _ "github.com/grafana/alloy/internal/component/a"\n',
    "internal/component/a/a.go": `package a
import ("time"; "github.com/other/defaults"; "github.com/grafana/alloy/internal/component"; "github.com/grafana/alloy/internal/featuregate")
func init() {
  component.Register(component.Registration{Name: "a.b", Stability: featuregate.StabilityExperimental, Args: Arguments{}})
}
${component}
`,
    ...Object.fromEntries(
      [
        "runtime/logging.Options",
        "runtime/tracing.Options",
        "service/http.Arguments",
        "service/livedebugging.Arguments",
      ]
        .concat(["service/remotecfg.Arguments", "service/labelstore.Arguments"])
        .concat(["File", "Git", "HTTP", "String"].map((kind) => `nodeconf/importsource.${kind}Arguments`))
        .concat(["argument", "export", "foreach"].map((kind) => `nodeconf/${kind}.Arguments`))
        .map((one) => {
          const [path = "", type = ""] = one.split(".");
          return [`internal/${path}/${type}.go`, `package x\ntype ${type} struct{}\n`];
        }),
    ),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const define = () => {
  const sources = new AlloySources();
  const folders: string[] = [];
  afterAll(() => {
    sources.close();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  function argsOf(component: string): SourceSchema["components"][number]["args"] {
    const folder = mkdtempSync(join(tmpdir(), "alloy-like-"));
    folders.push(folder);
    const { components } = sources.schemaOf({ version: "v0.0.0", folder: written(folder, component) });
    expect(components).toMatchObject([{ name: "a.b", stability: "experimental" }]);
    return components[0]?.args ?? { go: "" };
  }

  function defaultsOf(component: string) {
    const args = argsOf(`type Arguments struct {
  A string \`alloy:"a,attr,optional"\`
  B time.Duration \`alloy:"b,attr,optional"\`
  C []string \`alloy:"c,attr,optional"\`
  In Inner \`alloy:"in,block,optional"\`
}
type Inner struct { N int \`alloy:"n,attr,optional"\` }
${component}`);
    if ("config" in args) throw new Error("no component holds others");
    const inner = args.blocks?.[0]?.body;
    const all = [
      ...(args.attributes ?? []),
      ...(inner !== undefined && "go" in inner ? (inner.attributes ?? []) : []),
    ];
    return Object.fromEntries(
      all.map(({ name, default: value, unknownDefault }) => [
        name,
        unknownDefault === undefined ? value : { unknown: unknownDefault },
      ]),
    );
  }

  test.each<[what: string, component: string, defaults: object]>([
    ["nothing sets", "", {}],
    [
      "a method sets, by a variable",
      `var fallback = Arguments{A: word + "!", B: 2 * time.Minute, C: []string{"x", ""}, In: Inner{N: 1 << 10}}
const word = "w"
func (args *Arguments) SetToDefault() { *args = fallback }`,
      { a: "w!", b: "2m0s", c: ["x", ""], n: 1024 },
    ],
    [
      "a method sets one by one, by functions",
      `func (args *Arguments) SetToDefault() { args.A = name(); args.In.SetToDefault() }
func name() string { const unused = 1; n := "f"; return n }
func (in *Inner) SetToDefault() { in.N = 7 }`,
      { a: "f", n: 7 },
    ],
    [
      "a block's own method sets, whatever is around it",
      `func (args *Arguments) SetToDefault() { *args = Arguments{In: Inner{N: 1}} }
func (in *Inner) SetToDefault() { in.N = 7 }`,
      { n: 7 },
    ],
    [
      "UnmarshalAlloy sets first",
      `func (args *Arguments) UnmarshalAlloy(f func(any) error) error { *args = Arguments{A: "u"}; return f(args) }`,
      { a: "u" },
    ],
    [
      "another module knows",
      "func (args *Arguments) SetToDefault() { *args = Arguments{A: defaults.Name, B: time.Second} }",
      { a: { unknown: "defaults.Name" }, b: "1s" },
    ],
    [
      "a statement sets that is not read",
      `func (args *Arguments) SetToDefault() { args.B = time.Second; defaults.Fill(args); args.A = "a" }`,
      { a: "a", b: { unknown: "defaults.Fill(args)" }, c: { unknown: "defaults.Fill(args)" } },
    ],
    [
      "init sets, on some machines",
      `var fallback = Arguments{A: "a", B: time.Second}
func init() { if true { fallback.A = "linux" } }
func (args *Arguments) SetToDefault() { *args = fallback }`,
      { a: { unknown: "what init sets of fallback" }, b: "1s" },
    ],
  ])("defaults that %s", (_, component, defaults) => {
    expect(defaultsOf(component)).toMatchObject(defaults);
    const known = Object.keys(defaults);
    for (const [name, value] of Object.entries(defaultsOf(component))) {
      if (!known.includes(name) && typeof value !== "object") expect(value).toBeUndefined();
    }
  });

  test("what the proxy lacks comes from a clone, without a checksum", () => {
    const clone = mkdtempSync(join(tmpdir(), "alloy-clone-"));
    folders.push(clone);
    written(clone, "type Arguments struct{}");
    mkdirSync(join(clone, "docs/sources"), { recursive: true });
    for (const file of ["go.mod", "docs/sources/a.md"]) writeFileSync(join(clone, file), "module a\n");
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-C", clone, "-c", "user.name=a", "-c", "user.email=a@b.c", ...args]);
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "a");
    git("tag", "v0.0.999");
    const cloned = new AlloySources(clone);
    try {
      const version = cloned.of("v0.0.999");
      expect(version).toEqual({ version: "v0.0.999", folder: expect.any(String) });
      expect(cloned.schemaOf(version).components).toMatchObject([{ name: "a.b" }]);
      expect(() => cloned.of("v0.0.998")).toThrow(/v0\.0\.998/);
    } finally {
      cloned.close();
    }
  });

  test("the words of a type are its constants and what it compares with; a type without a reader takes any", () => {
    const args = argsOf(`type Arguments struct {
  A Word \`alloy:"a,attr"\`
  B Open \`alloy:"b,attr"\`
  C Far \`alloy:"c,attr"\`
}
type Word string
const ( One Word = "one"; Two = Word("two"); Other Open = "no" )
func (w *Word) UnmarshalText(text []byte) error { switch string(text) { case "three": } ; return nil }
type Open string
type Far string
func (f *Far) UnmarshalText(text []byte) error { return defaults.Read(text) }`);
    expect(args).toMatchObject({
      attributes: [
        { name: "a", type: { k: "string", go: "component/a.Word", words: ["one", "three", "two"] } },
        { name: "b", type: { k: "string" } },
        { name: "c", type: { k: "string", go: "component/a.Far" } },
      ],
    });
  });
};
if ("missing" in go) declareMissing("What is read of sources", go.missing, define);
else describe("What is read of sources", define);
