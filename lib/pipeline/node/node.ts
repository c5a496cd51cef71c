import { posix } from "node:path";
import type { Construct } from "constructs";
import { LocalFile } from "../../../imports/alloy/local";
import {
  coalesce,
  concatStrings,
  constants,
  convert,
  type Expression,
  type HostPathRequirement,
  type PodFieldRequirement,
  type SecretFilesRequirement,
  string,
  sys,
} from "../../alloy";
import type { ContainerRuntime, MountPropagation, SecretKey } from "../../environment";

/** The node that the agent runs on. The chart sets HOSTNAME from `spec.nodeName`. */
export const nodeName = coalesce(sys.env("HOSTNAME"), constants.hostname);

/** The variable that tells the agent its pod's name: the host's name is the node's where the pod shares its network. */
export const podNameField: PodFieldRequirement = {
  kind: "podField",
  variable: "POD_NAME",
  fieldPath: "metadata.name",
};

/** The pod that the agent runs in, for a component that requires {@link podNameField}. */
export const podName = sys.env(podNameField.variable);

/** Selects the pods of this node: every agent of the DaemonSet watches its own. */
export const onThisNode = concatStrings("spec.nodeName=", nodeName);

/** The label for the node, by which metrics are joined: kube-state-metrics has it too. */
export const nodeLabel = { targetLabel: "node", replacement: nodeName };

/** Where the node's root file system is in the container. */
export const rootfsPath = "/rootfs";

/** Where cAdvisor looks for CRI-O's socket, which no argument changes. */
const crioSocket = "/var/run/crio/crio.sock";

/**
 * What `prometheus.exporter.unix` reads of the node.
 *
 * @param propagation of mounts that the node makes later
 */
export function nodeHostPaths(propagation: MountPropagation): readonly HostPathRequirement[] {
  return [readOnly("proc", "/proc"), readOnly("sys", "/sys"), rootfs(propagation)];
}

/**
 * What `prometheus.exporter.cadvisor` reads of a node for processor, memory and network: processes by the root, cgroups
 * and devices by `/sys`, and names and labels by the runtime's socket. Where containers have their data matters to its
 * disk metrics alone; Docker's it reads below the root by itself.
 * Source: github.com/grafana/cadvisor v0.0.0-20260204200106, manager, fs and container/{docker,containerd,crio}.
 */
export function containerHostPaths(
  runtime: ContainerRuntime,
  socket: string,
  propagation: MountPropagation,
): readonly HostPathRequirement[] {
  const node = [readOnly("sys", "/sys"), rootfs(propagation)];
  // The folder: a socket that is mounted by itself answers nobody any more when the runtime has made it anew. Without
  // a type, a node that has no such folder runs the agent all the same.
  return runtime === "crio"
    ? [...node, readOnly("crio", posix.dirname(socket), posix.dirname(crioSocket))]
    : node;
}

/**
 * The runtime's socket in the container. A read-only mount doesn't keep a client from connecting, and below the root of
 * the node a socket that the runtime has made anew is found again.
 *
 * @param socket on the node
 */
export function socketInContainer(runtime: ContainerRuntime, socket: string): string {
  // On the node /var/run is a link to /run, which would lead to the container's own.
  return runtime === "crio" ? crioSocket : `${rootfsPath}${socket.replace(/^\/var\/run\//, "/run/")}`;
}

function rootfs(propagation: MountPropagation): HostPathRequirement {
  const root = readOnly("rootfs", "/", rootfsPath);
  return propagation === "None" ? root : { ...root, propagation };
}

function readOnly(name: string, hostPath: string, mountPath = hostPath): HostPathRequirement {
  return { kind: "hostPath", name, hostPath, mountPath, readOnly: true };
}

/** The folder in the container that has one for each Secret that components read. */
export const secretsFolder = "/var/run/secrets/alloy";

/** The folder in the container that holds the keys of a Secret as files. */
function mountPathOf(secret: string): string {
  return `${secretsFolder}/${secret}`;
}

/** The file that holds a key of a Secret, for a component that requires {@link secretFiles} of it. */
export function secretFile({ secret, key }: SecretKey): string {
  return `${mountPathOf(secret)}/${key}`;
}

/**
 * The need of files for keys of a Secret. While the Secret is missing the agent runs all the same, and it needs no right
 * to read Secrets.
 */
export function secretFiles(secret: string, ...keys: readonly string[]): SecretFilesRequirement {
  return { kind: "secretFiles", secret, mountPath: mountPathOf(secret), keys };
}

/**
 * What a key of a Secret holds, without blanks and line ends around it; empty while it is missing. A change is seen
 * within seconds, by a notice of the file system: to look from time to time alone would see two files at two times.
 *
 * @param label of the component that reads it
 */
export function secretContent(scope: Construct, label: string, key: SecretKey): Expression<string> {
  const { content } = new LocalFile(scope, label, {
    filename: secretFile(key),
    pollFrequency: "10s",
    isSecret: true,
  }).requires(secretFiles(key.secret, key.key));
  return string.trimSpace(convert.nonsensitive(content));
}

/**
 * The certificate of a CA whose key nobody has, and which was valid at the first second of 1970 alone. It was made, and
 * signed by itself, with a key that was never written anywhere: by Go's x509.CreateCertificate with a P-256 key.
 *
 * Before the CAs that a Secret holds, or will hold, it keeps a component from falling back on the system's CAs, and from
 * ending because what it got is no certificate: no handshake succeeds until a true one is there.
 */
const expiredCa = `-----BEGIN CERTIFICATE-----
MIIBVDCB+6ADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMTB2V4cGlyZWQw
HhcNNzAwMTAxMDAwMDAwWhcNNzAwMTAxMDAwMDAwWjASMRAwDgYDVQQDEwdleHBp
cmVkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWyAyCdAvCgvxi9c3Fs029OPU
XqK7/AMzsnyOLszI5dHKx0bqDI8Hx/mzJpFmDzmZbRt52PwpqY8CMu6aPGb43qNC
MEAwDgYDVR0PAQH/BAQDAgIEMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFAMY
ZmTc1YUHNfZaM4bGWrhqvVdkMAoGCCqGSM49BAMCA0gAMEUCIQCuam2nQgSr51w6
8Z13Ri1H3mgQUUmFFb4vRfAqGiHkIwIgCFXYdaTkj+xeMykiIYiJ5PH0JJ5g9ABu
f0LB94WjdWM=
-----END CERTIFICATE-----
`;

/** CAs for an exporter: the one in a Secret, and while that is missing, one that no server's certificate fits. */
export function trustedCas(content: Expression<string>): Expression<string> {
  return concatStrings(expiredCa, content);
}
