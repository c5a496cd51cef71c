import { compareComponents } from "../../../scripts/plan/config/compare-components";
import { componentsIn } from "../../../scripts/plan/config/components";
import { configStatements } from "../../../scripts/plan/config/config-statements";

function told(before: string, after: string): readonly string[] {
  const [old, present] = [componentsIn(before), componentsIn(after)];
  const changes = old && present && compareComponents(old, present);
  const all = configStatements(before, after, changes).flatMap(({ of, lines }) => [
    ...(of === undefined ? [] : [`${of.sign} ${of.text}`]),
    ...lines.map(({ sign, text }) => `${sign} ${text}`),
  ]);
  // A title stands once above all that is said of its component.
  return all.filter((line, place) => place === 0 || line !== all[0]);
}

const scrape = (content: string) => `prometheus.scrape "a" {\n${content}\n}\n`;

describe("an attribute", () => {
  test.each([
    ["new", "", 'job_name = "x"', ['+ job_name = "x"']],
    ["gone", 'job_name = "x"', "", ['- job_name = "x"']],
    ["changed", 'job_name = "x"', 'job_name = "y"', ['~ job_name: "x" → "y"']],
    ["of another kind", "a = 1", 'a = "1"', ['~ a: 1 → "1"']],
    ["an item longer", "a = [1]", "a = [1, 2]", ["~ a: + 2"]],
    ["an item shorter", "a = [1, 2]", "a = [2]", ["~ a: - 1"]],
    ["in another order", "a = [1, 2]", "a = [2, 1]", ["~ a", "-   1", "+   1"]],
    ["an entry longer", "a = {x = 1}", "a = {x = 1, y = 2}", ['+ a["y"] = 2']],
    [
      "an expression",
      'a = sys.env("X")',
      'a = sys.env("X") + "y"',
      ['~ a: sys.env("X") → sys.env("X") + "y"'],
    ],
  ])("that is %s", (_, before, after, lines) => {
    expect(told(scrape(before), scrape(after))).toEqual(["~ prometheus.scrape.a", ...lines]);
  });

  test("that is long stands on lines of its own", () => {
    const [old, present] = ["x", "y"].map((letter) => JSON.stringify(letter.repeat(60)));
    expect(told(scrape(`a = ${old}`), scrape(`a = ${present}`))).toEqual([
      "~ prometheus.scrape.a",
      "~ a",
      `-   ${old}`,
      `+   ${present}`,
    ]);
  });
});

describe("a block", () => {
  const rules = (...regexes: readonly string[]) =>
    scrape(regexes.map((regex) => `rule {\n regex = "${regex}"\n}`).join("\n"));

  test("is told by what it holds, its attributes by its name", () => {
    expect(told(scrape("client {\n a = 1\n}"), scrape("client {\n a = 2\n}"))).toEqual([
      "~ prometheus.scrape.a",
      "~ client.a: 1 → 2",
    ]);
    expect(told(scrape(""), scrape("client {\n a = 2\n}"))).toEqual([
      "~ prometheus.scrape.a",
      "+ client {",
      "+   a = 2",
      "+ }",
    ]);
  });

  test("among others of its name is found by those that stay", () => {
    expect(told(rules("a", "b", "c"), rules("x", "a", "b", "c"))).toEqual([
      "~ prometheus.scrape.a",
      "+ rule[0] {",
      '+   regex = "x"',
      "+ }",
    ]);
    expect(told(rules("a", "b", "c"), rules("a", "y", "c"))).toEqual([
      "~ prometheus.scrape.a",
      '~ rule[1].regex: "b" → "y"',
    ]);
    expect(told(rules("a", "b", "c"), rules("a", "c"))).toEqual([
      "~ prometheus.scrape.a",
      "- rule[1] {",
      '-   regex = "b"',
      "- }",
    ]);
  });

  test("with a label is another one with another label", () => {
    expect(told(scrape('block "x" { }'), scrape('block "y" { }'))).toEqual([
      "~ prometheus.scrape.a",
      '- block["x"] { }',
      '+ block["y"] { }',
    ]);
  });
});

