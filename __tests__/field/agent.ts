import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Volumes } from "./pod";

/** What a component of the agent says of itself. */
export interface Component {
  /** Such as "otelcol.exporter.otlphttp.local_logs". */
  readonly localID: string;
  readonly health: { readonly state: string; readonly message: string };
}

/** How an agent is started. */
export interface AgentOptions {
  readonly executable: string;
  /** What follows `alloy`. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly files: Volumes;
  /** What its standard error is given to, by the line. */
  readonly onLine?: (line: string) => void;
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
  private port = 0;

  constructor(private readonly options: AgentOptions) {
    for (const folder of ["proc", "sys", "dev", "bin", "tmp", "var/lib/alloy", "rootfs"]) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    writeFileSync(join(this.root, "bin/alloy"), "");
    this.mount(options.files);
  }

  /** Puts files where they are mounted, as the kubelet does: a volume's at once, behind a link that is replaced. */
  mount(files: Volumes): void {
    for (const [path, contents] of files) {
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
    this.port = await freePort();
    this.lines = [];
    const flags = this.options.args.map((arg) =>
      arg.replace(/^(--server.http.listen-addr=).*/, `$1127.0.0.1:${this.port}`),
    );
    const command = ["--mount", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"])];
    this.child = spawn(
      "unshare",
      [...command, "sh", "-ec", enter, this.root, this.options.executable, ...flags, "--disable-reporting"],
      { env: { PATH: process.env.PATH, ...this.options.variables }, stdio: ["ignore", "ignore", "pipe"] },
    );
    if (this.child.stderr === null) throw new Error("stderr is a pipe");
    createInterface(this.child.stderr).on("line", (line) => {
      this.lines.push(line);
      this.options.onLine?.(line);
    });
    for (let tries = 0; !(await this.isReady()); tries++) {
      if (tries > 600 || this.child.exitCode !== null) throw new Error(this.lines.slice(-30).join("\n"));
      await pause(100);
    }
  }

  /** Its components, with their health. */
  async components(): Promise<readonly Component[]> {
    const components: readonly Component[] = JSON.parse(
      await (await this.get("/api/v0/web/components")).text(),
    );
    return components;
  }

  /** The sum over its own metric's series. */
  async metric(name: string): Promise<number> {
    const lines = (await (await this.get("/metrics")).text()).split("\n");
    return lines
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
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

  private get(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`);
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await this.get("/-/ready")).ok;
    } catch {
      return false;
    }
  }
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
