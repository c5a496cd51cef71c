import history from "../../../imports/alloy/versions.json";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import type { AlloyWorkloadProps } from "../../../lib/workload/props/props";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { of } from "../fixtures/requirements";
import { mistakesOf, synth } from "../fixtures/synthesized-workload";

const requirements = of(
  "otelcol.exporter.otlphttp.x",
  { kind: "version", what: "sending_queue.batch since v1.11.0", before: "v1.11.0" },
  {
    kind: "version",
    what: "generally available since v1.15.0",
    before: "v1.15.0",
    level: "generally-available",
  },
);
const says =
  "Alloy v1.10.0 doesn't know what the config says: sending_queue.batch since v1.11.0 (otelcol.exporter.otlphttp.x); generally available since v1.15.0 (otelcol.exporter.otlphttp.x)";
/** What to write instead is the version that the bindings are of. */
const { alloy: bound } = history;
const digest = `sha256:${"0".repeat(64)}`;

/** A workload whose chart runs an image. */
function withImage(image: string, props: Partial<AlloyWorkloadProps> = {}) {
  const manifests = daemonSet.replace("name: alloy\n", `name: alloy\n          image: ${image}\n`);
  const { chartValues = {} } = props;
  return synth({ requirements, renders: storeOf(manifests, alloyRenderInput({ chartValues })), ...props });
}

function agentTag(tag: string) {
  return { images: { pullSecrets: [], agent: { tag } } };
}

describe("an Alloy that doesn't know what the config says is refused", () => {
  test("of images.agent", () => {
    expect(mistakesOf(() => withImage("alloy:v1.18.1", agentTag("v1.10.0")))).toEqual([
      ["images.agent", `${says}; write ${bound}`],
    ]);
    expect(withImage("alloy:v1.10.0", agentTag("v1.15.0")).container("alloy").map.image).toBe(
      "alloy:v1.15.0",
    );
  });

  test("of a chart value", () => {
    const chartValues = { image: { tag: "v1.10.0" } };
    expect(mistakesOf(() => withImage("alloy:v1.10.0", { chartValues }))).toEqual([
      ["chartValues.image.tag", `${says}; leave it out and write images.agent: ${bound}`],
    ]);
    expect(() => withImage("alloy:v1.15.0", { chartValues: { image: { tag: "v1.15.0" } } })).not.toThrow();
  });

  test("of a version of the chart, which names its Alloy itself", () => {
    expect(mistakesOf(() => withImage("alloy:v1.10.0"))).toEqual([
      ["chart", `${says}; write images.agent: ${bound}, or another chart's version`],
    ]);
    // The chart takes an empty text for nothing.
    const chartValues = { image: { tag: "", digest: null } };
    expect(mistakesOf(() => withImage("alloy:v1.10.0", { chartValues }))).toEqual([
      ["chart", expect.any(String)],
    ]);
  });

  test("beside the other mistakes of the environment", () => {
    const props = {
      ...agentTag("v1.10.0"),
      chartValues: { controller: { volumes: { extra: [{ name: "config", emptyDir: {} }] } } },
    };
    expect(mistakesOf(() => withImage("alloy:v1.18.1", props))).toEqual([
      ["chartValues.controller.volumes.extra.0.name", expect.stringContaining("volume of that name")],
      ["images.agent", `${says}; write ${bound}`],
    ]);
  });

  test("at the level at which the agent runs", () => {
    const preview = of("otelcol.storage.file.x", { kind: "stability", level: "public-preview" });
    const tag = agentTag("v1.14.0");
    expect(() => withImage("alloy:v1.18.1", tag)).toThrow("generally available since v1.15.0");
    expect(() =>
      withImage("alloy:v1.18.1", { ...tag, requirements: [...requirements, ...preview] }),
    ).not.toThrow();
  });
});

test("a tag that lacks its v is told with it", () => {
  const says = (write: string) => [
    ["images.agent", expect.stringContaining(`; write ${write}, or ${write}@sha256:`)],
  ];
  expect(mistakesOf(() => withImage("alloy:v1.18.1", agentTag("1.17.0")))).toEqual(says("v1.17.0"));
  expect(mistakesOf(() => withImage("alloy:v1.18.1", agentTag("latest")))).toEqual(says(bound));
});

test("a render that a wrong tag alone takes is no second mistake", () => {
  const props = { requirements, chartValues: { image: { tag: "v1.10.0" } } };
  const { HELM } = process.env;
  process.env.HELM = "/nonexistent/helm";
  try {
    expect(mistakesOf(() => synth(props)).map(([path]) => path)).toEqual(["chartValues.image.tag"]);
    const other = { ...props, chartValues: { ...props.chartValues, nameOverride: "of-no-record" } };
    expect(mistakesOf(() => synth(other)).map(([path]) => path)).toEqual([
      "chartValues.image.tag",
      "chartValues.nameOverride",
    ]);
  } finally {
    if (HELM === undefined) delete process.env.HELM;
    else process.env.HELM = HELM;
  }
});

describe("of a digest", () => {
  test("alone nothing is known, in images.agent and in chart values", () => {
    const images = { pullSecrets: [], agent: { digest } };
    const message =
      "a digest alone is no version, so that nothing tells whether this Alloy knows what the config says";
    expect(mistakesOf(() => withImage("alloy:v1.18.1", { images }))).toEqual([
      [
        "images.agent",
        `${message}; write ${bound}, or ${bound}@sha256:… for an image of that version by its digest`,
      ],
    ]);
    const chartValues = { image: { digest } };
    expect(mistakesOf(() => withImage(`alloy@${digest}`, { chartValues }))).toEqual([
      ["chartValues.image.digest", expect.stringContaining(message)],
    ]);
  });

  test("with a tag the tag tells the version", () => {
    const images = (tag: string) => ({ images: { pullSecrets: [], agent: { tag, digest } } });
    expect(withImage("alloy:v1.18.1", images("v1.18.1")).container("alloy").map.image).toBe(
      `alloy:v1.18.1@${digest}`,
    );
    expect(() => withImage("alloy:v1.18.1", images("v1.10.0"))).toThrow(says);
  });
});

test("a workload without components runs any image", () => {
  expect(() => withImage("alloy:latest", { requirements: [] })).not.toThrow();
  expect(() => withImage("alloy:latest")).toThrow("latest is no version");
});
