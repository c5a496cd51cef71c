import fc from "fast-check";
import type { Destination, Environment } from "../../../lib/environment";
import { endsOf, layoutOf } from "../../../scripts/pages/picture/layout";
import { beside, outside } from "../../environment/delivery/deliveries";
import { full, graphOf } from "../pipelines";

const destination = (name: string): fc.Arbitrary<Destination> =>
  fc.record(
    {
      name: fc.constant(name),
      endpoint: fc.constant("https://otlp.example.com"),
      auth: fc.constantFrom<Destination["auth"][]>(
        { type: "none" },
        { type: "mtls", secret: "s", keys: { ca: "a", certificate: "c", key: "k" } },
        {
          type: "oauth2",
          secret: "s",
          scope: "s",
          keys: { clientId: "i", clientSecret: "s", tokenUrl: "u" },
        },
      ),
      logNamespaces: fc.constant(["ais"]),
      queue: fc.constantFrom<Destination["queue"][]>({ storage: "none" }, beside.queue, outside.queue),
    },
    { requiredKeys: ["name", "endpoint", "auth", "queue"] },
  );

const environments: fc.Arbitrary<Environment> = fc
  .record({
    destinations: fc
      .integer({ min: 1, max: 5 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, index) => destination(`to_${"abcde"[index]}`))),
      ),
    clusters: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ destinations, clusters }) => ({
    ...full,
    destinations,
    aistore: Array.from({ length: clusters }, (_, index) => ({ namespace: "ais", name: `ais-${index}` })),
  }));

describe("the layout", () => {
  test("of any pipeline has cards and links that keep clear of each other", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        const { cards, links, columns, height } = layoutOf(graphOf(environment));
        const inColumn = (column: number) =>
          cards.filter((card) => card.column === column).sort((a, b) => a.y - b.y);
        columns.forEach((_, column) => {
          inColumn(column).reduce((bottom, { card, y }) => {
            expect(y).toBeGreaterThanOrEqual(bottom);
            return y + card.height;
          }, -0.001);
        });
        expect(Math.max(...cards.map(({ card, y }) => y + card.height))).toBeLessThanOrEqual(height);
        for (const { from, to, passes } of links) {
          expect(passes).toHaveLength(to.column - from.column - 1);
          passes.forEach((pass, index) => {
            for (const { card, y } of inColumn(from.column + 1 + index)) {
              expect(pass < y || pass > y + card.height).toBe(true);
            }
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("of any pipeline has links that begin and end at their cards", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        const { links } = layoutOf(graphOf(environment));
        for (const [{ from, to }, { start, end }] of endsOf(links)) {
          expect(start).toBeGreaterThan(from.y);
          expect(start).toBeLessThan(from.y + from.card.height);
          expect(end).toBeGreaterThan(to.y);
          expect(end).toBeLessThan(to.y + to.card.height);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("has sources in the order of the text, and handlers before what takes them", () => {
    const { cards } = layoutOf(graphOf(full));
    const labels = (column: number) =>
      cards
        .filter((card) => card.column === column)
        .sort((a, b) => a.y - b.y)
        .map(({ card }) => card.labels[0]?.text);
    expect(labels(0)).toEqual(["node", "containers", "aistore_ais_IN_ais", "kube_state_metrics", "pods"]);
    expect(labels(3)).toEqual(["queues", "STAGES"]);
    expect(labels(4)).toEqual(["remote_namespaces", "remote_metrics", "remote_url"]);
  });
});
