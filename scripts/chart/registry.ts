import { createHash } from "node:crypto";
import { valueAt } from "../../lib/schema";
import { type ImageReference, parseImage } from "../../lib/workload";

/** Why a registry doesn't tell an image's digest. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
}

/**
 * What a tag may stand for: an index of images for several kinds of processor, or a single image. The index has to be asked
 * for. Without that a registry may answer with the image for one kind, which nodes of another kind can't run.
 */
const accept = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Milliseconds that a registry has for an answer. */
const timeout = 10_000;

/**
 * The digest of an image, as its registry has it now, by the API of the OCI Distribution Specification. It is asked without
 * credentials, or with the anonymous token that it gives to everyone.
 *
 * @param image such as `docker.io/grafana/alloy:v1.18.1`
 * @returns `sha256:` and 64 hex digits
 * @throws RegistryError where the registry can't be reached, or doesn't give the image to everyone
 */
export async function registryDigest(image: string): Promise<string> {
  const reference = parseImage(image);
  if (reference?.tag === undefined) throw new RegistryError("it has no tag");
  const url = manifestUrl(reference, reference.tag);
  const refused = await request(url, "HEAD");
  const token = refused.status === 401 ? await anonymousToken(refused) : undefined;
  const answer = token === undefined ? refused : await request(url, "HEAD", token);
  checkAnswer(answer);
  const digest = answer.headers.get("docker-content-digest") ?? (await digestOfManifest(url, token));
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new RegistryError(`${url.host} gives ${digest}`);
  return digest;
}

/**
 * Docker Hub's API is at another host than its images' names say, and has `library/` before names of one word. A registry
 * on this machine is asked without TLS, as Docker does.
 */
function manifestUrl({ registry = "docker.io", repository }: ImageReference, tag: string): URL {
  const isHub = registry === "docker.io";
  const path = isHub && !repository.includes("/") ? `library/${repository}` : repository;
  const host = isHub ? "registry-1.docker.io" : registry;
  const url = `${isLocal(host) ? "http" : "https"}://${host}/v2/${path}/manifests/${tag}`;
  if (!URL.canParse(url)) throw new RegistryError(`${host} is no host`);
  return new URL(url);
}

/** Whether nobody on the way can change the answer: it comes over TLS, or from this machine. */
function isSecure({ protocol, host }: URL): boolean {
  return protocol === "https:" || isLocal(host);
}

function isLocal(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(host);
}

/** Gets an anonymous token from the place that a refusal names. */
async function anonymousToken({ headers, url }: Response): Promise<string> {
  const { realm = "", ...asks } = bearerChallenge(headers.get("www-authenticate") ?? "");
  if (!URL.canParse(realm)) throw new RegistryError(`${new URL(url).host} has it for those who log in`);
  const place = new URL(realm);
  if (!isSecure(place)) throw new RegistryError(`${new URL(url).host} gives tokens without TLS`);
  for (const name of ["service", "scope"]) {
    const value = asks[name];
    if (value !== undefined) place.searchParams.set(name, value);
  }
  const answer = await request(place, "GET");
  checkAnswer(answer);
  const token = tokenIn(await answer.json().catch(() => undefined));
  if (token === undefined) throw new RegistryError(`${place.host} gives no token`);
  return token;
}

/** The name of a scheme, or of a parameter with its value, quoted or not. */
const challengePart = /([\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g;

/** What a header says behind `Bearer`, which may stand among other schemes. Source: RFC 9110, 11.6.1 (read). */
function bearerChallenge(header: string): Readonly<Record<string, string>> {
  let scheme = "";
  const found = [...header.matchAll(challengePart)].flatMap(([, name = "", quoted, plain]) => {
    const value = quoted?.replace(/\\(.)/g, "$1") ?? plain;
    if (value === undefined) scheme = name.toLowerCase();
    return value === undefined || scheme !== "bearer" ? [] : [[name.toLowerCase(), value] as const];
  });
  return Object.fromEntries(found);
}

/** Registries call it `token`, or `access_token` as OAuth 2.0 does. Source: Docker's specification of tokens (read). */
function tokenIn(answer: unknown): string | undefined {
  const tokens = ["token", "access_token"].map((name) => valueAt(answer, [name]));
  return tokens.flatMap((token) => (typeof token === "string" && token !== "" ? [token] : []))[0];
}

/** For registries that send no digest: it is the hash of the manifest's bytes. */
async function digestOfManifest(url: URL, token: string | undefined): Promise<string> {
  const answer = await request(url, "GET", token);
  checkAnswer(answer);
  const bytes = await answer.arrayBuffer().catch((error) => {
    throw unreachable(url, error);
  });
  return `sha256:${createHash("sha256").update(Buffer.from(bytes)).digest("hex")}`;
}

/** @throws RegistryError where nothing answers, or where redirects end at a place without TLS */
async function request(url: URL, method: string, token?: string): Promise<Response> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const signal = AbortSignal.timeout(timeout);
  const answer = await fetch(url, { method, headers: { accept, ...authorization }, signal }).catch(
    (error) => {
      throw unreachable(url, error);
    },
  );
  if (isSecure(new URL(answer.url))) return answer;
  throw new RegistryError(`${url.host} redirects to a place without TLS`);
}

function unreachable({ host }: URL, error: unknown): RegistryError {
  return new RegistryError(`${host} can't be reached: ${reasonOf(error)}`);
}

/**
 * Node's `fetch` has the reason in the error's cause: as a message, or, where it has tried several addresses, as a code
 * alone. A time-out has no cause.
 */
function reasonOf(error: unknown): string {
  return String(valueAt(error, ["cause", "message"]) || valueAt(error, ["cause", "code"]) || error);
}

function checkAnswer({ ok, status, url }: Response): void {
  if (ok) return;
  const why = status === 404 ? "doesn't have it" : `answers with ${status}`;
  throw new RegistryError(`${new URL(url).host} ${why}`);
}
