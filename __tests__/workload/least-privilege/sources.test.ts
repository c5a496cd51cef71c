import { App } from "cdk8s";
import { AlloyAgent } from "../../../lib/alloy-agent";
import { summaryOf } from "../../../scripts/pages/page";
import { boxesOf } from "../../../scripts/pages/picture/boxes";
import { environmentOf, mistakesIn, type Settings } from "../../pipeline/pipeline-of";
import { manifestsOf } from "../fixtures/manifests-of";
import { granted } from "./granted";

// What each source alone needs, and is told of, written down by hand. None of it is taken from the code under test.

const names = ["node", "cadvisor", "aistore", "kube_state_metrics", "logs"] as const;

type Source = (typeof names)[number];

interface Needs {
  readonly mounts: readonly string[];
  readonly capability?: string;
  /** On pods, with where. */
  readonly rights: { readonly namespace?: string; readonly verbs: readonly string[] } | undefined;
  /** To pods with such a label. */
  readonly egress?: string;
  readonly alerts: readonly string[];
  /** How its words on the page begin. */
  readonly page: string;
  /** What its components' labels contain. */
  readonly label: RegExp;
  readonly box: RegExp;
}

const root = "/ /rootfs ro HostToContainer";
const watch = ["list", "watch"];
const needs: Readonly<Record<Source, Needs>> = {
  node: {
    mounts: ["/proc /proc ro", "/sys /sys ro", root],
    capability: "NET_ADMIN",
    rights: undefined,
    alerts: [],
    page: "The node: ",
    label: /\.node$/,
    box: /^node$/,
  },
  cadvisor: {
    mounts: ["/sys /sys ro", root, "/run/crio /var/run/crio ro"],
    rights: undefined,
    alerts: [],
    page: "The containers of ",
    label: /\.containers$/,
    box: /^containers$/,
  },
  aistore: {
    mounts: [],
    rights: { namespace: "ais", verbs: watch },
    egress: '"app":"ais"',
    alerts: ["AIStoreSilent"],
    page: "AIStore ",
    label: /\.aistore_ais_IN_ais$/,
    box: /^aistore-/,
  },
  kube_state_metrics: {
    mounts: [],
    rights: { verbs: watch },
    egress: '"app.kubernetes.io/name":"kube-state-metrics"',
    alerts: ["AlloyNodeWithoutAgent", "KubeStateMetricsMissing", "KubeStateMetricsDoubled"],
    page: "Kubernetes objects: ",
    label: /\.kube_state_metrics$/,
    box: /^kube-state-metrics$/,
  },
  logs: {
    mounts: ["/var/lib/aistore-alloy/monitoring:DirectoryOrCreate /var/lib/aistore-alloy/monitoring rw"],
    rights: { verbs: ["get", ...watch] },
    alerts: ["AlloyLogsLate"],
    page: "The logs of all containers",
    label: /^(loki\.|otelcol\.receiver\.loki|discovery\.\w+\.pods|otelcol\.exporter\.otlphttp\.local_logs)/,
    box: /^pod-logs$/,
  },
};

const choices = Array.from({ length: 2 ** names.length }, (_, bits) =>
  names.filter((_, place) => (bits >> place) % 2 === 1),
);

function settingsOf(on: readonly Source[], hostNetwork = false): Settings {
  const off = names.filter((name) => !on.includes(name));
  const url = "http://otlp.observability.svc:4318";
  return {
    container_runtime: "crio",
    host_network: hostNetwork,
    ...(on.includes("node") && hostNetwork && { ethtool: { device_include: "^ens.*" } }),
    local: {
      metricsEndpoint: `${url}/v1/metrics`,
      ...(on.includes("logs") && { logsEndpoint: `${url}/v1/logs` }),
    },
    sources: Object.fromEntries(off.map((name) => [name, { enabled: false }])),
  };
}

const everyAgents = ["ConfigMap alloy-config /etc/alloy rw"];
const inPod = "emptyDir /var/lib/aistore-alloy/monitoring rw";
const token = "token /var/run/secrets/kubernetes.io/serviceaccount ro";

