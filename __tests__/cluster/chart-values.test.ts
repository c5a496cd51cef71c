import { parse } from "yaml";
import { AlloyAgent } from "../../lib/alloy-agent";
import { copyMap } from "../../lib/chart/render/manifest";
import { synthesize } from "../../lib/synthesis";
import { type ApiServer, describeWithApiServer } from "../engines/api-server";
import { environmentOf, least } from "../environment/reading";
import { readByKubectl } from "../fleet/fleet";
import { ModelRenders, rendered } from "./chart-model";
import { cases } from "./chart-value-cases";
import { lost } from "./live";

const renders = new ModelRenders();

/** `a.b: c` as a line of an environment's file. */
function lineOf(key: string, value: string): string {
  const [first = "", ...rest] = key.split(".").reverse();
  return rest.reduce((inner, name) => `${name}: {${inner}}`, `${first}: ${value}`);
}

/** What a value needs beside it to have an effect: without, it is refused for that. */
const beside: Readonly<Record<string, readonly string[]>> = {
  "controller.volumes.extra": ["alloy: {mounts: {extra: [{name: extra, mountPath: /extra}]}}"],
  "alloy.mounts.extra": ["controller: {volumes: {extra: [{name: extra, emptyDir: {}}]}}"],
  "service.type": ["ui: {expose: true}"],
};

/** What this project writes for an environment with a chart value. @throws Error where it refuses the value */
function written(key: string, value: string) {
  const environment = environmentOf(...least, lineOf(key, value), ...(beside[key] ?? []));
  const [manifests] = synthesize([environment], (app, one) => new AlloyAgent(app, one, { renders })).values();
  return [...readByKubectl(manifests ?? new Map()).values()].map((text) => parse(text));
}

/** Why the API server refuses objects. */
async function refusals(server: ApiServer, objects: readonly object[]): Promise<readonly string[]> {
  const answers = await Promise.all(objects.map((object) => server.create(object)));
  return answers.flatMap((answer, index) =>
    answer.ok ? lost(objects[index], answer.value) : [answer.error],
  );
}

const right = cases.map(([key, value]) => [key, value] as const);
const wrong = cases.flatMap(([key, , ...values]) => values.map((value) => [key, value] as const));

describeWithApiServer(
  "chart values are refused exactly where the API server refuses what they render to",
  (server) => {
    beforeAll(() => server.succeed(["create", "namespace", "monitoring"]));

    test("there are enough of them", () => {
      expect(right.length).toBeGreaterThanOrEqual(50);
      expect(wrong.length).toBeGreaterThanOrEqual(50);
    });

    test.each(right)("%s: %s is right", async (key, value) => {
      const objects = written(key, value).filter(({ kind }) => kind !== "Namespace");
      expect(objects.length).toBeGreaterThan(3);
      expect(await refusals(server, objects)).toEqual([]);
    });

    test("applied again, they change nothing", async () => {
      // Each by a name of its own: all of them in one apply take no longer than a few.
      const kinds = ["DaemonSet", "Service", "ServiceAccount"];
      const objects = right.flatMap(([key, value], index) =>
        written(key, value)
          .filter(({ kind, metadata }) => kinds.includes(kind) || metadata.name === "extra")
          .map((object) => ({
            ...object,
            metadata: { ...object.metadata, name: `${object.metadata.name}-${index}` },
          })),
      );
      const apply = () =>
        server.succeed(
          ["apply", "--filename", "-"],
          objects.map((object) => JSON.stringify(object)).join("\n---\n"),
        );
      await apply();
      const again = (await apply()).split("\n").filter((line) => line !== "" && !line.endsWith(" unchanged"));
      expect(again.map((line) => [line, right[Number(line.match(/-(\d+) /)?.[1])]])).toEqual([]);
    });

    test.each(wrong)("%s: %s is wrong", async (key, value) => {
      const objects = rendered(copyMap(parse(lineOf(key, value)))).map(({ content }) => content);
      expect(await refusals(server, objects)).not.toEqual([]);
      expect(() => written(key, value)).toThrow();
    });
  },
);
