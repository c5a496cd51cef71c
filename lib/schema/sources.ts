// Where the agent has things from that are made elsewhere: images of containers, and Secrets; and what is a secret.

/** One image of a repository, by tag, by digest or by both: then the digest decides, and the tag is for people. */
export interface ImageVersion {
  readonly tag?: string | undefined;
  /** Such as `sha256:0123…`. */
  readonly digest?: string | undefined;
}

const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "sha256:[0-9a-f]{64}";

/** What stands behind an image's name: a tag, a digest, or both with `@` between them. */
export const imageVersionPattern = new RegExp(`^(?:${tag}|${digest}|${tag}@${digest})$`);

/** @param text fits {@link imageVersionPattern} */
export function imageVersion(text: string): ImageVersion {
  const at = text.search(/sha256:/);
  if (at === -1) return { tag: text };
  const [name, hash] = [text.slice(0, at).replace("@", ""), text.slice(at)];
  return name === "" ? { digest: hash } : { tag: name, digest: hash };
}

/** A host that is told from a path by a dot, a port or its name, and the path below which images are. */
export const registryAddress =
  /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+(?=:))(?::\d{1,5})?(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

/** Which container images are run, and where they come from. */
export interface ContainerImages {
  /** Takes the place of every image's own registry; it may have a path. @default - their own */
  readonly registry?: string | undefined;
  /** Secrets of the agent's namespace with credentials for registries. */
  readonly pullSecrets: readonly string[];
  /** Of Alloy. @default - the chart's */
  readonly agent?: ImageVersion | undefined;
  /** Of the sidecar that reloads Alloy. @default - the chart's */
  readonly reloader?: ImageVersion | undefined;
}

/** Which kind of store an ExternalSecret reads. */
export const storeKinds = ["SecretStore", "ClusterSecretStore"] as const;

/** The versions of Vault's key-value engine. */
export const vaultEngines = ["kv-v1", "kv-v2"] as const;

/** Where a Secret of the agent's namespace comes from. No value is part of it. */
export type SecretSource = {
  /** The Secret's name. */
  readonly name: string;
  /** How often it is read again: a whole number with `s`, `m` or `h`. */
  readonly refresh: string;
} & (
  | {
      /** The External Secrets Operator. */
      readonly from: "external-secrets";
      readonly store: string;
      readonly storeKind: (typeof storeKinds)[number];
      /** What the store has it under; each key of the Secret is a property of it. */
      readonly key: string;
    }
  | {
      /** The Vault Secrets Operator. */
      readonly from: "vault";
      /** Where the key-value engine is mounted. */
      readonly mount: string;
      /** Below the mount; each key of the Secret is a field of it. */
      readonly path: string;
      readonly engine: (typeof vaultEngines)[number];
      /** The VaultAuth, in the agent's namespace or as `namespace/name`. @default - the operator's own */
      readonly auth?: string | undefined;
    }
);

/** Names that tell of credentials, by themselves or by a part of them: of headers, and of parameters in a URL. */
const credentialName =
  /authorization|^(set-)?cookie$|token|secret|passw|credential|^x-auth$|^x-honeycomb-team$|^uptrace-dsn$|(api|app|access|auth|ingest(ion)?|insert|licen[cs]e|private|subscription)[-_]?key/i;

/** Values that are credentials under any name: those of HTTP's schemes. */
const credentialValue = /^(bearer\s+\S|(token|api-?key)\s+\S{8,}\s*$|basic\s+[A-Za-z0-9+/]{8,}={0,2}\s*$)/i;

/** Whether a header, or a parameter of a request, carries credentials. */
export function carriesCredentials(name: string, value: string): boolean {
  return credentialName.test(name) || credentialValue.test(value);
}

/** The parameters of a URL that only credentials are called, besides those with a {@link credentialName}. */
const credentialParameter = /^(key|sig|pwd|jwt)$/i;

/** Whether the query of a URL carries credentials. */
export function hasCredentialsInQuery(url: string): boolean {
  const [, query = ""] = /\?([^#]*)/.exec(url) ?? [];
  return [...new URLSearchParams(query)].some(
    ([name, value]) =>
      value !== "" &&
      (credentialParameter.test(name) || carriesCredentials(name, value)) &&
      !isFilledIn(value),
  );
}

/** What stands for credentials that are put there elsewhere: `$(TOKEN)` in a container's variables and arguments. */
function isFilledIn(text: string): boolean {
  return /^\$\(\w+\)$/.test(text);
}

const userAndPassword = /\b[a-z][a-z\d+.-]*:\/\/[\w.~!$&'()*+,;=%-]*:([\w.~!$&'()*+,;=%-]+)@/gi;
const privateKey = /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/;

/** Whether a text has URLs with credentials, or a private key: whatever it is for, they are secret. */
export function holdsSecret(text: string): boolean {
  return (
    privateKey.test(text) ||
    [...text.matchAll(userAndPassword)].some(([, password = ""]) => !isFilledIn(password)) ||
    [...text.matchAll(/\bhttps?:\/\/[^\s"']+/gi)].some(([url]) => hasCredentialsInQuery(url))
  );
}

/** A header, and an option of a program, that carry credentials. */
const credentialArguments: readonly RegExp[] = [
  /\b(?:proxy-)?authorization\b["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+([^\s"']+)/gi,
  /(?:^|\s)--?[\w-]*(?:passw(?:or)?d|token|secret|api-?key)[=\s]["']?(?!\/|-|true\b|false\b)([^\s"']+)/gi,
];

/** Whether an argument or a value of a program holds credentials, and not only the name of where they are. */
export function holdsCredentials(text: string): boolean {
  return (
    holdsSecret(text) ||
    (credentialValue.test(text) && !isReference(text.replace(/^\S+\s+/, ""))) ||
    credentialArguments.some((form) =>
      [...text.matchAll(form)].some(([, secret = ""]) => !isReference(secret)),
    )
  );
}

/** What a shell, Kubernetes or a template fills in: `$TOKEN`, `${TOKEN}`, `$(cat /token)`, `{{ .Data.token }}`. */
function isReference(text: string): boolean {
  return /^(\$[\w({]|\{\{)/.test(text);
}

/** Names of values that are credentials as a whole: `TOKEN_FILE`, say, is none. */
const credentialKey =
  /(token|secret|passw(or)?d|passphrase|credentials?|(api|access|auth|private|secret|licen[cs]e|account)[-_.]?key)$/i;

/** Whether a named value, such as a variable's, is a credential: no path, no switch, and none that is put there elsewhere. */
export function isCredential(name: string, value: string): boolean {
  return credentialKey.test(name) && !/^(\/.*|true|false|\d*)$/s.test(value) && !isFilledIn(value);
}