describe.each([false, true])("with host network %s, of all sources", (hostNetwork) => {
  test.each(choices.map((on) => [on.join(", ") || "none", on] as const))(
    "%s: what they need is there, and nothing else",
    (_, on) => {
      const of = on.map((name) => needs[name]);
      const rights = of.flatMap((one) => one.rights ?? []);
      const [inAll, inOne] = [rights.filter((one) => one.namespace === undefined), rights];
      const readsNode = on.some((name) => !["aistore", "kube_state_metrics"].includes(name));
      const isNetAdmin = hostNetwork && on.includes("node");
      const given = granted(settingsOf(on, hostNetwork));
      expect(given).toMatchObject({
        hostNetwork,
        capabilities: { drop: ["ALL"], ...(isNetAdmin && { add: ["NET_ADMIN"] }) },
        root: readsNode,
        mounts: [
          ...new Set([
            ...everyAgents,
            ...of.flatMap(({ mounts }) => mounts),
            ...(rights.length > 0 ? [token] : []),
            ...(on.includes("logs") ? [] : [inPod]),
          ]),
        ].sort(),
        level: readsNode || hostNetwork ? "privileged" : "restricted",
        policies: hostNetwork ? 0 : 1,
      });
      expect(given.capabilities.add).toEqual(isNetAdmin ? ["NET_ADMIN"] : undefined);
      const verbs = (of: typeof rights) => [...new Set(of.flatMap((one) => one.verbs))].sort();
      const ofPods = Object(given.rules ?? []).find?.((rule: { resources: string[] }) =>
        rule.resources.includes("pods"),
      );
      expect(ofPods?.verbs ?? []).toEqual(verbs(inAll));
      // In one namespace alone, where none is in all.
      expect(given.roles).toBe(inAll.length === 0 && inOne.length > 0 ? 1 : 0);
    },
  );
});

test.each(choices.map((on) => [on.join(", ") || "none", on] as const))(
  "what is told is of %s alone: connections, alerts, page, picture, components",
  (_, on) => {
    const environment = environmentOf(settingsOf(on));
    const agent = new AlloyAgent(new App(), environment);
    const policy = JSON.stringify(manifestsOf(agent).find(({ kind }) => kind === "NetworkPolicy")?.content);
    const alerts = new Set(agent.ruleGroups.flatMap(({ rules }) => rules.map(({ alert }) => alert)));
    const words = summaryOf(environment, agent.config)
      .split("\n")
      .filter((line) => line.startsWith("- "));
    const boxes = boxesOf(agent.config).boxes.filter(({ stage }) => stage === "sources");
    const addresses = agent.config.components.map(({ address }) => address);
    for (const name of names) {
      const { egress, alerts: own, page, label, box } = needs[name];
      const isOn = on.includes(name);
      const found = {
        egress: egress !== undefined && policy.includes(egress),
        alerts: own.filter((alert) => alerts.has(alert)),
        page: words.some((line) => line.startsWith(`- ${page}`)),
        box: boxes.some(({ title }) => box.test(title)),
        components: addresses.some((address) => label.test(address)),
      };
      expect([name, found]).toEqual([
        name,
        {
          egress: isOn && egress !== undefined,
          alerts: isOn ? own : [],
          page: isOn,
          box: isOn,
          components: isOn,
        },
      ]);
    }
    // The API is reached by those alone that watch pods.
    expect(policy.includes("6443")).toBe(on.some((name) => needs[name].rights !== undefined));
    expect(mistakesIn(agent.config)).toEqual([]);
    // Memory is watched for what is scraped, and an alert of it is there for no other.
    const isScraping = on.some((name) => name !== "logs");
    expect(addresses.includes("otelcol.processor.memory_limiter.intake")).toBe(isScraping);
    expect(alerts.has("AlloyMetricsRefused")).toBe(isScraping);
  },
);
