// Has V8 optimize only what runs very often. Node 20's does it so early that a run of a second ends before it pays: dozens
// of environments took a tenth to a fifth longer (see `npm run bench`). Later versions wait by themselves.
const { setFlagsFromString } = require("node:v8");

// How many bytes of bytecode a function runs before it is looked at; 67,584 otherwise.
if (process.version.startsWith("v20.")) setFlagsFromString("--interrupt-budget=300000");
