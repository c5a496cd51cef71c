import { routesOf } from "../../../scripts/pages/routes";
import { beside } from "../../environment/settings/deliveries";
import { tracesAndProfiles } from "./graphs";
import { full, pipelineOf } from "./pipelines";

const written = (config: Parameters<typeof routesOf>[0]) =>
  routesOf(config).map(({ source, kind, destinations }) => [source, kind, ...destinations].join(" > "));

describe("routes", () => {
  test("follow one signal from each source to its destinations", () => {
    expect(written(tracesAndProfiles()).sort()).toEqual([
      "apps > traces > tempo",
      "pods > profiles > pyroscope",
    ]);
  });

  test("of two signals stay apart in a component that takes both", () => {
    expect(written(pipelineOf(full))).toContain("node > metrics > local > remote");
    const archive = {
      name: "archive",
      logsEndpoint: "https://a.example.com",
      auth: { type: "none" as const },
      ...beside,
    };
    const destinations = [...full.destinations, archive];
    const routes = routesOf(pipelineOf({ ...full, destinations }));
    expect(routes.find(({ source }) => source === "node")?.destinations).toEqual(["local", "remote"]);
    expect(routes.find(({ source }) => source === "pod-logs")?.destinations).toEqual(
      expect.arrayContaining(["archive", "local", "remote"]),
    );
  });
});
