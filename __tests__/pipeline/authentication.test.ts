import type { RequirementOf } from "../../lib/alloy";
import { mistakesIn, pipelineOf, type Settings, textOf } from "./pipeline-of";

const mount = "/var/run/secrets/alloy";

/** Every way to authenticate, the component that it makes, and the keys of the Secret that are read as files. */
const ways: readonly {
  readonly auth: Settings | undefined;
  readonly component?: string;
  readonly files: readonly string[];
  readonly variables: readonly (readonly [variable: string, key: string])[];
}[] = [
  { auth: undefined, files: [], variables: [] },
  {
    auth: { type: "oauth2", secret: "s", scope: "a" },
    component: "otelcol.auth.oauth2",
    files: ["azure_app_client_id", "azure_app_client_secret"],
    variables: [["ARCHIVE_EU_TOKEN_URL", "azure_token_url"]],
  },
  {
    auth: { type: "oauth2", secret: "s", scope: "a", token_url: "https://t", keys: { client_id: "id" } },
    component: "otelcol.auth.oauth2",
    files: ["azure_app_client_secret", "id"],
    variables: [],
  },
  { auth: { type: "mtls", secret: "s" }, files: ["ca.crt", "tls.crt", "tls.key"], variables: [] },
  {
    auth: { type: "bearer", secret: "s", keys: { token: "t" } },
    component: "otelcol.auth.bearer",
    files: [],
    variables: [["ARCHIVE_EU_TOKEN", "t"]],
  },
  {
    auth: { type: "basic", secret: "s" },
    component: "otelcol.auth.basic",
    files: ["password", "username"],
    variables: [],
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
      const exporters = pipeline.components.filter(({ address }) => address.startsWith("otelcol.exporter."));
      expect(exporters.map(({ address }) => address)).toEqual(
        taken.map((signal) => `otelcol.exporter.otlphttp.archive_eu_${signal}`),
      );
      const handlers = pipeline.components.filter(({ address }) => address.startsWith("otelcol.auth."));
      expect(handlers.map(({ address }) => address)).toEqual(
        way.component === undefined ? [] : [`${way.component}.archive_eu`],
      );
      // A CA of its own takes the place of the one beside the client's certificate.
      const hasCa = "tls" in transport;
      const own = way.files.filter((key) => !(hasCa && key === "ca.crt"));
      expect(filesOf(pipeline.requirements)).toEqual(
        [...(hasCa ? ["ca ca.crt"] : []), ...own.map((key) => `s ${key}`)].toSorted(),
      );
      expect(variablesOf(pipeline.requirements)).toEqual(way.variables);
    },
  );

  const text = (settings: Settings, address: string) =>
    textOf(pipelineOf({ destinations: { archive: { endpoint: "https://a", ...settings } } }), address);

  test("with a token reads it from a variable, without the line end of its file", () => {
    expect(text({ auth: { type: "bearer", secret: "s" } }, "otelcol.auth.bearer.archive")).toBe(
      [
        'otelcol.auth.bearer "archive" {',
        '\ttoken = coalesce(string.trim_space(sys.env("ARCHIVE_TOKEN")), "token-is-missing\\x7f")',
        "}",
      ].join("\n"),
    );
  });

  test("may have its token in a header of its own", () => {
    const auth = { type: "bearer", secret: "s", header: "X-Api-Key" };
    expect(text({ auth }, "otelcol.auth.bearer.archive")).toMatch(/scheme = ""\n.*\n\theader = "X-Api-Key"/);
  });

  test("with a user's name reads it and the password from files, and doesn't start without", () => {
    expect(text({ auth: { type: "basic", secret: "s" } }, "otelcol.auth.basic.archive")).toBe(
      [
        'otelcol.auth.basic "archive" {',
        "\tclient_auth {",
        '\t\tusername      = "username:is-missing"',
        `\t\tusername_file = "${mount}/s/username"`,
        `\t\tpassword_file = "${mount}/s/password"`,
        "\t}",
        "",
        "\thtpasswd {",
        '\t\tinline = "# none"',
        "\t}",
        "}",
      ].join("\n"),
    );
  });

  test("has TLS, headers and compression in its exporter", () => {
    const settings = {
      tls: { ca_secret: "ca", ca_key: "root.pem", server_name: "b" },
      headers: { "X-A": 'b"c' },
      compression: "zstd",
    };
    expect(text(settings, "otelcol.exporter.otlphttp.archive_logs")).toContain(
      [
        "\tclient {",
        '\t\tendpoint    = "https://a"',
        '\t\tcompression = "zstd"',
        "\t\theaders     = {",
        '\t\t\t"X-A" = `b"c`,',
        "\t\t}",
        "",
        "\t\ttls {",
        `\t\t\tca_file     = "${mount}/ca/root.pem"`,
        '\t\t\tserver_name = "b"',
        "\t\t}",
        "\t}",
      ].join("\n"),
    );
  });

  test("gets the logs of its namespaces alone", () => {
    const settings = { log_namespaces: ["ais", "b"] };
    expect(text(settings, "otelcol.processor.filter.archive_namespaces")).toContain(
      '`resource.attributes["k8s.namespace.name"] != "ais" and resource.attributes["k8s.namespace.name"] != "b"`',
    );
  });
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

function variablesOf(requirements: readonly RequirementOf[]): readonly (readonly string[])[] {
  return requirements.flatMap(({ requirement }) =>
    requirement.kind === "secretVariable" ? [[requirement.variable, requirement.key]] : [],
  );
}
