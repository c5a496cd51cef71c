import { imageValueErrors } from "../../lib/chart/values/chart-values";
import type { ImageSettings } from "../../lib/schema/addresses";

const all: ImageSettings = {
  registry: "registry.example.com",
  pullSecrets: ["registry"],
  agent: { tag: "v1" },
  reloader: { tag: "v2" },
};

function errorsOf(values: Record<string, unknown>, images = all): readonly (readonly [string, string])[] {
  return imageValueErrors(values, images).map(({ key, message }) => [key.join("."), message]);
}

describe("a chart value that says the same as a setting of images", () => {
  test.each<[string, Record<string, unknown>, keyof ImageSettings]>([
    ["global.image.registry", { global: { image: { registry: "a" } } }, "registry"],
    ["image.registry", { image: { registry: "a" } }, "registry"],
    ["configReloader.image.registry", { configReloader: { image: { registry: "a" } } }, "registry"],
    ["global.image.pullSecrets", { global: { image: { pullSecrets: [] } } }, "pullSecrets"],
    ["image.pullSecrets", { image: { pullSecrets: [] } }, "pullSecrets"],
    ["image.tag", { image: { tag: "v1" } }, "agent"],
    ["image.digest", { image: { digest: "v1" } }, "agent"],
    ["configReloader.image.tag", { configReloader: { image: { tag: "v1" } } }, "reloader"],
    ["configReloader.image.digest", { configReloader: { image: { digest: "v1" } } }, "reloader"],
  ])("is refused: %s", (key, values, setting) => {
    const name = setting === "pullSecrets" ? "pull_secrets" : setting;
    expect(errorsOf(values)).toEqual([[key, `images.${name} says it already; leave one of the two out`]]);
    const { [setting]: _, ...others } = all;
    expect(errorsOf(values, { pullSecrets: [], ...others })).toEqual([]);
  });

  test("is none of the others", () => {
    expect(errorsOf({ image: { repository: "a" }, configReloader: { enabled: true } })).toEqual([]);
  });
});
