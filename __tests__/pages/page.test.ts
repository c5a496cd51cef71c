import { readdirSync, readFileSync } from "node:fs";
import { pageOf } from "../../scripts/pages/page";
import { agentOf, full } from "./pipelines";

test("a page has the summary, the picture and the privileges, in this order", () => {
  const page = pageOf(full, agentOf(full), "x.svg");
  expect(page.split("\n").filter((line) => /^(#{1,2} |\[!|```)/.test(line))).toEqual([
    "# x",
    "## What goes where",
    "## Destinations",
    "## Delivery",
    "## Pipeline",
    "[![The pipeline of x](x.svg)](x.svg)",
    "## Privileges",
  ]);
  expect(page.endsWith(".\n")).toBe(true);
});

const folder = "docs/environments";

test.each(readdirSync(folder).filter((name) => name.endsWith(".md")))("%s has 200 lines at most", (name) => {
  expect(readFileSync(`${folder}/${name}`, "utf8").split("\n").length - 1).toBeLessThanOrEqual(200);
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
