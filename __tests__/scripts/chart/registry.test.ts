import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { RegistryError, registryDigest } from "../../../scripts/chart/registry";

const digest = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

const index = JSON.stringify({ schemaVersion: 2, manifests: [{ platform: { architecture: "arm64" } }] });
const ofOneProcessor = JSON.stringify({ schemaVersion: 2, layers: [] });
const indexType = "application/vnd.oci.image.index.v1+json";

/** What a registry answers: a status and headers, and what is behind them. */
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

describe("the digest of an image", () => {
  let server: Server;
  let host: string;
  let requests: string[];
  let answer: (request: IncomingMessage) => Answer;

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      const { status = 200, headers = {}, body = "" } = answer(request);
      response.writeHead(status, headers).end(request.method === "HEAD" ? "" : body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    host = `127.0.0.1:${portOf(server)}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  function portOf(listening: Server): number {
    const address: AddressInfo | string | null = listening.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  const ask = () => registryDigest(`${host}/grafana/alloy:v1.18.1`);
  const failure = () =>
    ask().then(
      (found) => found,
      (error: unknown) => (error instanceof RegistryError ? error.message.replaceAll(host, "HOST") : error),
    );

  const manifests = ({ headers }: IncomingMessage): Answer => {
    const body = headers.accept?.includes(indexType) ? index : ofOneProcessor;
    return { headers: { "docker-content-digest": digest(body) }, body };
  };

  test("is that of the index of all processors, asked for by one request", async () => {
    answer = manifests;
    expect(await ask()).toBe(digest(index));
    expect(requests).toEqual(["HEAD /v2/grafana/alloy/manifests/v1.18.1"]);
  });

  test("is that of the bytes where the registry doesn't say it", async () => {
    answer = () => ({ body: index });
    expect(await ask()).toBe(digest(index));
    expect(requests).toEqual([
      "HEAD /v2/grafana/alloy/manifests/v1.18.1",
      "GET /v2/grafana/alloy/manifests/v1.18.1",
    ]);
  });

  const challenge = (realm: string) => ({
    status: 401,
    headers: {
      "www-authenticate": `Bearer realm="${realm}",service="registry.example.com",scope="repository:grafana/alloy:pull"`,
    },
  });

  test.each(["token", "access_token"])("is told for a token that everyone gets, as `%s`", async (name) => {
    answer = (request) => {
      if (request.url?.startsWith("/token")) return { body: JSON.stringify({ [name]: "for everyone" }) };
      return request.headers.authorization === "Bearer for everyone"
        ? manifests(request)
        : challenge(`http://${host}/token?account=none`);
    };
    expect(await ask()).toBe(digest(index));
    expect(requests).toEqual([
      "HEAD /v2/grafana/alloy/manifests/v1.18.1",
      "GET /token?account=none&service=registry.example.com&scope=repository%3Agrafana%2Falloy%3Apull",
      "HEAD /v2/grafana/alloy/manifests/v1.18.1",
    ]);
  });

  test.each([
    ["names in any case, and values without quotes", "bearer Realm=REALM, Scope=repository:a:pull"],
    ["another scheme before it", 'Basic realm="x, y", Bearer realm="REALM",scope="repository:a:pull"'],
    ["another scheme behind it", 'Bearer realm="REALM",scope="repository:a:pull", Basic realm="x"'],
    ["escapes, and more than is asked", 'Bearer error="\\"no\\"",realm="REALM",scope="repository\\:a:pull"'],
  ])("is told for a token where the challenge has %s", async (_, header) => {
    answer = (request) => {
      if (request.url?.startsWith("/token")) return { body: '{"token": "for everyone"}' };
      return request.headers.authorization === "Bearer for everyone"
        ? manifests(request)
        : {
            status: 401,
            headers: { "www-authenticate": header.replace("REALM", `http://${host}/token`) },
          };
    };
    expect(await ask()).toBe(digest(index));
    expect(requests[1]).toBe("GET /token?scope=repository%3Aa%3Apull");
  });

  test("is not told by what is cut off", async () => {
    answer = ({ method }) => ({ headers: method === "HEAD" ? {} : { "content-length": "9" }, body: "x" });
    server.on("request", ({ method, socket }) => {
      if (method === "GET") setImmediate(() => socket.destroy());
    });
    expect(await failure()).toMatch(/^HOST can't be reached: (?!undefined)./);
  });

  test("is not told by a place without TLS, to which the registry redirects", async () => {
    const redirected = new Response("", { headers: { "docker-content-digest": digest(index) } });
    Object.defineProperty(redirected, "url", { value: "http://example.com/v2/" });
    const fetched = jest.spyOn(globalThis, "fetch").mockResolvedValue(redirected);
    await expect(registryDigest("registry.example.com/a:v1")).rejects.toThrow(
      "registry.example.com redirects to a place without TLS",
    );
    fetched.mockRestore();
  });

  test.each<[message: string, answer: (request: IncomingMessage) => Answer]>([
    ["HOST doesn't have it", () => ({ status: 404 })],
    ["HOST answers with 429", () => ({ status: 429 })],
    [
      "HOST has it for those who log in",
      () => ({ status: 401, headers: { "www-authenticate": 'Basic realm="x"' } }),
    ],
    ["HOST has it for those who log in", () => ({ status: 401 })],
    ["HOST gives tokens without TLS", () => challenge("http://auth.example.com/token")],
    ["HOST gives no token", ({ url }) => (url?.startsWith("/?") ? {} : challenge("http://HOST/"))],
    [
      "HOST answers with 401",
      ({ url }) => (url?.startsWith("/token") ? tokens : challenge("http://HOST/token")),
    ],
    ["HOST gives sha512:00", () => ({ headers: { "docker-content-digest": "sha512:00" } })],
  ])("is not told: %s", async (message, of) => {
    answer = (request) => {
      const given = of(request);
      const headers = Object.entries(given.headers ?? {}).map(([name, value]) => [
        name,
        value.replace("HOST", host),
      ]);
      return { ...given, headers: Object.fromEntries(headers) };
    };
    expect(await failure()).toBe(message);
  });

  test("is not told by a registry that can't be reached, nor of an image without a tag", async () => {
    answer = ({ socket }) => ({ body: String(socket.destroy()) });
    expect(await failure()).toMatch(/^HOST can't be reached: (?!undefined)./);
    await expect(registryDigest(`${host}/grafana/alloy`)).rejects.toThrow("it has no tag");
    await expect(registryDigest("a:99999/alloy:v1")).rejects.toEqual(new RegistryError("a:99999 is no host"));
  });
});

const tokens: Answer = { body: '{"token": "of another"}' };
