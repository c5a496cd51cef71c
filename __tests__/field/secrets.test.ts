import { createServer } from "node:http";
import type { Server } from "node:net";
import { environmentOf } from "../pipeline/pipeline-of";
import { pause } from "./agent";
import { describeWithField, type Field } from "./field";
import { Authority, Doorway, GuardedServer, type Pair } from "./guarded";
import type { Secrets } from "./pod";

jest.setTimeout(600_000);

/** The ways to authenticate, each of which is the name of a Secret. */
const ways = ["bearer", "basic", "mtls", "oauth2"] as const;

let authority: Authority;
beforeAll(() => {
  authority = new Authority();
});
afterAll(() => authority.remove());

// Gives whatever client comes a token that says what it showed, and which soon ends.
const tokens = createServer((request, response) => {
  const token = `token-of-${(request.headers.authorization ?? "").replace("Basic ", "")}`;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ access_token: token, token_type: "Bearer", expires_in: 3 }));
});
let doors: Doorway[] = [];
/** Has a server be in the network of the agents. @returns its host and port */
async function place(field: Field, server: Server): Promise<string> {
  const door = new Doorway(server);
  doors.push(door);
  return door.open(await field.process());
}
afterEach(() => {
  for (const door of doors) door.close();
  doors = [];
});

/** All Secrets, and what each destination then is shown. */
function credentials(version: string, pair: Pair, tokenUrl: string) {
  return {
    secrets: {
      trusted: { "ca.crt": authority.cert },
      bearer: { token: `${version}\n` },
      basic: { username: "user", password: version },
      mtls: { "tls.crt": pair.cert, "tls.key": pair.key },
      oauth2: {
        azure_app_client_id: "id",
        azure_app_client_secret: version,
        azure_token_url: tokenUrl,
      },
    },
    shown: {
      bearer: `Bearer ${version}`,
      basic: `Basic ${base64(`user:${version}`)}`,
      mtls: pair.serial,
      oauth2: `Bearer token-of-${base64(`id:${version}`)}`,
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** Whether something comes to be so: how soon depends on the machine, and so it is asked some times. */
async function becomes(expected: boolean, isSo: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 8; tries++) if ((await isSo()) === expected) return true;
  return false;
}

for (const storage of ["disk", "none"]) {
  describeWithField(`with the real Alloy and the queue ${storage}`, (field) => {
    test("destinations wait for their Secrets, and take what comes, changes, goes and comes again", async () => {
      const tokenUrl = `http://${await place(field, tokens)}/`;
      const first = credentials("1", authority.sign(), tokenUrl);
      const second = credentials("2", authority.sign(), tokenUrl);
      const taken = ways.map((way) => [first.shown[way], second.shown[way]].toSorted());
      const servers = taken.map((both) => new GuardedServer(authority.sign(), authority.cert, both));
      const addresses = await Promise.all(servers.map(({ server }) => place(field, server)));
      const destinations = Object.fromEntries(
        ways.map((way, index) => [
          way,
          {
            logsEndpoint: `https://${addresses[index]}/v1/logs`,
            compression: "none",
            queue: { storage },
            auth: { type: way, secret: way, ...(way === "oauth2" && { scope: "a" }) },
            tls: { ca_secret: "trusted" },
          },
        ]),
      );
      let written = 0;
      const write = async () => {
        await field.write("app", 500);
        written += 500;
      };
      const none = ways.map(() => 0);
      const missing = () => servers.map((server) => server.missing(written));
      const allIsThere = async () => {
        for (let tries = 0; Math.max(...missing()) > 0 && tries < 120; tries++) await pause(1_000);
        expect(missing()).toEqual(none);
      };
      const requests = () => servers.map(({ shown }) => shown.length);

      await field.pod({ namespace: "ais", name: "app", container: "app" });
      const agent = await field.agent(environmentOf({ destinations }));
      const parts: Secrets = {
        basic: { username: "user" },
        mtls: { "tls.crt": first.secrets.mtls["tls.crt"] },
        oauth2: { azure_app_client_id: "id", azure_token_url: tokenUrl },
      };
      for (const secrets of [{}, parts, { ...parts, trusted: first.secrets.trusted }]) {
        agent.mountSecrets(secrets);
        await write();
        await pause(8_000);
      }
      expect(requests()).toEqual(none);

      agent.mountSecrets(first.secrets);
      await allIsThere();
      agent.mountSecrets(second.secrets);
      await pause(8_000);
      await write();
      await allIsThere();

      agent.mountSecrets({});
      /** Whether what is written now is sent. */
      const isSent = async () => {
        const before = requests();
        await write();
        await pause(8_000);
        return requests().some((count, index) => count !== before[index]);
      };
      await pause(12_000);
      expect(await becomes(false, isSent)).toBe(true);
      agent.mountSecrets(second.secrets);
      await allIsThere();

      // No request had other credentials, and none was without.
      expect(servers.map(({ shown }) => [...new Set(shown)].toSorted())).toEqual(taken);
    });
  });
}

describeWithField("with the real Alloy", (field) => {
  test("an AIStore cluster waits for its CA, and is scraped by whatever is there", async () => {
    const server = new GuardedServer(authority.sign(), authority.cert, []);
    const address = await place(field, server.server);
    const aistore = [{ namespace: "ais", name: "ais", https: true, ca_secret: "trusted" }];
    const local = { metricsEndpoint: `${await field.destination("local")}/v1/metrics` };
    const agent = await field.agent(environmentOf({ local, aistore }), {
      change: (config) =>
        config.replace(
          /targets +=\sdiscovery\.relabel\.aistore_ais_IN_ais\.output([^}]*?)scrape_interval = "30s"/,
          `targets = [{ __address__ = "${address}" }]$1scrape_interval = "2s"\nscrape_timeout = "1s"`,
        ),
    });
    const isAsked = async () => {
      const before = server.shown.length;
      await pause(6_000);
      return server.shown.length > before;
    };
    /** With a CA in the Secret, or none. */
    const isScraped = async (expected: boolean, ca?: string) => {
      agent.mountSecrets(ca === undefined ? {} : { trusted: { "ca.crt": ca } });
      await pause(8_000);
      expect(await becomes(expected, isAsked)).toBe(true);
    };
    const other = new Authority();
    await isScraped(false);
    await isScraped(true, authority.cert);
    await isScraped(false, other.cert);
    server.server.setSecureContext(other.sign());
    await isScraped(true, other.cert);
    await isScraped(false);
    other.remove();
  });
});
