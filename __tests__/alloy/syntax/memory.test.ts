import fc from "fast-check";
import {
  PrometheusRelabel,
  PrometheusRemoteWrite,
  PrometheusScrape,
} from "../../../imports/alloy/prometheus";
import {
  type AlloyConfig,
  type AttributeSyntax,
  array,
  type BlockSyntax,
  comment,
  type StabilityLevel,
  type Syntax,
  versionRequirements,
} from "../../../lib/alloy";
import { readingOf } from "../../../lib/alloy/syntax/memory";
import { mistakesIn, newConfig } from "../new-config";

/** A config of a fleet: what differs is its URL, and the name of a metric. */
function fleetConfig(url: string, regex = "up", label = "names"): AlloyConfig {
  const config = newConfig();
  const remote = new PrometheusRemoteWrite(config, "remote", { endpoint: [{ url }] });
  const relabel = new PrometheusRelabel(config, label, {
    forwardTo: [remote.receiver],
    rule: [{ sourceLabels: ["__name__"], regex, action: "keep" }],
  });
  new PrometheusScrape(config, "self", {
    targets: [{ __address__: "127.0.0.1:12345" }],
    forwardTo: [relabel.receiver],
  });
  return config;
}

/** All that is known of a config. */
function known(config: AlloyConfig) {
  return {
    text: config.toString(),
    mistakes: mistakesIn(config),
    requirements: config.requirements,
    versions: versionRequirements(config),
    edges: config.edges.map(({ from, to, exportName, attribute }) => [
      from.address,
      to.address,
      exportName,
      attribute,
    ]),
  };
}

describe("of configs that differ in little", () => {
  test("each has its own text, requirements and references to its own components", () => {
    const [one, other] = [fleetConfig("http://a.example.com"), fleetConfig("http://b.example.com")];
    const [a, b] = [known(one), known(other)];
    expect(b.text).toBe(a.text.replace("a.example.com", "b.example.com"));
    expect(b.edges).toEqual(a.edges);
    expect(b.mistakes).toEqual([]);
    expect(
      other.edges.every(({ from, to }) => [from, to].every((part) => part.node.root === other.node.root)),
    ).toBe(true);
    expect(JSON.stringify(b.requirements)).toBe(
      JSON.stringify(a.requirements).replace("a.example.com", "b.example.com"),
    );
    expect(known(fleetConfig("http://a.example.com"))).toEqual(a);
  });

  test("each has its own mistakes, whatever another had", () => {
    const wrong =
      'config: prometheus.relabel.names: rule[0].regex: "(" is no RE2 regexp: error parsing regexp: missing closing ): `(`';
    expect(mistakesIn(fleetConfig("http://a.example.com"))).toEqual([]);
    expect(mistakesIn(fleetConfig("http://a.example.com", "("))).toEqual([wrong]);
    expect(mistakesIn(fleetConfig("http://a.example.com", "("))).toEqual([wrong]);
    expect(mistakesIn(fleetConfig("http://a.example.com", "(", "other"))).toEqual([
      wrong.replace("names", "other"),
    ]);
    expect(mistakesIn(fleetConfig("http://a.example.com"))).toEqual([]);
  });

  test("a component that says the same, but means one of another config, is a mistake", () => {
    const foreign = new PrometheusRemoteWrite(newConfig(), "remote", {
      endpoint: [{ url: "http://a.example.com" }],
    });
    const config = newConfig();
    const own = new PrometheusRemoteWrite(config, "remote", { endpoint: [{ url: "http://a.example.com" }] });
    const relabel = (label: string, remote: PrometheusRemoteWrite) =>
      new PrometheusRelabel(config, label, { forwardTo: [remote.receiver] });
    relabel("names", own);
    expect(mistakesIn(fleetConfig("http://a.example.com"))).toEqual([]);
    relabel("other", foreign);
    expect(mistakesIn(config)).toContain(
      "config: prometheus.relabel.other: forwardTo[0]: prometheus.remote_write.remote is of another config or module: config/prometheus.remote_write.remote",
    );
  });

  test("what one level runs, another doesn't", () => {
    const mistakesAt = (stability: StabilityLevel) => {
      const config = newConfig({ stability });
      const remote = new PrometheusRemoteWrite(config, "remote", {
        endpoint: [{ url: "http://a.example.com" }],
      });
      new PrometheusScrape(config, "self", {
        targets: array.combineMaps([{ a: "1" }], [{ a: "1" }], ["a"]),
        forwardTo: [remote.receiver],
      });
      return mistakesIn(config);
    };
    expect(mistakesAt("experimental")).toEqual([]);
    expect(mistakesAt("generally-available")).toEqual([
      "config: prometheus.scrape.self: targets: array.combine_maps is experimental; run Alloy with --stability.level=experimental",
    ]);
    expect(mistakesAt("experimental")).toEqual([]);
  });

  test("the comments of one are not another's", () => {
    const [plain, commented] = [fleetConfig("http://c.example.com"), fleetConfig("http://c.example.com")];
    const text = plain.toString();
    const component = commented.node.findChild("prometheus.scrape.self");
    comment.above("Of this one alone.", component);
    expect(commented.toString()).toBe(`// Of this one alone.\n${text}`);
    expect(fleetConfig("http://c.example.com").toString()).toBe(text);
  });

  test("what is added to a config after its text was asked for is in its next text", () => {
    const config = fleetConfig("http://d.example.com");
    const before = config.toString();
    new PrometheusRemoteWrite(config, "second", { endpoint: [{ url: "http://d.example.com" }] });
    expect(before).not.toContain("second");
    expect(config.toString()).toContain('prometheus.remote_write "second"');
    expect(mistakesIn(config)).toEqual(["config: prometheus.remote_write.second: nothing sends data to it"]);
  });

  test("more than are remembered are as right", () => {
    const urls = Array.from({ length: 30 }, (_, index) => `http://${index % 15}.example.com`);
    for (const url of urls) expect(fleetConfig(url).toString()).toContain(`url = "${url}"`);
  });
});

