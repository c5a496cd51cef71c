import type { RequirementOf } from "../../lib/alloy";
import { mistakesIn, pipelineOf, type Settings, textOf } from "./pipeline-of";

const mount = "/var/run/secrets/alloy";

/**
 * Every way to authenticate, the component that it makes, the keys of the Secret that are read, those of them whose
 * content is, and whether there is a second stage for it.
 */
const ways: readonly {
  readonly auth: Settings | undefined;
  readonly component?: string;
  readonly keys: readonly string[];
  readonly contents: readonly string[];
}[] = [
  { auth: undefined, keys: [], contents: [] },
  {
    auth: { type: "oauth2", secret: "s", scope: "a" },
    component: "otelcol.auth.oauth2",
    keys: ["azure_app_client_id", "azure_app_client_secret", "azure_token_url"],
    contents: ["url"],
  },
  {
    auth: { type: "oauth2", secret: "s", scope: "a", token_url: "https://t", keys: { client_id: "id" } },
    component: "otelcol.auth.oauth2",
    keys: ["azure_app_client_secret", "id"],
    contents: [],
  },
  {
    auth: { type: "mtls", secret: "s" },
    keys: ["ca.crt", "tls.crt", "tls.key"],
    contents: ["ca", "certificate", "key"],
  },
  {
    auth: { type: "bearer", secret: "s", keys: { token: "t" } },
    component: "otelcol.auth.bearer",
    keys: ["t"],
    contents: ["token"],
  },
  {
    auth: { type: "basic", secret: "s" },
    component: "otelcol.auth.bearer",
    keys: ["password", "username"],
    contents: ["password", "username"],
  },
];

const signals = [
  { urls: { endpoint: "https://a.example.com" }, taken: ["metrics", "logs"] },
  { urls: { metricsEndpoint: "https://a.example.com/v1/metrics" }, taken: ["metrics"] },
  { urls: { logsEndpoint: "https://a.example.com/v1/logs" }, taken: ["logs"] },
] as const;

const transports: readonly Settings[] = [
  {},
  { tls: { ca_secret: "ca", server_name: "b" }, headers: { "X-A": "b" }, compression: "none" },
];

const cases = ways.flatMap((way) =>
  signals.flatMap(({ urls, taken }) => transports.map((transport) => ({ way, urls, taken, transport }))),
);

