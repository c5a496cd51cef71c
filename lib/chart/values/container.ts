import type { k8s } from "cdk8s-plus-28";
import { alternatives, canonicalQuantity, inBaseUnits, isRecord } from "../../schema";
import {
  absolutePath,
  image,
  keyName,
  labelName,
  objectName,
  pathBelow,
  portName,
  portNumber,
  portOrName,
  quantity,
  variableName,
} from "./names";
import { securityContext } from "./security";
import { anyText, fields, flag, list, type Shape, some, text, whole, word } from "./shape";

// What stands in a container, as Kubernetes 1.28 and later have it: the fields' names are held against its types.
// Source: k8s.io/kubernetes/pkg/apis/core/validation, 1.28 and 1.37.

/** Some of the fields of a structure of Kubernetes. */
export type Known<T> = { readonly [K in keyof T]?: Shape };

const keyOf = (noun: string) =>
  fields(noun, { name: objectName, key: keyName, optional: flag } satisfies Known<k8s.SecretKeySelector>, {
    needs: ["name", "key"],
  });

const podField = text(
  /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIP|podIP|podIPs))$/,
  "is no field of a pod that a variable may have in Kubernetes 1.28 too; write one such as spec.nodeName or metadata.labels['app']",
);

/** In what a variable may say a resource. */
const divisors = {
  cpu: ["1", "1m"],
  bytes: ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"],
};

const resourceField = fields(
  "a resource of a container",
  {
    containerName: labelName,
    resource: word(
      ...["limits", "requests"].flatMap((kind) =>
        ["cpu", "memory", "ephemeral-storage"].map((name) => `${kind}.${name}`),
      ),
    ),
    divisor: quantity,
  } satisfies Known<k8s.ResourceFieldSelector>,
  {
    needs: ["resource"],
    together: ({ resource, divisor }, key, tell) => {
      const units = divisors[String(resource).endsWith(".cpu") ? "cpu" : "bytes"];
      if (divisor !== undefined && divisor !== null && !units.includes(canonicalQuantity(String(divisor)))) {
        tell([...key, "divisor"], `is no unit that ${resource} is counted in; write ${alternatives(units)}`);
      }
    },
  },
);

/** A field of the pod, as variables and files may have it. */
export const podFieldOf = fields(
  "a field of the pod",
  { apiVersion: word("v1"), fieldPath: podField } satisfies Known<k8s.ObjectFieldSelector>,
  { needs: ["fieldPath"] },
);

const valueFrom = fields(
  "a place that a variable comes from",
  {
    configMapKeyRef: keyOf("a key of a ConfigMap"),
    fieldRef: podFieldOf,
    resourceFieldRef: resourceField,
    secretKeyRef: keyOf("a key of a Secret"),
  } satisfies Known<k8s.EnvVarSource>,
  { oneOf: ["configMapKeyRef", "fieldRef", "resourceFieldRef", "secretKeyRef"] },
);

/** Variables of a container. */
export const variables = list(
  fields("a variable", { name: variableName, value: anyText, valueFrom } satisfies Known<k8s.EnvVar>, {
    needs: ["name"],
    together: ({ value, valueFrom }, key, tell) => {
      if (valueFrom && value) tell([...key, "value"], "stands beside valueFrom; write one of the two");
    },
  }),
  "name",
);

const allOf = (noun: string) =>
  fields(noun, { name: objectName, optional: flag } satisfies Known<k8s.SecretEnvSource>, {
    needs: ["name"],
  });

/** ConfigMaps and Secrets whose keys all become variables. */
export const variableSources = list(
  fields(
    "a source of variables",
    {
      prefix: variableName,
      configMapRef: allOf("a ConfigMap"),
      secretRef: allOf("a Secret"),
    } satisfies Known<k8s.EnvFromSource>,
    { oneOf: ["configMapRef", "secretRef"] },
  ),
);

/** Where volumes are in a container. */
export const mounts = list(
  fields(
    "a mount",
    {
      name: labelName,
      mountPath: absolutePath,
      readOnly: flag,
      subPath: pathBelow,
      subPathExpr: pathBelow,
      mountPropagation: word("None", "HostToContainer", "Bidirectional"),
    } satisfies Known<k8s.VolumeMount>,
    {
      needs: ["name", "mountPath"],
      together: ({ subPath, subPathExpr }, key, tell) => {
        if (subPath && subPathExpr) {
          tell([...key, "subPathExpr"], "stands beside subPath; write one of the two");
        }
      },
    },
  ),
  "mountPath",
);

