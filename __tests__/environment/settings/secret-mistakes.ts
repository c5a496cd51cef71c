import { least } from "../reading";
import type { SettingMistake } from "../setting-mistakes";

const from = (text: string) => [...least, "secrets:", `  alloy-remote: {${text}}`];

/** Mistakes in where Secrets come from, each beside the nearest input without it. */
export const secretMistakes: Readonly<Record<string, SettingMistake>> = {
  "a Secret without its origin": {
    bad: from("store: a, key: b"),
    says: ["x.yaml:5:3: secrets.alloy-remote.from: is missing; write external-secrets or vault"],
    good: from("from: external-secrets, store: a, key: b"),
  },
  "a misspelt origin": {
    bad: from("from: external_secret, store: a, key: b"),
    says: [
      'x.yaml:5:18: secrets.alloy-remote.from: must be external-secrets or vault, is "external_secret"; write external-secrets',
    ],
    good: from("from: external-secrets, store: a, key: b"),
  },
  "a Secret's value in a file": {
    bad: [...least, "secrets:", "  alloy-remote: hunter2"],
    says: [
      "x.yaml:5:3: secrets.alloy-remote: must be a map, is a string; write its settings below it, indented",
    ],
    good: from("from: vault, mount: a, path: b"),
  },
  "a Secret's name with capitals": {
    bad: [...least, "secrets:", "  Remote: {from: vault, mount: a, path: b}"],
    says: [
      'x.yaml:5:3: secrets.Remote: is no name of a Kubernetes object; write at most 253 lower-case letters, digits, "-" and ".", a letter or digit at both ends',
    ],
    good: [...least, "secrets:", "  remote: {from: vault, mount: a, path: b}"],
  },
  "an ExternalSecret without a store": {
    bad: from("from: external-secrets, key: b"),
    says: [
      "x.yaml:5:3: secrets.alloy-remote.store: is missing; write the name of the SecretStore or ClusterSecretStore",
    ],
    good: from("from: external-secrets, key: b, store: a"),
  },
  "an ExternalSecret without a key": {
    bad: from("from: external-secrets, store: a"),
    says: ["x.yaml:5:3: secrets.alloy-remote.key: is missing; write what the store has it under"],
    good: from("from: external-secrets, store: a, key: b"),
  },
  "a misspelt kind of store": {
    bad: from("from: external-secrets, store: a, key: b, store_kind: clustersecretstore"),
    says: [
      'x.yaml:5:60: secrets.alloy-remote.store_kind: must be SecretStore or ClusterSecretStore, is "clustersecretstore"; write ClusterSecretStore',
    ],
    good: from("from: external-secrets, store: a, key: b, store_kind: ClusterSecretStore"),
  },
  "Vault without a mount": {
    bad: from("from: vault, path: b"),
    says: ["x.yaml:5:3: secrets.alloy-remote.mount: is missing; write the path in Vault"],
    good: from("from: vault, path: b, mount: a"),
  },
  "Vault without a path": {
    bad: from("from: vault, mount: a"),
    says: ["x.yaml:5:3: secrets.alloy-remote.path: is missing; write the path in Vault"],
    good: from("from: vault, mount: a, path: b"),
  },
  "a path in Vault that begins with /": {
    bad: from("from: vault, mount: a, path: /b"),
    says: [
      "x.yaml:5:41: secrets.alloy-remote.path: is no path in Vault; write it without blanks and other unseen characters, and without / at its ends",
    ],
    good: from("from: vault, mount: a, path: b/c"),
  },
  "a path in Vault with a character that can't be printed": {
    bad: from('from: vault, mount: a, path: "b\\u0007"'),
    says: [
      "x.yaml:5:41: secrets.alloy-remote.path: is no path in Vault; write it without blanks and other unseen characters, and without / at its ends",
    ],
    good: from("from: vault, mount: a, path: bä"),
  },
  "an unknown engine": {
    bad: from("from: vault, mount: a, path: b, type: kv"),
    says: ['x.yaml:5:50: secrets.alloy-remote.type: must be kv-v1 or kv-v2, is "kv"; write one of them'],
    good: from("from: vault, mount: a, path: b, type: kv-v1"),
  },
  "a VaultAuth that is none": {
    bad: from("from: vault, mount: a, path: b, auth: a/b/c"),
    says: [
      "x.yaml:5:50: secrets.alloy-remote.auth: is no name of a VaultAuth; write its name, or namespace/name",
    ],
    good: from("from: vault, mount: a, path: b, auth: a/b"),
  },
  "a setting of another origin": {
    bad: from("from: vault, mount: a, path: b, store: c"),
    says: [
      "x.yaml:5:50: secrets.alloy-remote.store: is no setting; write from, mount, path, type, auth or refresh",
    ],
    good: from("from: vault, mount: a, path: b"),
  },
  "a refresh in days": {
    bad: from("from: vault, mount: a, path: b, refresh: 1d"),
    says: ["x.yaml:5:50: secrets.alloy-remote.refresh: is no time; write 24h"],
    good: from("from: vault, mount: a, path: b, refresh: 24h"),
  },
};
