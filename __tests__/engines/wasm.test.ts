import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ask, type EngineRequest } from "../../lib/testing/engine";
import { build, traceProgram } from "../../scripts/go-program";
import { declareMissing } from "./describe";

const builder = join(__dirname, "..", "..", "packages", "engine", "build-package");
const timestamp = "2026-01-02T03:04:05Z";

/** As much as no pipe holds at once, through stages, relabeling and processors. */
const request: EngineRequest = {
  config: `
loki.process "p" {
  forward_to = [loki.relabel.r.receiver]
  stage.regex { expression = "^(?P<level>[A-Z]+)" }
  stage.match {
    selector = "{app=\\"a\\"} |= \\"7\\""
    action   = "drop"
  }
  stage.labels { values = { level = "" } }
}
loki.relabel "r" {
  forward_to = [loki.write.w.receiver]
  rule {
    target_label = "node"
    replacement  = constants.hostname
  }
}
loki.write "w" { }
otelcol.receiver.otlp "in" {
  output { logs = [otelcol.processor.filter.f.input] }
}
otelcol.processor.filter "f" {
  logs { log_record = [\`IsMatch(log.body, "^no")\`] }
  output { logs = [otelcol.processor.resourcedetection.e.input] }
}
otelcol.processor.resourcedetection "e" {
  detectors = ["env"]
  output { logs = [otelcol.exporter.otlphttp.out.input] }
}
otelcol.exporter.otlphttp "out" { client { endpoint = "http://a" } }`,
  inputs: [
    {
      to: "loki.process.p.receiver",
      logs: Array.from({ length: 2000 }, (_, i) => ({
        line: `INFO line ${i}`,
        labels: { app: "a" },
        timestamp,
      })),
    },
    {
      to: "otelcol.receiver.otlp.in",
      otlp: {
        logs: {
          resourceLogs: [
            {
              scopeLogs: [{ logRecords: ["yes", "no"].map((stringValue) => ({ body: { stringValue } })) }],
            },
          ],
        },
      },
    },
  ],
  environment: { HOSTNAME: "n1", OTEL_RESOURCE_ATTRIBUTES: "team=a" },
  files: {},
};

function testWasm(executable: string): void {
  describe("the engine as WebAssembly", () => {
    const folder = mkdtempSync(join(tmpdir(), "engine-wasm-"));
    const ofPackage = join(folder, "node_modules", "alloy-constructs-engine");
    const wasm = join(ofPackage, "engine.wasm");
    const before = process.env.ALLOY_ENGINE;
    const answerOf = (engine: string) => {
      process.env.ALLOY_ENGINE = engine;
      return ask(request);
    };

    beforeAll(() => {
      const { status, stderr } = spawnSync(builder, [ofPackage], { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
    }, 1_200_000);

    afterAll(() => {
      if (before === undefined) delete process.env.ALLOY_ENGINE;
      else process.env.ALLOY_ENGINE = before;
      rmSync(folder, { recursive: true, force: true });
    });

    test("answers what the native one does", () => {
      const answer = answerOf(wasm);

      expect(answer).toMatchObject({ errors: [], arrived: [{ at: "loki.write.w.receiver" }, {}] });
      expect(answer).toEqual(answerOf(executable));
    }, 240_000);

    test("is found as a package, with the licenses of all that is in it", () => {
      const installed = createRequire(join(folder, "x.js")).resolve("alloy-constructs-engine/engine.wasm");
      expect(realpathSync(installed)).toBe(realpathSync(wasm));

      const { files } = JSON.parse(readFileSync(join(ofPackage, "package.json"), "utf8"));
      const [program, licenses] = files;
      expect(program).toBe("engine.wasm");
      const sections = readFileSync(join(ofPackage, licenses), "utf8").split(/^== /m);
      const says = (module: string, license: string) =>
        sections.some((section) => section.startsWith(`${module}\n`) && section.includes(license));
      expect(says("Go", "The Go Authors")).toBe(true);
      expect(says("github.com/grafana/alloy", "Apache License")).toBe(true);
      expect(says("github.com/grafana/loki/v3", "GNU AFFERO GENERAL PUBLIC LICENSE")).toBe(true);
    });

    test("has a size that a package can be", () => {
      expect(gzipSync(readFileSync(wasm)).length).toBeLessThan(15_000_000);
    }, 60_000);

    test("has the same bytes when it is built again", () => {
      const again = join(folder, "again");
      spawnSync(builder, [again]);
      const sum = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

      expect(sum(join(again, "engine.wasm"))).toBe(sum(wasm));
    }, 240_000);
  });
}

const native = build(traceProgram);
if ("missing" in native) declareMissing("the engine as WebAssembly", native.missing, () => testWasm(""));
else if (process.env.CI) testWasm(native.executable);
else
  declareMissing("the engine as WebAssembly", "it takes minutes to build: set CI=true", () => testWasm(""));