/** How much of a node's processor and memory a container asks for and may use, in Kubernetes' quantities. */
export interface Resources {
  /** @default - it asks for nothing */
  readonly requests?: ResourceAmounts;
  /** @default - as much as the node has */
  readonly limits?: ResourceAmounts;
}

interface ResourceAmounts {
  /** In cores, such as `100m`. */
  readonly cpu?: string;
  /** In bytes, such as `256Mi`. */
  readonly memory?: string;
}

const amounts = fields("amounts", { cpu: quantity, memory: quantity, "ephemeral-storage": quantity });

/** {@link Resources} as chart values have them. */
export const resources = fields(
  "resources",
  { requests: amounts, limits: amounts } satisfies Known<k8s.ResourceRequirements>,
  {
    together: ({ requests, limits }, key, tell) => {
      if (!isRecord(requests) || !isRecord(limits)) return;
      for (const [name, amount] of Object.entries(requests)) {
        const limit = limits[name];
        if (limit !== undefined && inBaseUnits(String(amount)) > inBaseUnits(String(limit))) {
          tell([...key, "requests", name], `is more than its limit, ${limit}; write less, or raise that`);
        }
      }
    },
  },
);

const request = fields(
  "an HTTP request",
  {
    host: anyText,
    httpHeaders: list(
      fields("a header", { name: text(), value: anyText } satisfies Known<k8s.HttpHeader>, {
        needs: ["name"],
      }),
    ),
    path: text(/^\//, "is no path; write it from / on"),
    port: portOrName,
    scheme: word("HTTP", "HTTPS"),
  } satisfies Known<k8s.HttpGetAction>,
  { needs: ["port"] },
);

const connection = fields(
  "a TCP connection",
  { host: anyText, port: portOrName } satisfies Known<k8s.TcpSocketAction>,
  { needs: ["port"] },
);

const command = fields("a command", { command: some(anyText) } satisfies Known<k8s.ExecAction>, {
  needs: ["command"],
});

const handlers = { exec: command, httpGet: request, tcpSocket: connection };

/** @param grace whether the pod's end may be given another time */
const probe = (noun: string, successes: Shape, grace: Shape) =>
  fields(
    noun,
    {
      ...handlers,
      grpc: fields("a gRPC request", { port: portNumber, service: anyText } satisfies Known<k8s.GrpcAction>, {
        needs: ["port"],
      }),
      failureThreshold: whole(0),
      initialDelaySeconds: whole(0),
      periodSeconds: whole(0),
      successThreshold: successes,
      terminationGracePeriodSeconds: grace,
      timeoutSeconds: whole(0),
    } satisfies Known<k8s.Probe>,
    { oneOf: ["exec", "httpGet", "tcpSocket", "grpc"] },
  );

/** A probe after whose failure the container starts anew. */
export const livenessProbe = probe("a probe", whole(0, 1), whole(1));

const readinessProbe = probe("a readiness probe", whole(0), (_, key, tell) =>
  tell(key, "is no field of a readiness probe, which ends nothing; remove it"),
);

const hook = fields("a hook", handlers satisfies Known<k8s.LifecycleHandler>, {
  oneOf: ["exec", "httpGet", "tcpSocket"],
});

/** What is done after a container's start and before its end. */
export const lifecycle = fields("lifecycle", {
  postStart: hook,
  preStop: hook,
} satisfies Known<k8s.Lifecycle>);

const port = fields(
  "a port",
  {
    name: portName,
    containerPort: portNumber,
    hostPort: portNumber,
    protocol: word("TCP", "UDP", "SCTP"),
  } satisfies Known<k8s.ContainerPort>,
  { needs: ["containerPort"] },
);

const containerFields = {
  name: labelName,
  image,
  imagePullPolicy: word("Always", "IfNotPresent", "Never"),
  command: list(anyText),
  args: list(anyText),
  workingDir: absolutePath,
  env: variables,
  envFrom: variableSources,
  ports: list(port, "name"),
  resources,
  securityContext,
  volumeMounts: mounts,
  terminationMessagePath: absolutePath,
  terminationMessagePolicy: word("File", "FallbackToLogsOnError"),
} satisfies Known<k8s.Container>;

/** Containers that run before the agent's. */
export const initContainers = list(
  fields("a container", containerFields, { needs: ["name", "image"] }),
  "name",
);

/** Containers that run beside the agent's. */
export const containers = list(
  fields(
    "a container",
    {
      ...containerFields,
      livenessProbe,
      readinessProbe,
      startupProbe: livenessProbe,
      lifecycle,
    } satisfies Known<k8s.Container>,
    { needs: ["name", "image"] },
  ),
  "name",
);
