import fc from "fast-check";
import type { Destination, Environment } from "../../../../lib/environment";
import { boxesOf } from "../../../../scripts/pages/picture/boxes";
import { layoutOf, type Placed, width } from "../../../../scripts/pages/picture/layout";
import { beside, outside } from "../../../environment/settings/deliveries";
import { tracesAndProfiles } from "../graphs";
import { boxesIn, full } from "../pipelines";

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

/** The points that a path passes, the handles of its curves left out: their curves stay between them. */
function pointsOf(path: string): readonly { readonly x: number; readonly y: number }[] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MCHV])([^MCHV]*)/g)].map(([, command = "", text = ""]) => {
    const numbers = text.trim().split(/[ ,]+/).map(Number);
    if (command === "V") {
      y = numbers[0] ?? 0;
    } else if (command === "H") {
      x = numbers[0] ?? 0;
    } else {
      [x = 0, y = 0] = numbers.slice(-2);
    }
    return { x, y };
  });
}

const bottom = ({ y, height }: Placed) => y + height;
const right = (box: Placed) => box.x + box.width;
const isWithin = (value: number, from: number, to: number) => value >= from - 0.1 && value <= to + 0.1;

describe("the layout", () => {
  test("of any pipeline has boxes within the picture that keep clear of each other", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        const { boxes, height } = layoutOf(boxesIn(environment));
        for (const box of boxes) {
          expect(box.x).toBeGreaterThan(0);
          expect(right(box)).toBeLessThan(width);
          expect(bottom(box)).toBeLessThanOrEqual(height + 0.001);
          for (const other of boxes) {
            const apart =
              box.x > right(other) || other.x > right(box) || box.y > bottom(other) || other.y > bottom(box);
            expect(box === other || apart).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("of any pipeline has lines that begin and end at boxes, and pass none", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        const graph = boxesIn(environment);
        const { boxes, lines } = layoutOf(graph);
        expect(lines).toHaveLength(graph.links.length);
        for (const [index, { path }] of lines.entries()) {
          const [from, to] = [graph.links[index]?.from, graph.links[index]?.to].map((box) =>
            boxes.find((placed) => placed.box === box),
          );
          const points = pointsOf(path);
          const [start, end] = [points.at(0), points.at(-1)];
          if (from === undefined || to === undefined || start === undefined || end === undefined) {
            throw new Error("a line lacks an end");
          }
          const leaves = [right(from) - start.x, bottom(from) - start.y].some((gap) => Math.abs(gap) < 0.1);
          const enters = [to.x - 8 - end.x, to.y - 8 - end.y].some((gap) => Math.abs(gap) < 0.1);
          expect(
            leaves && isWithin(start.y, from.y, bottom(from)) && isWithin(start.x, from.x, right(from)),
          ).toBe(true);
          expect(
            enters && isWithin(end.y, to.y - 8, bottom(to)) && isWithin(end.x, to.x - 8, right(to)),
          ).toBe(true);
          for (const { x, y } of points.slice(1, -1)) {
            for (const box of boxes) {
              expect(x > box.x && x < right(box) && y > box.y && y < bottom(box)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("has boxes in the order of the text, and lines past processing above its boxes", () => {
    const { boxes } = layoutOf(boxesIn(full));
    expect(boxes.map(({ box }) => box.title)).toEqual([
      "node",
      "containers",
      "aistore-ais-IN-ais",
      "kube-state-metrics",
      "alloy",
      "pod-logs",
      "metrics",
      "metrics",
      "logs",
      "metrics and logs",
      "local",
      "remote",
      "shared",
    ]);
    const passing = layoutOf(boxesOf(tracesAndProfiles()));
    const line = passing.lines.find(({ signal }) => signal === "profiles");
    const batch = passing.boxes.find(({ box }) => box.stage === "processing");
    const lane = pointsOf(line?.path ?? "").slice(1, 3);
    expect(lane.map(({ x }) => x)).toEqual([batch?.x, batch && right(batch)]);
    for (const { y } of lane) expect(y).toBeLessThan(batch?.y ?? 0);
  });
});
