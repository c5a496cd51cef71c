import { parseManifests } from "../../../lib/chart/render/manifest";
import { RenderStore } from "../../../lib/chart/render/renders";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { pinImages } from "../../../scripts/chart/image-digests";
import { RegistryError } from "../../../scripts/chart/registry";

const digest = `sha256:${"1".repeat(64)}`;
const known = `sha256:${"2".repeat(64)}`;
const pins = { name: "alloy", repository: "", version: "1.11.1", digests: { "1.11.1": "00" } };

const daemonSet = (agent: string, reloader: string) =>
  `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: alloy}
spec:
  template:
    spec:
      containers: [{name: alloy, image: "${agent}"}, {name: config-reloader, image: "${reloader}"}, {name: other, image: "other:v1"}]
`;

/** The images that are pinned, and the notices, where renders with these chart values have these images. */
async function pinned(
  renders: readonly (readonly [values: object, agent: string, reloader: string])[],
  images?: Readonly<Record<string, string>>,
) {
  const store = new RenderStore("/nowhere");
  const inputs = renders.map(([values, agent, reloader]) => {
    const input = alloyRenderInput({ chartValues: { ...values } });
    store.hold(input, parseManifests(daemonSet(agent, reloader), "test"));
    return input;
  });
  const asked: string[] = [];
  const result = await pinImages({ ...pins, images }, inputs, store, async (image) => {
    asked.push(image);
    if (image.startsWith("away")) throw new RegistryError("away.example.com can't be reached: no such host");
    if (image.startsWith("fault")) throw new TypeError("a fault of the program");
    return digest;
  });
  return { asked, images: result.pins.images, notices: result.notices };
}

describe("images that charts run", () => {
  test("are pinned once, unless they have a digest", async () => {
    const agent = "docker.io/grafana/alloy:v1.18.1";
    const reloader = `quay.io/reloader:v1@${known}`;
    expect(
      await pinned([
        [{}, agent, reloader],
        [{ nameOverride: "a" }, agent, reloader],
      ]),
    ).toEqual({ asked: [agent], images: { [agent]: digest }, notices: [] });
  });

  test("stay by the digest that is known, and are left out when nothing runs them", async () => {
    expect(await pinned([[{}, "a:v1", "b:v1"]], { "a:v1": known, "c:v1": known })).toEqual({
      asked: ["b:v1"],
      images: { "a:v1": known, "b:v1": digest },
      notices: [],
    });
  });

  test("go on by their tags where the registry doesn't tell", async () => {
    expect(await pinned([[{}, "away.example.com/alloy:v1", `b:v1@${known}`]])).toEqual({
      asked: ["away.example.com/alloy:v1"],
      images: undefined,
      notices: [
        "away.example.com/alloy:v1 runs by its tag, as its digest is not known: away.example.com can't be reached: no such host",
      ],
    });
    await expect(pinned([[{}, "fault:v1", "b:v1"]])).rejects.toThrow("a fault of the program");
  });

  test.each([
    [{ image: { tag: "own" } }, ["b:v1"]],
    [{ image: { pullPolicy: "Always" } }, ["a:own", "b:v1"]],
    [{ configReloader: { image: { registry: "own" } } }, ["a:own"]],
    [{ global: { image: { registry: "own" } } }, []],
  ])("are not those of chart values: %j", async (values, expected) => {
    const { asked } = await pinned([[values, "a:own", "b:v1"]]);
    expect(asked).toEqual(expected);
  });
});