describe("a component", () => {
  test("comes and goes by its address", () => {
    expect(told(scrape(""), "logging { }\n")).toEqual(["+ logging", "- prometheus.scrape.a"]);
  });

  test("that is wired otherwise says to what", () => {
    expect(
      told(
        scrape("forward_to = [prometheus.relabel.x.receiver]"),
        scrape("forward_to = [prometheus.relabel.y.receiver]"),
      ),
    ).toEqual([
      "~ prometheus.scrape.a",
      "~ forward_to",
      "-   prometheus.relabel.x.receiver",
      "+   prometheus.relabel.y.receiver",
    ]);
  });

  const chain = (name: string, rule = "r") =>
    `${scrape(`forward_to = [prometheus.relabel.${name}.receiver]`)}prometheus.relabel "${name}" {\n  forward_to = [prometheus.remote_write.${name}.receiver]\n  rule {\n    regex = "${rule}"\n    action = "drop"\n  }\n}\nprometheus.remote_write "${name}" {\n  endpoint {\n    url = "https://a"\n  }\n}\n`;

  test("that has a new name is one, and no other is changed by it", () => {
    expect(told(chain("x"), chain("y"))).toEqual([
      "~ prometheus.relabel.x → prometheus.relabel.y (renamed)",
      "~ prometheus.remote_write.x → prometheus.remote_write.y (renamed)",
    ]);
  });

  test("that has a new name is told with what else changes", () => {
    expect(told(chain("x"), chain("y", "s"))).toContain('~ rule.regex: "r" → "s"');
  });

  test("that is quite another is new", () => {
    expect(told(scrape("a = 1\nb = 2\nc = 3"), scrape("x = 1\ny = 2\nz = 3").replace('"a"', '"b"'))).toEqual([
      "+ prometheus.scrape.b",
      "- prometheus.scrape.a",
    ]);
  });
});

describe("what may hold a token is not told", () => {
  const send = (header: string, query: string) =>
    `otelcol.exporter.otlphttp "a" {\n  client {\n    endpoint = "https://a.example.com/x?token=${query}"\n    headers  = {"X-Key" = "${header}"}\n  }\n}\n`;

  test("the value of a header, and the query of a URL", () => {
    expect(told(send("one", "one"), send("two", "two"))).toEqual([
      "~ otelcol.exporter.otlphttp.a",
      "~ client.endpoint: another value",
      '~ client.headers["X-Key"]: another value',
    ]);
    expect(told(send("one", "one"), send("one", "one").replace("a.example", "b.example"))).toEqual([
      "~ otelcol.exporter.otlphttp.a",
      '~ client.endpoint: "https://a.example.com/x?…" → "https://b.example.com/x?…"',
    ]);
    expect(told(send("one", "one"), send("one", "one").replace("X-Key", "X-Other"))).toEqual([
      "~ otelcol.exporter.otlphttp.a",
      '- client.headers["X-Key"] = …',
      '+ client.headers["X-Other"] = …',
    ]);
  });

  test("nor with its block", () => {
    const none = 'otelcol.exporter.otlphttp "a" {\n  timeout = "1s"\n}\n';
    const lines = told(
      none,
      send("secret", "secret").replace("{\n  client", '{\n  timeout = "1s"\n  client'),
    );
    expect(lines.join("\n")).toContain('endpoint = "https://a.example.com/x?…"');
    expect(lines.join("\n")).not.toContain("secret");
  });
});

test.each([
  ["a comment", scrape("a = 1"), `// Why.\n${scrape("a = 1")}`],
  ["layout", scrape("a = [1, 2]"), scrape("a   = [\n1,\n2,\n]")],
  ["the way that a text is quoted", scrape('a = "b"'), scrape("a = `b`")],
  ["the order of components", `logging { }\n${scrape("")}`, `${scrape("")}logging { }\n`],
])("%s means nothing", (_, before, after) => {
  expect(told(before, after)).toEqual([
    "  only comments, layout or the order of components: it means the same",
  ]);
});

test("what can't be read is told line by line", () => {
  expect(told("a {\nb\n}", "a {\nc = 1\n}")).toEqual([
    "~ lines, as one of the two configs can't be read",
    "- b",
    "+ c = 1",
  ]);
});