describe("a destination", () => {
  test.each(
    cases.map((one) => [JSON.stringify([one.way.auth?.type, one.urls, one.transport]), one] as const),
  )(
    "%s asks its Secrets for what it reads, and leaves nothing dangling",
    (_, { way, urls, taken, transport }) => {
      const settings = { ...urls, ...transport, ...(way.auth && { auth: way.auth }) };
      const pipeline = pipelineOf({ destinations: { "archive-eu": settings } });
      expect(mistakesIn(pipeline)).toEqual([]);
      const hasCa = "tls" in transport;
      const contents = [...new Set([...way.contents, ...(hasCa ? ["ca"] : [])])];
      const hasTwoStages = contents.length > 0;
      const labels = (name: string) =>
        pipeline.components
          .filter(({ definition }) => definition.name === name)
          .map(({ label }) => label)
          .toSorted();
      const exporters = [...taken, ...(hasTwoStages ? ["send"] : [])];
      expect(labels("otelcol.exporter.otlphttp")).toEqual(
        exporters.map((last) => `archive_eu_${last}`).toSorted(),
      );
      expect(labels("otelcol.receiver.otlp")).toEqual(hasTwoStages ? ["archive_eu"] : []);
      expect(labels("local.file")).toEqual(
        [
          ...contents.map((content) => `archive_eu_${content}`),
          ...(hasTwoStages ? ["STAGES"] : []),
        ].toSorted(),
      );
      const handlers = pipeline.components.map(({ address }) => address).filter((one) => /auth/.test(one));
      expect(handlers.toSorted()).toEqual(
        [
          ...(way.component === undefined ? [] : [`${way.component}.archive_eu`]),
          ...(hasTwoStages ? ["otelcol.auth.bearer.STAGES"] : []),
        ].toSorted(),
      );
      // A CA of its own takes the place of the one beside the client's certificate.
      const own = way.keys.filter((key) => !(hasCa && key === "ca.crt"));
      expect(filesOf(pipeline.requirements)).toEqual(
        [...(hasCa ? ["ca ca.crt"] : []), ...own.map((key) => `s ${key}`)].toSorted(),
      );
    },
  );

  const text = (settings: Settings, address: string) =>
    textOf(pipelineOf({ destinations: { archive: { endpoint: "https://a", ...settings } } }), address);

  test("with a token reads it from its file, without the line end", () => {
    const auth = { type: "bearer", secret: "s" };
    expect(text({ auth }, "local.file.archive_token")).toBe(
      [
        'local.file "archive_token" {',
        `\tfilename       = "${mount}/s/token"`,
        '\tpoll_frequency = "10s"',
        "\tis_secret      = true",
        "}",
      ].join("\n"),
    );
    expect(text({ auth }, "otelcol.auth.bearer.archive")).toBe(
      [
        'otelcol.auth.bearer "archive" {',
        '\ttoken = coalesce(string.trim_space(convert.nonsensitive(local.file.archive_token.content)), "token-is-missing\\x7f")',
        "}",
      ].join("\n"),
    );
  });

  test("may have its token in a header of its own", () => {
    const auth = { type: "bearer", secret: "s", header: "X-Api-Key" };
    expect(text({ auth }, "otelcol.auth.bearer.archive")).toMatch(/scheme = ""\n.*\n\theader = "X-Api-Key"/);
  });

  test("has TLS, headers and compression in its exporter", () => {
    const settings = {
      tls: { ca_secret: "ca", ca_key: "root.pem", server_name: "b" },
      headers: { "X-A": 'b"c' },
      compression: "zstd",
    };
    expect(text(settings, "otelcol.exporter.otlphttp.archive_send")).toContain(
      [
        "\tclient {",
        '\t\tendpoint    = "https://a"',
        '\t\tcompression = "zstd"',
        "\t\theaders     = {",
        '\t\t\t"X-A" = `b"c`,',
        "\t\t}",
        "",
        "\t\ttls {",
        "",
      ].join("\n"),
    );
    expect(text(settings, "otelcol.exporter.otlphttp.archive_send")).toMatch(
      /ca_pem {6}= "-----BEGIN [^"]+" \+ \S+local\.file\.archive_ca\.content\)\)\n\t\t\tserver_name = "b"\n/,
    );
  });

  test("gets the logs of its namespaces alone", () => {
    const settings = { log_namespaces: ["ais", "b"] };
    expect(text(settings, "otelcol.processor.filter.archive_namespaces")).toContain(
      '`resource.attributes["k8s.namespace.name"] != "ais" and resource.attributes["k8s.namespace.name"] != "b"`',
    );
  });
});

test("a name and a password go in HTTP's order, with a colon between them", () => {
  const one = { endpoint: "https://a", auth: { type: "basic", secret: "s" } };
  const [, credentials] =
    /encoding\.to_base64\((.*)\)/.exec(
      textOf(pipelineOf({ destinations: { one } }), "otelcol.auth.bearer.one"),
    ) ?? [];
  expect(credentials?.match(/local\.file\.\w+|":"/g)).toEqual([
    "local.file.one_username",
    '":"',
    "local.file.one_password",
  ]);
});

test("destinations may share a Secret", () => {
  const auth = (type: string) => ({ endpoint: "https://a", auth: { type, secret: "s" } });
  const { requirements } = pipelineOf({ destinations: { one: auth("basic"), two: auth("mtls") } });
  expect(filesOf(requirements)).toEqual(["s ca.crt", "s password", "s tls.crt", "s tls.key", "s username"]);
});

function filesOf(requirements: readonly RequirementOf[]): readonly string[] {
  const files = requirements.flatMap(({ requirement }) => {
    if (requirement.kind !== "secretFiles") return [];
    const { secret, keys, mountPath } = requirement;
    expect(mountPath).toBe(`${mount}/${secret}`);
    return keys.map((key) => `${secret} ${key}`);
  });
  return [...new Set(files)].toSorted();
}
