import { ApiObject, type App } from "cdk8s";
import { dnsLabel, dnsSubdomain } from "../environment";

/** What file systems take as one name, less what is put behind it while it is written. */
const longestFileName = 255 - ".tmp".length;

/** A name of an object that it can't have, and what is wrong. */
export interface NameMistake {
  /** The name, as it stands in a setting or a chart value. */
  readonly name: string;
  readonly message: string;
}

/** Kinds without which other objects can't be made. */
const firstKinds = ["Namespace", "CustomResourceDefinition"];

/**
 * The file that an object is written to, in its environment's folder. `kubectl apply -f` goes through a folder in the
 * order of the files' names: a digit is before all letters. Windows takes no colon.
 */
export function fileNameOf(object: ApiObject): string {
  const order = firstKinds.includes(object.kind) ? "0-" : "";
  return `${order}${object.kind}.${nameOf(object).replaceAll(":", "_")}.k8s.yaml`;
}

/**
 * Names of an app's objects that Kubernetes doesn't take, or of which no file can be named. A file name is made of kind
 * and name: with a slash in them it would lead out of the environment's folder.
 */
export function nameMistakes(app: App): readonly NameMistake[] {
  const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return objects.flatMap(mistakesOf);
}

function mistakesOf(object: ApiObject): readonly NameMistake[] {
  const { kind } = object;
  const { namespace } = object.metadata;
  const name = nameOf(object);
  const what = JSON.stringify(name);
  const all = [
    !/^[A-Za-z][A-Za-z0-9]{0,62}$/.test(kind) && {
      name: kind,
      message: `the kind ${JSON.stringify(kind)} of ${what} is none of Kubernetes; write letters and digits, as in ConfigMap`,
    },
    !isName(name, object) && {
      name,
      message: `${what} is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."`,
    },
    namespace !== undefined &&
      !dnsLabel.test(namespace) && {
        name: namespace,
        message: `${JSON.stringify(namespace)} is no name of a namespace; write at most 63 lower-case letters, digits and "-"`,
      },
    isName(name, object) &&
      fileNameOf(object).length > longestFileName && {
        name,
        message: `makes a file name of more than ${longestFileName} characters with its kind ${kind}; write a shorter one`,
      },
  ];
  return all.filter((mistake) => mistake !== false);
}

/** Names of RBAC's objects may have colons too. Source: its registry validates them as segments of a path. */
function isName(name: string, { apiVersion }: ApiObject): boolean {
  const parts = apiVersion.startsWith("rbac.authorization.k8s.io/") ? name.split(":") : [name];
  return parts.every((part) => dnsSubdomain.test(part));
}

function nameOf(object: ApiObject): string {
  return object.metadata.name ?? object.name;
}
