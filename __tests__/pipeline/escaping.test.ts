import fc from "fast-check";
import { type Block, describeWithEngines } from "../engines/engines";
import { local, pipelineOf } from "./pipeline-of";
import { anyText, headerValue } from "./random-settings";

/** Settings that take any text, each with a file that sets it and the place where the config has it. */
const places: readonly {
  readonly setting: string;
  readonly set: (text: string) => Readonly<Record<string, unknown>>;
  readonly component: string;
  readonly attribute: string;
}[] = [
  {
    setting: "remote.scope",
    set: (scope) => ({ remote: { endpoint: "https://otlp.example.com", secret: "s", scope } }),
    component: "otelcol.auth.oauth2",
    attribute: "scopes",
  },
  {
    setting: "auth.scope",
    set: (scope) => archive({ auth: { type: "oauth2", secret: "s", scope } }),
    component: "otelcol.auth.oauth2",
    attribute: "scopes",
  },
  {
    setting: "ethtool.device_include",
    // A class of characters holds anything literally but what ends or inverts it.
    set: (text) => ({
      local,
      host_network: true,
      ethtool: { device_include: `[${[...text].map(literal).join("")}]` },
    }),
    component: "prometheus.exporter.unix",
    attribute: "device_include",
  },
  {
    setting: "sources.node.mount_exclude",
    set: (text) => ({
      local,
      sources: { node: { mount_exclude: `[${[...text].map(literal).join("")}]` } },
    }),
    component: "prometheus.exporter.unix",
    attribute: "mount_points_exclude",
  },
];

function archive(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { destinations: { archive: { endpoint: "https://a.example.com", ...settings } } };
}

// Each text goes through a process.
jest.setTimeout(60_000);

describeWithEngines("any text in a setting", (engines) => {
  test.each(places)("$setting comes back as that text, and makes no other component", async (place) => {
    const plain = await blocksOf(place.set("x"));
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const settings = place.set(text);
        const blocks = await blocksOf(settings);
        expect(blocks.map(({ name, label }) => [name, label])).toEqual(
          plain.map(({ name, label }) => [name, label]),
        );
        const found = blocks
          .filter(({ name }) => name === place.component)
          .flatMap((block) => stringsOf(block, place.attribute));
        expect(JSON.stringify(settings)).toContain(JSON.stringify(found[0]));
        expect(found).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  test("the value of a header comes back as that text", async () => {
    await fc.assert(
      fc.asyncProperty(headerValue, headerValue, async (one, other) => {
        const blocks = await blocksOf(archive({ headers: { "X-Scope-OrgID": one, "X-Other": other } }));
        const exporters = blocks.filter(({ name }) => name === "otelcol.exporter.otlphttp");
        const values = exporters.map((block) => stringsOf(block, "headers").toSorted());
        const expected = [one, other].toSorted();
        expect(values).toEqual([expected, expected]);
      }),
      { numRuns: 200 },
    );
  });

  test("remote.label is the value of the attribute cluster, and no other statement", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (label) => {
        const blocks = await blocksOf({ local, remote: { label } });
        const cluster = blocks.find((block) => block.label === "cluster");
        const logs = cluster?.blocks.find(({ name }) => name === "log_statements");
        const statements = logs === undefined ? [] : stringsOf(logs, "statements");
        expect(statements).toHaveLength(1);
        const answer = await engines.runOttl({
          context: "resource",
          signal: "log",
          statements,
          records: [{ body: "x" }],
        });
        expect(answer).toEqual({
          ok: true,
          value: [expect.objectContaining({ body: "x", resource: { cluster: label } })],
        });
      }),
      { numRuns: 200 },
    );
  });

  async function blocksOf(settings: Readonly<Record<string, unknown>>): Promise<readonly Block[]> {
    const answer = await engines.evaluate(pipelineOf(settings).toString());
    if (!answer.ok) throw new Error(answer.error);
    return answer.value.blocks;
  }
});

function stringsOf(block: Block, attribute: string): readonly string[] {
  const own = block.blocks
    .filter(({ name }) => name !== "disk")
    .flatMap((inner) => stringsOf(inner, attribute));
  return [
    ...block.attributes.filter(({ name }) => name === attribute).flatMap(({ strings }) => strings),
    ...own,
  ];
}

function literal(character: string): string {
  return /[\\\][^:-]/.test(character) ? `\\${character}` : character;
}
