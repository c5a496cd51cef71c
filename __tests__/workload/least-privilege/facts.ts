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
export const ofMetrics = [
  "/ /rootfs ro HostToContainer",
  "/ais /ais ro",
  "/dev/disk /dev/disk ro",
  "/proc /proc ro",
  "/sys /sys ro",
];

/** Of container metrics: the runtime's socket and the folder of its containers. */
export const ofRuntime: Readonly<Record<Runtime, readonly string[]>> = {
  docker: ["/var/run/docker.sock:Socket /var/run/docker.sock rw", "/var/lib/docker /var/lib/docker ro"],
  containerd: [
    "/run/containerd/containerd.sock:Socket /run/containerd/containerd.sock rw",
    "/var/lib/containerd /var/lib/containerd ro",
  ],
  crio: [
    "/var/run/crio/crio.sock:Socket /var/run/crio/crio.sock rw",
    "/var/lib/containers /var/lib/containers ro",
  ],
};

/** Of positions in logs and of queues on disk. */
export const ofStorage = ["/var/lib/alloy:DirectoryOrCreate /var/lib/alloy rw"];

/** Where the pod has the same by itself, if the node doesn't keep it. */
export const inPod = ["emptyDir /var/lib/alloy rw"];

/** Of every agent: its configuration. */
export const ofAgent = ["ConfigMap alloy-config /etc/alloy rw"];

/** Of whoever uses the Kubernetes API: logs are read by it, and AIStore and kube-state-metrics found. */
export const ofApi = ["token /var/run/secrets/kubernetes.io/serviceaccount ro"];

/** Of the remote's OAuth2: the keys that are files. Its token URL is a variable. */
export const ofRemote = ["Secret alloy-remote /var/run/secrets/alloy/alloy-remote ro"];