describe("what a block says", () => {
  const text = fc.constantFrom("a", "b", "map", "1", "");
  const { value } = fc.letrec<{ value: Syntax }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.record({
        kind: fc.constant("literal" as const),
        value: fc.oneof(text, fc.constantFrom(0, 1, true, false, null)),
      }),
      fc.record({ kind: fc.constant("identifier" as const), name: text }),
      fc.record({ kind: fc.constant("mistake" as const), message: text }),
      fc.record({ kind: fc.constant("list" as const), items: fc.array(tie("value"), { maxLength: 2 }) }),
      fc.record({
        kind: fc.constant("map" as const),
        entries: fc.array(fc.tuple(text, tie("value")), { maxLength: 2 }),
      }),
      fc.record({ kind: fc.constant("access" as const), of: tie("value"), name: text }),
      fc.record({
        kind: fc.constant("call" as const),
        function: tie("value"),
        args: fc.array(tie("value"), { maxLength: 2 }),
      }),
      fc.record({ kind: fc.constant("index" as const), of: tie("value"), key: tie("value") }),
      fc.record({
        kind: fc.constant("negation" as const),
        operator: fc.constantFrom("!" as const, "-" as const),
        of: tie("value"),
      }),
      fc.record({
        kind: fc.constant("operation" as const),
        operator: fc.constantFrom("+" as const, "-" as const),
        parts: fc.array(tie("value"), { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ kind: fc.constant("parentheses" as const), of: tie("value") }),
    ),
  }));
  const attribute: fc.Arbitrary<AttributeSyntax> = fc.record({ name: text, value });
  const { block } = fc.letrec<{ block: BlockSyntax }>((tie) => ({
    block: fc.record({
      name: fc.constantFrom("a", "b"),
      label: fc.option(fc.constantFrom("a", "b"), { nil: undefined }),
      body: fc.record({
        attributes: fc.array(attribute, { maxLength: 2 }),
        blocks: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie("block"), { maxLength: 2 })),
      }),
    }),
  }));

  test("is one with what an equal block says, and with what no other says", () => {
    fc.assert(
      fc.property(block, block, (one, other) => {
        const meaningOf = (of: BlockSyntax) => readingOf(of)?.meaning.parts;
        expect(readingOf(structuredClone(one))?.meaning).toBe(readingOf(one)?.meaning);
        const isEqual = JSON.stringify(one) === JSON.stringify(other);
        expect(JSON.stringify(meaningOf(one)) === JSON.stringify(meaningOf(other))).toBe(isEqual);
      }),
      { numRuns: 2000 },
    );
  });
});
