// What each part of the pipeline needs, written down by hand from what Alloy and the Kubernetes API were seen to use.
// None of it is taken from the code under test.

export type Signals = "metrics" | "logs" | "both";
export type Runtime = "docker" | "containerd" | "crio";

const pods = (...verbs: readonly string[]) => ({ apiGroups: [""], resources: ["pods"], verbs });
const podLogs = { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] };

/** The ClusterRole of sources. There is no other role: kube-state-metrics may be in any namespace. */
export const rules: Readonly<Record<Signals, readonly object[]>> = {
  metrics: [pods("list", "watch")],
  logs: [pods("get", "list", "watch"), podLogs],
  both: [pods("get", "list", "watch"), podLogs],
};

/** Mounts of node and container metrics, whatever the runtime: `from to mode [propagation]`. */
export const ofMetrics = ["/ /rootfs ro HostToContainer", "/proc /proc ro", "/sys /sys ro"];

/** Of container metrics: the folder of CRI-O's socket. The others' sockets are below the root of the node. */
export const ofRuntime: Readonly<Record<Runtime, readonly string[]>> = {
  docker: [],
  containerd: [],
  crio: ["/run/crio /var/run/crio ro"],
};

/** Of positions in logs and of queues on disk. */
export const ofStorage = [
  "/var/lib/aistore-alloy/monitoring:DirectoryOrCreate /var/lib/aistore-alloy/monitoring rw",
];

/** Where the pod has the same by itself, if the node doesn't keep it. */
export const inPod = ["emptyDir /var/lib/aistore-alloy/monitoring rw"];

/** Of every agent: its configuration. */
export const ofAgent = ["ConfigMap alloy-config /etc/alloy rw"];

/** Of whoever uses the Kubernetes API: logs are read by it, and AIStore and kube-state-metrics found. */
export const ofApi = ["token /var/run/secrets/kubernetes.io/serviceaccount ro"];

/** Of the remote's OAuth2: three keys, over the empty files that are there until they come. */
export const ofRemote = [
  "ConfigMap alloy-secret-placeholders, Secret alloy-remote /var/run/secrets/alloy/alloy-remote ro",
];
