import { run } from "../lib/synthesis";
import { builtEngine } from "./explain/engine";

// Builds what runs Alloy's components for lib/testing, unless it is built already, and prints its path.
run(() => ({ notices: [], answer: `${builtEngine()}\n` }), "there is no engine");
