import { pagesOf } from "../../../scripts/pages";
import { pageOf } from "../../../scripts/pages/page";
import { fleet } from "../../fleet/fleet";
import { agentOf, full } from "./pipelines";

test("a page has the summary, the picture and the privileges, in this order", () => {
  const page = pageOf(full, agentOf(full), "x.svg");
  expect(page.split("\n").filter((line) => /^(#{1,2} |\[!|```)/.test(line))).toEqual([
    "# x",
    "## What goes where",
    "## Destinations",
    "## Delivery",
    "## Alerts",
    "## Contract",
    "## Pipeline",
    "[![The pipeline of x](x.svg)](x.svg)",
    "## Privileges",
  ]);
  expect(page.endsWith(".\n")).toBe(true);
});

const pages = pagesOf(fleet);

test.each([...pages].filter(([name]) => name.endsWith(".md")))("%s has 200 lines at most", (_, text) => {
  expect(text.split("\n").length - 1).toBeLessThanOrEqual(200);
});

test("a page says which dashboards there are, and by what Grafana finds them", () => {
  expect(pages.get("exposed.md")).toContain(
    "## Dashboards\n\nAlloy, the agents of AIStore clusters and AIStore clusters: each in a ConfigMap of namespace `monitoring` with `grafana_dashboard: 1` and `team: storage`, by which Grafana's sidecar finds it.",
  );
  expect(pages.get("least.md")).not.toContain("## Dashboards");
});

test("pages are the same in whatever order they are made", () => {
  const again = pagesOf(fleet.toReversed());
  expect(new Map([...again].sort())).toEqual(new Map([...pages].sort()));
});

test("a page lists the components of each box of its picture, and what no data passes", () => {
  const lines = pageOf(full, agentOf(full), "x.svg").split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      "Processing:",
      "- metrics: `otelcol.receiver.prometheus.metrics`, `otelcol.processor.memory_limiter.intake`",
      "- metrics and logs: `otelcol.processor.transform.cluster`",
      "- shared: `otelcol.storage.file.queues`, `local.file.STAGES`, `otelcol.auth.bearer.STAGES`",
    ]),
  );
});
