import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Secrets, Volumes } from "./pod";

/** What a component of the agent says of itself. */
export interface Component {
  /** Such as "otelcol.exporter.otlphttp.local_logs". */
  readonly localID: string;
  readonly health: { readonly state: string; readonly message: string };
}

/** What a server answers. */
export interface Page {
  readonly status: number;
  readonly body: string;
}

/** How an agent is started. */
export interface AgentOptions {
  readonly executable: string;
  /** What follows `alloy`. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** A process whose network it has. */
  readonly process: number;
  /** Reads a page in that network; the status is 0 where nobody answers. */
  readonly get: (url: string) => Promise<Page>;
  /** The Secrets that are there when it starts. */
  readonly secrets: Secrets;
  /** Its files, as they are with some Secrets. */
  readonly filesOf: (secrets: Secrets) => Volumes;
  /** What its standard error is given to, by the line. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/**
 * A root folder of its own with the kernel's file systems, as a container has it: then the process itself. What it mounts
 * nobody else sees, and it is gone with the process.
 */
const enter = `
for folder in proc sys dev; do mount --rbind /$folder "$0/$folder"; done
mount --bind "$1" "$0/bin/alloy"
shift
exec chroot "$0" /bin/alloy "$@"`;

/** A real Alloy. Its files are in a folder of its own, which a start after a stop finds again. */
export class Agent {
  /** What it wrote on standard error since it was last started. */
  lines: string[] = [];
  readonly root = mkdtempSync(join(tmpdir(), "agent-"));
  private child?: ChildProcess;
  private readonly port: string;

  constructor(private readonly options: AgentOptions) {
    const storage = options.args.join(" ").match(/--storage.path=(\S+)/)?.[1] ?? "";
    for (const folder of ["proc", "sys", "dev", "bin", "tmp", storage, "rootfs"]) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    writeFileSync(join(this.root, "bin/alloy"), "");
    this.port = options.args.join(" ").match(/--server.http.listen-addr=\S*:(\d+)/)?.[1] ?? "12345";
    this.mountSecrets(options.secrets);
  }

  /** Puts files where they are mounted, as the kubelet does: a volume's at once, behind a link that is replaced. */
  mountSecrets(secrets: Secrets): void {
    for (const [path, contents] of this.options.filesOf(secrets)) {
      const folder = join(this.root, path);
      mkdirSync(folder, { recursive: true });
      const data = mkdtempSync(`${folder}/..`);
      for (const [name, text] of Object.entries(contents)) {
        writeFileSync(join(data, name), text);
        rmSync(join(folder, name), { force: true });
        symlinkSync(join("..data", name), join(folder, name));
      }
      symlinkSync(basename(data), join(folder, "..data_tmp"));
      renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
    }
  }

  /** Starts it, and waits until it is ready. */
  async start(): Promise<void> {
    this.lines = [];
    const network = ["--target", String(this.options.process), "--net"];
    const user = process.getuid?.() === 0 ? [] : ["--user", "--preserve-credentials"];
    const command = ["unshare", "--mount", "sh", "-ec", enter, this.root, this.options.executable];
    this.child = spawn(
      "nsenter",
      [...network, ...user, ...command, ...this.options.args, "--disable-reporting"],
      { env: { PATH: process.env.PATH, ...this.options.variables }, stdio: ["ignore", "ignore", "pipe"] },
    );
    if (this.child.stderr === null) throw new Error("stderr is a pipe");
    createInterface(this.child.stderr).on("line", (line) => {
      this.lines.push(line);
      this.options.onLine?.(line);
    });
    for (let tries = 0; !(await this.isReady()); tries++) {
      if (tries > 1800 || this.child.exitCode !== null) throw new Error(this.lines.slice(-30).join("\n"));
      await pause(100);
    }
  }

  /** What `alloy fmt` or `alloy validate` says of its configuration. */
  command(name: "fmt" | "validate"): { readonly status: number | null; readonly output: string } {
    const flags = name === "validate" ? this.options.args.filter((arg) => arg.startsWith("--stability")) : [];
    const { status, stdout, stderr } = spawnSync(this.options.executable, [name, ...flags, this.configFile], {
      encoding: "utf8",
    });
    return { status, output: `${stdout}${stderr}` };
  }

  /** The configuration that it was started with. */
  get config(): string {
    return readFileSync(this.configFile, "utf8");
  }

  /** Puts another configuration in its place, as the kubelet does. */
  writeConfig(text: string): void {
    rmSync(this.configFile);
    writeFileSync(this.configFile, text);
  }

  private get configFile(): string {
    return join(this.root, "etc/alloy/config.alloy");
  }

  /** Its components, with their health. */
  async components(): Promise<readonly Component[]> {
    const components: readonly Component[] = JSON.parse((await this.get("/api/v0/web/components")).body);
    return components;
  }

  /** The sum over its own metric's series. */
  async metric(name: string): Promise<number> {
    const lines = await this.metricLines(name);
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }

  /** The series of its own metric, with their values. */
  async metricLines(name: string): Promise<readonly string[]> {
    const lines = (await this.get("/metrics")).body.split("\n");
    return lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  }

  /** Has it read its files again, as the sidecar does. */
  async reload(): Promise<void> {
    await this.get("/-/reload");
  }

  /** The seconds of processor time that it took since its start. */
  processorTime(): Promise<number> {
    return this.metric("process_cpu_seconds_total");
  }

  /**
   * Ends it.
   *
   * @returns the seconds that took, undefined where it was killed after the grace period
   */
  async stop(signal: "SIGTERM" | "SIGKILL", graceSeconds = 30): Promise<number | undefined> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return 0;
    const started = Date.now();
    const exit = once(child, "exit");
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000);
    await exit;
    clearTimeout(timer);
    const seconds = (Date.now() - started) / 1000;
    return seconds < graceSeconds ? seconds : undefined;
  }

  /** Ends it, and removes its files. */
  async remove(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.root, { recursive: true, force: true });
  }

  private get(path: string): Promise<Page> {
    return this.options.get(`http://127.0.0.1:${this.port}${path}`);
  }

  private async isReady(): Promise<boolean> {
    return (await this.get("/-/ready")).status === 200;
  }
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
