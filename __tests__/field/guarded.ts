import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Server as ListeningServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";

/** A certificate with its key, in PEM. */
export interface Pair {
  /** The certificate's number. */
  readonly serial: string;
  readonly cert: string;
  readonly key: string;
}

/** A CA that signs certificates for 127.0.0.1. */
export class Authority {
  private readonly folder = mkdtempSync(join(tmpdir(), "authority-"));
  private serial = 0;
  readonly cert: string;

  constructor() {
    this.openssl("req", "-x509", "-subj", "/CN=ca", "-keyout", "ca.key", "-out", "ca.crt", ...newKey);
    this.cert = readFileSync(join(this.folder, "ca.crt"), "utf8");
  }

  sign(): Pair {
    const name = `${++this.serial}`;
    writeFileSync(join(this.folder, "names"), "subjectAltName=IP:127.0.0.1");
    this.openssl("req", "-subj", "/CN=a", "-keyout", `${name}.key`, "-out", `${name}.csr`, ...newKey);
    const by = ["-CA", "ca.crt", "-CAkey", "ca.key", "-set_serial", name, "-extfile", "names", "-days", "2"];
    this.openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.crt`, ...by);
    const read = (file: string) => readFileSync(join(this.folder, file), "utf8");
    return { serial: name, cert: read(`${name}.crt`), key: read(`${name}.key`) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private openssl(...args: readonly string[]): void {
    const { status, stderr } = spawnSync("openssl", args, { cwd: this.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`openssl ${args.join(" ")}: ${stderr}`);
  }
}

/** Leads from a port of another network to a socket: all that this needs is Node. */
const doorway = `
const { connect, createServer } = require("node:net");
const server = createServer((from) => {
  const to = connect(process.argv[1]);
  from.pipe(to).pipe(from);
  for (const [one, other] of [[from, to], [to, from]]) one.on("error", () => {}).on("close", () => other.destroy());
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;

/** A server of this process in the network of another one, which agents have. */
export class Doorway {
  private readonly folder = mkdtempSync(join(tmpdir(), "doorway-"));
  private child?: ChildProcess;

  constructor(private readonly server: ListeningServer) {}

  /** @returns the host and port */
  async open(process: number): Promise<string> {
    const socket = join(this.folder, "socket");
    await new Promise<void>((resolve) => this.server.listen(socket, resolve));
    const user = globalThis.process.getuid?.() === 0 ? [] : ["--user", "--preserve-credentials"];
    const command = [globalThis.process.execPath, "-e", doorway, socket];
    this.child = spawn("nsenter", ["--target", `${process}`, "--net", ...user, ...command], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = await once(this.child.stdout ?? this.child, "data");
    return `127.0.0.1:${String(port).trim()}`;
  }

  close(): void {
    this.child?.kill();
    this.server.close();
    rmSync(this.folder, { recursive: true });
  }
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** An OTLP destination over TLS that wants credentials: a header, or the serial number of a client's certificate. */
export class GuardedServer {
  /** The credentials that were shown, each request's; of a request without any, the empty text. */
  readonly shown: string[] = [];
  readonly server: Server;
  private readonly lines = new Set<number>();

  /**
   * @param clientCa signed its clients' certificates
   * @param accepted the credentials that it takes
   */
  constructor(
    certificate: Pair,
    clientCa: string,
    private readonly accepted: readonly string[],
  ) {
    const tls = { ...certificate, ca: clientCa, requestCert: true, rejectUnauthorized: false };
    this.server = createServer(tls, (request, response) => this.answer(request, response));
    this.server.on("tlsClientError", () => {});
  }

  /** How many of so many numbered lines of logs it has not taken. */
  missing(count: number): number {
    return Array.from({ length: count }, (_, line) => line).filter((line) => !this.lines.has(line)).length;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const shown = request.headers.authorization ?? serialOf(request) ?? "";
      this.shown.push(shown);
      if (!this.accepted.includes(shown)) {
        response.writeHead(401).end();
        return;
      }
      for (const [, line] of Buffer.concat(parts)
        .toString("latin1")
        .matchAll(/seq=(\d+) /g)) {
        this.lines.add(Number(line));
      }
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  }
}

function serialOf({ socket }: IncomingMessage): string | undefined {
  return socket instanceof TLSSocket && socket.authorized
    ? String(Number.parseInt(socket.getPeerCertificate().serialNumber, 16))
    : undefined;
}
