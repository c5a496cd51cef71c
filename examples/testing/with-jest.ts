import { App } from "cdk8s";
import { LokiProcess, LokiWrite } from "../../imports/alloy/loki";
import { AlloyConfig } from "../../lib/alloy";
import { trace } from "../../lib/testing";

const config = new AlloyConfig(new App(), "config");
const archive = new LokiWrite(config, "archive", {
  endpoint: [{ url: "https://loki.example.com/loki/api/v1/push" }],
});
const shop = new LokiProcess(config, "shop", {
  forwardTo: [archive.receiver],
  stage: [
    { json: { expressions: { level: "", path: "request.path" } } },
    { drop: { source: "path", expression: "/healthz|/readyz" } },
    { labels: { values: { level: "" } } },
  ],
});

test("what probes leave in the log is not kept", () => {
  const line = '{"level":"info","request":{"path":"/healthz"}}';
  const run = trace(config, { to: shop.receiver, logs: [{ line }] });
  expect(run.arrived(archive.receiver).logs).toEqual([]);
});

test("the level of a line is a label", () => {
  const line = '{"level":"error","request":{"path":"/cart"}}';
  const run = trace(config, { to: shop.receiver, logs: [{ line, labels: { app: "shop" } }] });
  expect(run.arrived(archive.receiver).logs).toMatchObject([
    { line, labels: { app: "shop", level: "error" } },
  ]);
});
