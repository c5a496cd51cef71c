import { sourceWords } from "../../../scripts/pages/sources";
import { environmentOf, least } from "../../environment/reading";
import { pipelineOf } from "./pipelines";

const withoutTraffic = "and the state of its network interfaces (their traffic takes `host_network`)";

test.each([
  [[], withoutTraffic],
  [["ethtool: {device_include: ^ens.*}"], withoutTraffic],
  [["host_network: true"], "and network"],
  [["host_network: true", "ethtool: {device_include: ^ens.*}"], "and network; the network cards `^ens.*`"],
])("of a node's network is measured what %j allows", (lines, words) => {
  const environment = environmentOf(...least, ...lines);
  expect(sourceWords(environment, pipelineOf(environment)).get("node")).toBe(
    `The node: processors, memory, disks, file systems ${words}`,
  );
});

test.each([
  ["https: false", "over HTTP"],
  ["https: true, insecure: true", "over HTTPS, with a certificate that is not verified"],
  [
    "https: true, ca_secret: a, ca_key: b",
    "over HTTPS, with a certificate that is verified by the key `b` of the Secret `a`",
  ],
  [
    "https: true, ca_secret: a, server_name: c.example.com",
    "over HTTPS, with a certificate that is verified by the key `ca.crt` of the Secret `a`, for the name `c.example.com`",
  ],
])("an AIStore cluster with %s is scraped so", (settings, words) => {
  const environment = environmentOf(...least, `aistore: [{namespace: ais, name: ais, ${settings}}]`);
  expect(sourceWords(environment, pipelineOf(environment)).get("aistore-ais-IN-ais")).toBe(
    `AIStore \`ais\` in namespace \`ais\`: its proxies and targets, ${words}`,
  );
});

test("what the config says of a source counts, whatever the settings say", () => {
  const tls = "aistore: [{namespace: ais, name: ais, https: true, ca_secret: a, server_name: c.example.com}]";
  const config = pipelineOf(
    environmentOf(...least, tls, "host_network: true", "ethtool: {device_include: ^a$}"),
  );
  const words = sourceWords(environmentOf(...least), config);
  expect(words.get("aistore-ais-IN-ais")).toMatch(
    /key `ca\.crt` of the Secret `a`, for the name `c\.example\.com`$/,
  );
  expect(words.get("node")).toMatch(/and network; the network cards `\^a\$`$/);
});
