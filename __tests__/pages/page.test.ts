import { pageOf } from "../../scripts/pages/page";
import { agentOf, full } from "./pipelines";

test("a page has the summary, the pictures and the privileges, in this order", () => {
  const page = pageOf(full, agentOf(full), "x.svg");
  expect(page.split("\n").filter((line) => /^(#{1,2} |\[!|```)/.test(line))).toEqual([
    "# x",
    "## What goes where",
    "## Destinations",
    "## Delivery",
    "## Pipeline",
    "[![The pipeline of x](x.svg)](x.svg)",
    "```mermaid",
    "```",
    "## Privileges",
  ]);
  expect(page.endsWith(".\n")).toBe(true);
});
