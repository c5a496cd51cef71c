import { parentPort, workerData } from "node:worker_threads";
import { doShare } from "../lib/fleet";

// A thread of lib/fleet.ts: it is given a share, and sends back what comes of it.
parentPort?.postMessage(doShare(workerData));
