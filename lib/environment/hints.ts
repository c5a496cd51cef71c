import type { SettingKey } from "../schema";

/** Words for one thing, in lower case and without `-` and `_`, and what to write instead of them. */
type Hints = readonly (readonly [words: string, advice: string])[];

const atTop: Hints = [
  [
    "agent alloyversion version imagetag",
    "write images.agent for its image, and resources for what it may use",
  ],
  ["cluster clustername environment externallabels", "write remote.label"],
  ["secretname secretref existingsecret", "write remote.secret"],
  ["base bases inherit inherits include includes import parent", "write extends"],
  [
    "apiversion kind metadata spec data stringdata",
    "this file holds settings, and no object of Kubernetes; keep that elsewhere",
  ],
  [
    "logs metrics exporters outputs sinks remotewrite otlp loki prometheus endpoints",
    "write local, remote or destinations",
  ],
  [
    "receivers processors extensions pipelines config configmap configuration",
    "what Alloy does follows from the settings; remove it",
  ],
  ["replicas replicacount autoscaling hpa", "each node has its one agent; remove it"],
  ["persistence persistentvolume pvc volumeclaimtemplates hostpath", "write storage.path"],
  ["imagepullsecrets", "write images.pull_secrets"],
  ["dnspolicy", "it follows from host_network; remove it"],
  [
    "nodeexporter cadvisor kubestatemetrics podlogs clustermetrics hostmetrics collectors",
    "write sources, with node, cadvisor, kube_state_metrics or logs below it",
  ],
  [
    "chart chartvalues helm helmvalues values",
    "values of the Alloy chart stand beside the settings; write those without it",
  ],
  ["nodes scheduling", "write controller.nodeSelector, controller.tolerations or controller.affinity"],
];

const verified =
  "a certificate is always verified: write tls.ca_secret, the Secret with its CA, or an http:// URL";

const ofDestinations: Hints = [
  ["url uri host address server target", "write endpoint"],
  ["metricsurl", "write metricsEndpoint"],
  ["logsurl", "write logsEndpoint"],
  ["ca cafile cacert cabundle capem cacertfile", "write tls.ca_secret, the name of the Secret with the CA"],
  ["servername servernameoverride", "write tls.server_name"],
  ["insecure insecureskipverify tlsinsecureskipverify skipverify tlsskipverify", verified],
  ["sendingqueue buffer queueconfig", "write queue"],
  ["retryonfailure backoff retrypolicy retries", "write retry"],
  ["tenant orgid xscopeorgid", "write headers, with X-Scope-OrgID"],
  ["namespaces lognamespace", "write log_namespaces"],
  ["protocol grpc http encoding", "OTLP over HTTP is what is sent; remove it"],
  ["labels externallabels attributes", "write remote.label"],
  ["enabled", "what is not wanted is left out; remove it"],
];

const ofSources: Hints = [
  ["interval every scrapefrequency", "write scrape_interval"],
  ["disabled off", "write enabled: false"],
  [
    "interfaceexclude interfaces netdev netclass deviceexclude networkexclude",
    "write sources.interface_exclude, which is for node and cadvisor",
  ],
  ["diskexclude disks diskstats diskdeviceexclude", "write disk_include"],
  ["mountpointsexclude mountpoints filesystem filesystems", "write mount_exclude or fs_type_exclude"],
];

const credentials =
  "username user password basicauth token bearertoken apikey authorization clientid clientsecret oauth2 oauth tenantid cert certfile clientcert certificate keyfile";

