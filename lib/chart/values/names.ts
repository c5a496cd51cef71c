import { isIP } from "node:net";
import {
  dataKeyPattern,
  dnsLabel,
  dnsSubdomain,
  labelKeyPattern,
  labelValuePattern,
  notDnsLabel,
  notDnsSubdomain,
  notLabelKey,
  notLabelValue,
  portNamePattern,
  quantityPattern,
  variableNamePattern,
  wrongKind,
} from "../../schema";
import { anyText, mapOf, numberOrText, type Shape, text, whole } from "./shape";

// Names, ports and amounts as the API server has them.
// Source: k8s.io/apimachinery/pkg/util/validation and k8s.io/kubernetes/pkg/apis/core/validation, 1.28 and 1.37.

/** The name of most objects. */
export const objectName: Shape = text(dnsSubdomain, notDnsSubdomain);

/** The name of a volume, a container or a namespace. */
export const labelName: Shape = text(dnsLabel, notDnsLabel);

/** The name of an object that the chart's templates don't quote. @param kind that of the object with the narrowest names */
const unquotedName = (kind: string) =>
  text(
    /^(?!(?:true|false|yes|no|on|off|null|y|n)$)(?=.{1,52}$)[a-z]([-a-z0-9]*[a-z0-9])?$/,
    `is no name of a ${kind}; write at most 52 lower-case letters, digits and "-", a letter first`,
  );

/** The name of the chart's objects. */
export const releaseObjectName: Shape = unquotedName("Service");

/** The name of the chart's ServiceAccount. */
export const serviceAccountName: Shape = unquotedName("ServiceAccount");

/** The key of a label or an annotation. */
export const qualifiedName: Shape = text(labelKeyPattern, notLabelKey);

/** The value of a label. */
export const labelValue: Shape = text(labelValuePattern, notLabelValue);

/** Annotations are checked in lower case alone. */
const annotationName: Shape = (value, key, tell) =>
  qualifiedName(typeof value === "string" ? value.toLowerCase() : value, key, tell);

/** A key that the chart doesn't set itself: of two labels with one key, one would win and the other be lost. */
function unlessOwn(shape: Shape): Shape {
  return (value, key, tell) => {
    if (typeof value === "string" && /^(app\.kubernetes\.io|helm\.sh)\//.test(value)) {
      tell(key, "is the chart's own, by which its objects are found; write another");
    } else {
      shape(value, key, tell);
    }
  };
}

/** Labels beside those that the chart sets. */
export const labels: Shape = mapOf(unlessOwn(qualifiedName), labelValue);

/** Annotations, with any texts for values. */
export const annotations: Shape = mapOf(annotationName, anyText);

/** Labels, the chart's own too. */
export const anyLabels: Shape = mapOf(qualifiedName, labelValue);

/** The name of an environment variable. */
export const variableName: Shape = text(
  variableNamePattern,
  "is no name of a variable; write letters, digits, _ - and ., no digit first",
);

/** The key of a Secret or a ConfigMap. */
export const keyName: Shape = text(
  dataKeyPattern,
  'is no key of a Secret or ConfigMap; write letters, digits, "-", "_" and ".", and not ".." first',
);

/** A port by its number. */
export const portNumber: Shape = whole(1, 65535);

/** A port by its name. */
export const portName: Shape = text(
  portNamePattern,
  'is no name of a port; write at most 15 lower-case letters, digits and "-", a letter among them',
);

/** A port by its number or by its name. */
export const portOrName: Shape = numberOrText(portNumber, portName);

/** An address of IPv4 or IPv6. */
export const ipAddress: Shape = (value, key, tell) => {
  if (typeof value !== "string") {
    tell(key, wrongKind(value, ["string"]));
  } else if (isIP(value) === 0 || value.includes("%")) {
    tell(key, "is no IP address; write one such as 10.0.0.1");
  }
};

/** An amount, as a text or a number. */
export const quantity: Shape = (value, key, tell) => {
  const amount = typeof value === "number" ? String(value) : value;
  if (typeof amount !== "string") {
    tell(key, wrongKind(value, ["string"]));
  } else if (!quantityPattern.test(amount)) {
    tell(key, "is no quantity; write a number with or without a unit, such as 500m or 512Mi");
  }
};

/** A path in a container or of a node. */
export const absolutePath: Shape = text(
  /^\/(?!.*(^|\/)\.\.(\/|$))[^:\0\n]*$/,
  "is no absolute path; write it from / on, without .. and :",
);

/** A path below another. */
export const pathBelow: Shape = text(
  /^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\0\n]+$/,
  "leads out of its folder; write a path without / first and without ..",
);

/** The name of an image: `registry/path:tag@digest`. */
export const image: Shape = text(
  /^([A-Za-z0-9.-]+(:\d{1,5})?\/)?[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
  "is no name of an image; write one such as registry.example.com/path/name:tag",
);
