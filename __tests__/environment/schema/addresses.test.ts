import { type UrlUse, urlMistakes } from "../../../lib/environment/schema/addresses";
import { diagnosticsOf } from "../reading";

const uses = {
  "local.endpoint": { role: "base", credentials: false },
  "local.metricsEndpoint": { role: "metrics", credentials: false },
  "local.logsEndpoint": { role: "logs", credentials: false },
  "remote.endpoint": { role: "base", credentials: true, secret: "remote.secret" },
  "remote.metricsEndpoint": { role: "metrics", credentials: true, secret: "remote.secret" },
  "remote.token_url": { role: "token", credentials: true },
} as const satisfies Record<string, UrlUse>;

type Setting = keyof typeof uses;

const scheme = "has no scheme; write http:// or https:// before it";
const schemeHttps = "has no scheme; write https:// before it";
const otherScheme = "has a scheme that is not meant here; write http:// or https://";
const pathAlone = "is a path alone; write it in full, with http:// or https:// and the host";
const slashes = "has not two slashes behind http:; write http://";
const noHost = "names no host; write it behind http://";
const host =
  "has a host that is none; write letters, digits, dots and dashes, or an address of IPv6 in brackets";
const port = "has a port that is none; write a number from 1 to 65535, or no colon";
const space = "has a space or a line end in it; remove it, or write %20";
const percent = "has a % without two hexadecimal digits; write %25";
const character = "has a character that no URL has; write it as % and two hexadecimal digits";
const credentials = "holds credentials, which the ConfigMap would show; write the URL without them";
const plainHttp = "is plain http, over which credentials could be read; write https://";
const grpc = "has port 4317, which is OTLP over gRPC; write the port of OTLP over HTTP, usually 4318";
const fragment = "has a fragment, which is never sent; write the URL without # and what follows";

