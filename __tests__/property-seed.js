// Property tests look for new cases in each run. Where a seed is named, as in CI, one content has the same cases each time.
require("fast-check").configureGlobal({ seed: Number(process.env.PROPERTY_SEED) });
