import type { Environment } from "../../lib/environment";
import { fleet } from "../fleet/fleet";
import { environmentOf, type Settings } from "../pipeline/pipeline-of";
import { type Agent, pause } from "./agent";
import { describeWithField } from "./field";

jest.setTimeout(400_000);

const endpoint = "http://127.0.0.1:1";

/** What none of the fleet has. */
const varied: Readonly<Record<string, Settings>> = {
  "the least": { local: { endpoint } },
  "metrics alone": { local: { metricsEndpoint: `${endpoint}/v1/metrics` } },
  "logs alone, on disk": { local: { logsEndpoint: `${endpoint}/v1/logs`, queue: { storage: "disk" } } },
  "no queues, no limits": {
    local: { endpoint, queue: { storage: "none" } },
    resources: { limits: { cpu: "none", memory: "none" } },
    memory_limiter: false,
    storage: { path: "none" },
  },
  "CRI-O on the node's network": {
    container_runtime: "crio",
    host_network: true,
    ethtool: { device_include: "^ens.*" },
    local: { endpoint },
    livedebugging: true,
  },
  "every kind of authentication": {
    local: { endpoint },
    destinations: Object.fromEntries(
      ["oauth2", "mtls", "bearer", "basic"].map((type) => [
        type,
        {
          endpoint: "https://127.0.0.1:1",
          auth: { type, secret: `secret-of-${type}`, ...(type === "oauth2" ? { scope: "a" } : {}) },
        },
      ]),
    ),
  },
};

/** The Alloy that tests build is without C, and so without `loki.source.journal`. */
const withoutJournal = (environment: Environment): Environment => ({
  ...environment,
  alloyFiles: environment.alloyFiles.filter(({ name }) => name !== "files/journal.alloy"),
});

const environments = [
  ...fleet.map((environment) => [environment.name, withoutJournal(environment)] as const),
  ...Object.entries(varied).map(([name, settings]) => [name, environmentOf(settings)] as const),
];

/** The components that are not healthy once none is starting any more, and what they say. */
async function unhealthy(agent: Agent): Promise<readonly string[]> {
  let components = await agent.components();
  for (let tries = 0; tries < 100 && components.some(({ health }) => health.state === "unknown"); tries++) {
    await pause(200);
    components = await agent.components();
  }
  expect(components.length).toBeGreaterThan(10);
  return components
    .filter(({ health }) => health.state !== "healthy")
    .map(({ localID, health }) => `${localID} is ${health.state}: ${health.message}`);
}

describeWithField(
  "the real Alloy loads what is synthesized, each component is healthy, and validate and fmt agree",
  (field) => {
    test.each(environments)("%s", async (_, environment) => {
      const agent = await field.agent(environment, { secrets: await field.secretsOf(environment) });

      expect(await unhealthy(agent)).toEqual([]);
      expect(agent.command("validate")).toEqual({ status: 0, output: "" });
      expect(agent.command("fmt")).toEqual({ status: 0, output: agent.config });
    });
  },
);

describeWithField("the real Alloy starts without a single Secret, and each component is healthy", (field) => {
  test.each(environments.filter(([, environment]) => field.readsSecrets(environment)))(
    "%s",
    async (_, environment) => {
      const agent = await field.agent(environment);

      expect(await unhealthy(agent)).toEqual([]);
    },
  );
});