/** The setting, a URL that is refused, why, and the nearest one that is taken. */
const cases: readonly (readonly [Setting, bad: string, says: string, good: string])[] = [
  ["local.endpoint", "otlp.example.com:4318", scheme, "http://otlp.example.com:4318"],
  ["local.endpoint", "otlp", scheme, "http://otlp"],
  ["local.endpoint", "//otlp.example.com", scheme, "https://otlp.example.com"],
  ["local.endpoint", "/api/v1/otlp", pathAlone, "http://otlp.example.com/api/v1/otlp"],
  ["local.endpoint", "http:/otlp.example.com", slashes, "http://otlp.example.com"],
  ["local.endpoint", "http:otlp.example.com", slashes, "http://otlp.example.com"],
  ["local.endpoint", "http:///otlp.example.com", slashes, "http://otlp.example.com"],
  ["local.endpoint", "http:\\\\otlp.example.com", slashes, "http://otlp.example.com"],
  ["local.endpoint", "http://", noHost, "http://otlp"],
  ["local.endpoint", "http:// ", space, "http://otlp"],
  ["local.endpoint", "http://:4318", noHost, "http://otlp:4318"],
  ["local.endpoint", "http://?a=b", noHost, "http://otlp"],
  ["local.endpoint", "grpc://otlp.example.com", otherScheme, "http://otlp.example.com"],
  ["local.endpoint", "htp://otlp.example.com", otherScheme, "HTTP://otlp.example.com"],
  ["local.endpoint", " http://otlp.example.com", space, "http://otlp.example.com"],
  ["local.endpoint", "http://otlp.example.com\n", space, "http://otlp.example.com"],
  ["local.endpoint", "http://otlp.example.com/a b", space, "http://otlp.example.com/a%20b"],
  ["local.endpoint", "http://otlp.example.com/%zz", percent, "http://otlp.example.com/%5a"],
  ["local.endpoint", "http://otlp.example.com/ä", character, "http://otlp.example.com/%C3%A4"],
  ["local.endpoint", "http://otlp.example.com/{tenant}", character, "http://otlp.example.com/tenant"],
  ["local.endpoint", "http://otlp.example.com:port", port, "http://otlp.example.com:8080"],
  ["local.endpoint", "http://otlp.example.com:0", port, "http://otlp.example.com:1"],
  ["local.endpoint", "http://otlp.example.com:65536", port, "http://otlp.example.com:65535"],
  ["local.endpoint", "http://otlp.example.com:-1", port, "http://otlp.example.com:1"],
  ["local.endpoint", "http://otlp.example.com:/a", port, "http://otlp.example.com/a"],
  ["local.endpoint", "http://{{.host}}", host, "http://host"],
  ["local.endpoint", "http://ötlp.example.com", host, "http://xn--tlp-sna.example.com"],
  ["local.endpoint", "http://a..example.com", host, "http://a.example.com."],
  ["local.endpoint", "http://-a.example.com", host, "http://a-b.example.com"],
  ["local.endpoint", "http://256.0.0.1", host, "http://255.0.0.1"],
  ["local.endpoint", "http://[::1", host, "http://[::1]:4318"],
  ["local.endpoint", "http://[::g]", host, "http://[::a]"],
  ["local.endpoint", "http://fd00::7:4318", port, "http://[fd00::7]:4318"],
  ["remote.endpoint", "otlp.example.com", schemeHttps, "https://otlp.example.com"],
  ["remote.token_url", "login.example.com", schemeHttps, "https://login.example.com/token?a=b"],
  ["local.endpoint", "http://user:hunter2@otlp.example.com", credentials, "http://otlp.example.com/@user"],
  ["local.endpoint", "user:hunter2@otlp.example.com", credentials, "http://otlp.example.com"],
  ["local.endpoint", "http:///user:hunter2@otlp.example.com", credentials, "http://otlp.example.com"],
  ["local.endpoint", "http:\\\\hunter2@otlp.example.com", credentials, "http://otlp.example.com"],
  [
    "remote.metricsEndpoint",
    "https://hunter2@otlp.example.com",
    `${credentials}, and name a Secret by remote.secret`,
    "https://otlp.example.com",
  ],
  [
    "local.logsEndpoint",
    "http://otlp.example.com/v1/logs?tenant=a&api_key=hunter2",
    credentials,
    "http://otlp.example.com/v1/logs?tenant=a&keys=b",
  ],
  [
    "remote.metricsEndpoint",
    "https://otlp.example.com/v1/metrics?sig=hunter2",
    `${credentials}, and name a Secret by remote.secret`,
    "https://otlp.example.com/v1/metrics?signal=a",
  ],
  [
    "remote.token_url",
    "https://login.example.com/token?client_secret=hunter2",
    credentials,
    "https://login.example.com/token?client=a",
  ],
  ["remote.token_url", "https://user:hunter2@login.example.com", credentials, "https://login.example.com"],
  ["remote.endpoint", "http://otlp.example.com", plainHttp, "https://otlp.example.com"],
  ["remote.token_url", "http://login.example.com", plainHttp, "https://login.example.com"],
  ["local.endpoint", "http://otlp.example.com:4317", grpc, "http://otlp.example.com:4318"],
  ["remote.endpoint", "https://otlp.example.com:4317/otlp", grpc, "https://otlp.example.com/otlp"],
  ["local.endpoint", "http://otlp.example.com/#a", fragment, "http://otlp.example.com/"],
  ["local.logsEndpoint", "http://otlp.example.com/v1/logs#a", fragment, "http://otlp.example.com/v1/logs"],
  [
    "local.endpoint",
    "http://otlp.example.com/?tenant=hunter2",
    "has a query, to which no path can be added; write metricsEndpoint and logsEndpoint, which may have one",
    "http://otlp.example.com/",
  ],
];

describe("a URL", () => {
  test.each(cases)("%s: %s", (setting, bad, says, good) => {
    expect(urlMistakes(bad, uses[setting])).toEqual([says]);
    expect(urlMistakes(good, uses[setting])).toEqual([]);
  });

  test("has each of its mistakes reported", () => {
    expect(urlMistakes("http://otlp.example.com:4317/v1/logs?a#b", uses["remote.endpoint"])).toEqual([
      plainHttp,
      fragment,
      grpc,
      "has a query, to which no path can be added; write metricsEndpoint and logsEndpoint, which may have one",
    ]);
  });

  test.each(cases.filter(([, bad]) => bad.includes("hunter2")))(
    "%s never shows what is secret in %s",
    (...row) => {
      const [setting, bad] = row;
      expect(urlMistakes(bad, uses[setting]).join()).not.toContain("hunter2");
    },
  );

  test("is reported at its setting", () => {
    expect(
      diagnosticsOf("container_runtime: crio", "local:", "  endpoint: http://otlp.example.com:4317"),
    ).toEqual([`x.yaml:3:3: local.endpoint: ${grpc}`]);
  });

  test.each(["local", "remote"])("is checked in all places of %s", (section) => {
    const settings = ["endpoint", "metricsEndpoint", "logsEndpoint"].map((name) => `  ${name}: otlp`);
    const diagnostics = diagnosticsOf(
      "container_runtime: crio",
      `${section}:`,
      ...settings,
      "  secret: a",
      "  scope: a",
    );
    expect(diagnostics.filter((line) => line.includes("has no scheme"))).toHaveLength(3);
  });
});
