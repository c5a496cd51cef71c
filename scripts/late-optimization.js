// Has V8 optimize only what runs very often. Node 20's optimizes most functions so early that a run of seconds ends before
// it pays: dozens of environments took a fifth longer (see `npm run bench`). Later versions wait by themselves.
const { setFlagsFromString } = require("node:v8");

// In bytes of bytecode that a function has run; else 67,584.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=300000");
