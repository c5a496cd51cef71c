import fc from "fast-check";
import { loopbackPorts } from "../../lib/pipeline/destinations/second-stage";
import { pipelineOf, type Settings, textOf } from "./pipeline-of";

const bearer = (more: Settings = {}): Settings => ({
  destinations: {
    archive: { endpoint: "https://a.example.com", auth: { type: "bearer", secret: "s" }, ...more },
  },
});
const archive = (last: string, settings = bearer()) =>
  textOf(pipelineOf(settings), `otelcol.exporter.otlphttp.archive_${last}`);

describe("a destination with credentials that may come late", () => {
  test("keeps its data in exporters that name nothing of a Secret", () => {
    for (const signal of ["metrics", "logs"]) {
      const text = archive(signal, bearer({ headers: { "X-A": "b" }, compression: "zstd" }));
      expect(text).toContain(
        [
          "\tclient {",
          '\t\tendpoint    = "http://127.0.0.1:23152"',
          '\t\tcompression = "none"',
          '\t\ttimeout     = "60s"',
          "\t\tauth        = otelcol.auth.bearer.STAGES.handler",
          "\t}",
        ].join("\n"),
      );
      expect(text).toMatch(/storage +=\sotelcol\.storage\.file\.queues\.handler/);
      expect(text).not.toMatch(/local\.file|a\.example\.com|X-A|zstd/);
    }
  });

  test("sends from a second stage that keeps and repeats nothing", () => {
    const text = archive("send", bearer({ headers: { "X-A": "b" }, compression: "zstd" }));
    expect(text).toMatch(/endpoint {4}= "https:\/\/a\.example\.com"\n\t\tcompression = "zstd"\n/);
    expect(text).toContain('"X-A" = "b"');
    expect(text.split("\n\n").slice(-2).join("\n\n")).toBe(
      [
        "\tsending_queue {\n\t\tenabled = false\n\t}",
        "\tretry_on_failure {\n\t\tenabled = false\n\t}\n}",
      ].join("\n\n"),
    );
  });

  test("takes nothing from others between the stages", () => {
    const pipeline = pipelineOf(bearer());
    expect(textOf(pipeline, "otelcol.receiver.otlp.archive")).toBe(
      [
        'otelcol.receiver.otlp "archive" {',
        "\thttp {",
        '\t\tendpoint              = "127.0.0.1:23152"',
        "\t\tauth                  = otelcol.auth.bearer.STAGES.handler",
        '\t\tmax_request_body_size = "256MiB"',
        "\t}",
        "",
        "\toutput {",
        "\t\tmetrics = [otelcol.exporter.otlphttp.archive_send.input]",
        "\t\tlogs    = [otelcol.exporter.otlphttp.archive_send.input]",
        "\t}",
        "}",
      ].join("\n"),
    );
    expect(textOf(pipeline, "local.file.STAGES")).toContain("/proc/sys/kernel/random/uuid");
    expect(textOf(pipeline, "otelcol.auth.bearer.STAGES")).toContain("token = local.file.STAGES.content");
  });

  test.each([
    [
      { queue: { storage: "none" } },
      '\t\twait_for_result   = true\n\n\t\tbatch {\n\t\t\tmin_size = 0\n\t\t\tmax_size = 2097152\n\t\t\tsizer    = "bytes"\n\t\t}\n\t}\n}',
    ],
    [{ retry: { enabled: false } }, "\tretry_on_failure {\n\t\tenabled = false\n\t}\n}"],
  ])("with %j has it so in its first stage, as others do", (more, end) => {
    const alone = textOf(
      pipelineOf({
        destinations: { archive: { endpoint: "https://a.example.com", queue: { storage: "disk" }, ...more } },
      }),
      "otelcol.exporter.otlphttp.archive_logs",
    );
    expect(archive("logs", bearer(more)).endsWith(end)).toBe(true);
    expect(alone.endsWith(end)).toBe(true);
  });

  test("may have any name beside others", () => {
    const auth = { type: "bearer", secret: "s" };
    const destinations = Object.fromEntries(
      ["stages", "send", "a", "a-send", "a-token"].map((name) => [name, { endpoint: "https://a", auth }]),
    );
    const addresses = pipelineOf({ destinations }).components.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

describe("the ports between stages", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { maxLength: 100 });

  test("are one for each destination, where nothing else is to be expected", () => {
    fc.assert(
      fc.property(names, (all) => {
        const ports = loopbackPorts(all, "monitoring");
        expect([...ports.keys()].toSorted()).toEqual(all.toSorted());
        expect(new Set(ports.values()).size).toBe(all.length);
        for (const port of ports.values()) expect(port >= 23_000 && port < 24_000).toBe(true);
      }),
    );
  });

  test("don't follow the order of destinations, and stay when others come and go", () => {
    fc.assert(
      fc.property(names, (all) => {
        expect([...loopbackPorts(all.toReversed(), "monitoring")].toSorted()).toEqual(
          [...loopbackPorts(all, "monitoring")].toSorted(),
        );
      }),
    );
    const few = loopbackPorts(["remote", "archive", "standby"], "monitoring");
    for (const name of few.keys()) expect(loopbackPorts([name], "monitoring").get(name)).toBe(few.get(name));
  });

  test("are others in another namespace, whose agent may have the same node's network", () => {
    const [here, there] = ["monitoring", "team"].map((namespace) => [
      ...loopbackPorts(["local", "remote"], namespace).values(),
    ]);
    expect(here?.filter((port) => there?.includes(port))).toEqual([]);
  });
});