const sections: Readonly<Record<string, Hints>> = {
  local: [
    [
      `${credentials} auth authtype secret scope tokenurl`,
      "a destination with auth stands below destinations; write one there",
    ],
    ...ofDestinations,
  ],
  remote: [
    [credentials, "it is in the Secret that remote.secret names; remove it"],
    ["auth", "write auth_type, or a destination with auth below destinations"],
    ["scopes", "write scope"],
    ...ofDestinations,
  ],
  "destinations.*": [
    [`${credentials} secret authtype scope tokenurl`, "write it as auth, with type and secret"],
    ["label", "write remote.label"],
    ["name", "its name is the key above; remove it"],
    ...ofDestinations,
  ],
  auth: [
    [credentials, "it is in the Secret that auth.secret names; remove it"],
    ["name secretname existingsecret secretref", "write secret"],
    ["scopes", "write scope"],
  ],
  tls: [
    ["ca cafile cacert cabundle capem cacertfile", "write ca_secret, the name of the Secret with the CA"],
    ["insecure insecureskipverify skipverify", verified],
    ["cert certfile key keyfile", "write auth with type: mtls, which names the Secret that has both"],
  ],
  queue: [
    ["enabled", "write storage: none for no queue"],
    ["queuesize maxsize capacity sizelimit", "write size, in bytes"],
    ["numconsumers", "it follows from what is sent; remove it"],
    ["persistent", "write storage: disk"],
    ["type", "write storage"],
    ["blockonoverflow overflow", "write when_full"],
  ],
  retry: [
    [
      "maxelapsed timeout maxretries initialinterval maxinterval",
      "write max_elapsed_time, or enabled: false",
    ],
  ],
  sources: [
    ["nodeexporter unix host hostmetrics", "write node"],
    ["containers container", "write cadvisor"],
    ["podlogs pods pod", "write logs"],
    ["alloy self own agent ownmetrics", "write own_metrics at the top of the file"],
    ["interval", "write scrape_interval"],
  ],
  node: ofSources,
  cadvisor: ofSources,
  aistore: ofSources,
  kube_state_metrics: [
    ["selector selectors labelselector podlabels labelmatchers matchlabels", "write labels"],
    ["namespaces", "write namespace, which is one"],
    ["portname portnumber targetport", "write port"],
    ...ofSources,
  ],
  logs: [
    [
      "tailfromend fromend startatend olderthan sinceseconds",
      "write since, the time before which no line is sent",
    ],
    ["namespacesexclude excludednamespaces namespaceexclude excludenamespace", "write exclude_namespaces"],
    ["namespaces lognamespaces", "write log_namespaces below a destination, or exclude_namespaces here"],
    ...ofSources,
  ],
  scrape: [["interval scrapeinterval", "write sources.scrape_interval"]],
  "aistore.*": [
    ["ca cacert cafile", "write ca_secret"],
    ["tls", "write https: true"],
    ["insecureskipverify", "write insecure"],
    ["cluster", "write name"],
  ],
  images: [
    ["alloy tag version image", "write agent"],
    ["repository", "write registry, with the path in it"],
    ["configreloader sidecar", "write reloader"],
    ["pullpolicy", "write image.pullPolicy at the top level"],
  ],
  storage: [
    ["size sizelimit capacity", "write queue.size below a destination"],
    ["hostpath folder directory storagepath", "write path"],
  ],
  "secrets.*": [
    ["secretstore storename secretstoreref", "write store, and store_kind"],
    ["kind", "write store_kind"],
    ["refreshinterval refreshafter", "write refresh"],
    ["vaultauthref vaultauth", "write auth"],
    ["remoteref", "write key"],
  ],
  ui: [
    ["listenport", "write port"],
    ["enabled listenaddr", "write expose"],
  ],
};

/**
 * What to do instead of a key that is no setting, where it is known what is meant: not by its spelling, but by what it is
 * called elsewhere.
 *
 * @param parent where the key stands
 */
export function hintFor(parent: SettingKey, name: string): string | undefined {
  const word = name.toLowerCase().replaceAll(/[-_]/g, "");
  return hintsAt(parent).find(([words]) => words.split(" ").includes(word))?.[1];
}

/** The hints of a section: of one that an operator names, or of a list, those of each. */
function hintsAt(parent: SettingKey): Hints {
  const [first, , ...inner] = parent;
  if (first === undefined) return atTop;
  const isNamed = first === "destinations" || first === "aistore" || first === "secrets";
  const whole =
    isNamed && parent.length === 2
      ? `${first}.*`
      : String(inner.length > 0 || isNamed ? parent.at(-1) : (parent[1] ?? first));
  return Object.hasOwn(sections, whole) ? (sections[whole] ?? []) : [];
}
