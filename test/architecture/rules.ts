/** The rules of docs/architecture.md as data. To change the architecture, change a row here and the table there. */

/** The folders of src that put stages together; they alone may touch the process, the clock and the environment. */
export const COMPOSITION: readonly string[] = ["wrap", "recorder", "import", "daemon", "cli", "demo", "dev"];

export interface StageRow {
	/** Stages it may call. */
	readonly calls: readonly string[];
	/** Stages whose types, and nothing else, it may name. */
	readonly seesTypesOf: readonly string[];
}

/**
 * Who may import whom, in the order of the data's way. Every stage may also import `core` and itself.
 * A folder that is not here is an error: a new stage gets a row first.
 */
export const STAGES: Readonly<Record<string, StageRow>> = {
	core: { calls: [], seesTypesOf: [] },
	// It says how the stages are to be set up, in their own words, and calls none of them.
	config: { calls: [], seesTypesOf: ["patterns", "masking", "store"] },
	patterns: { calls: [], seesTypesOf: [] },
	terminal: { calls: [], seesTypesOf: [] },
	// A recording gives what a terminal would have given: it stands where `terminal` stands.
	recordings: { calls: [], seesTypesOf: [] },
	screen: { calls: [], seesTypesOf: ["terminal"] },
	turns: { calls: [], seesTypesOf: ["screen", "patterns"] },
	transcripts: { calls: [], seesTypesOf: ["turns"] },
	masking: { calls: [], seesTypesOf: ["turns", "transcripts", "patterns"] },
	// Made by the recorder from masked pictures, kept by the store, shown by whoever reads it: it knows none of them.
	replay: { calls: [], seesTypesOf: [] },
	store: { calls: [], seesTypesOf: ["masking"] },
	sync: { calls: [], seesTypesOf: ["store"] },
	backup: { calls: [], seesTypesOf: ["store"] },
	insights: { calls: [], seesTypesOf: ["store"] },
	web: { calls: ["replay"], seesTypesOf: ["store"] },
	wrap: { calls: ["config", "terminal"], seesTypesOf: [] },
	recorder: {
		calls: ["config", "patterns", "screen", "turns", "transcripts", "masking", "replay", "store", "sync"],
		seesTypesOf: [],
	},
	// The stages of a recorder, fed from files: it builds them with the recorder's own composition.
	import: { calls: ["config", "recordings", "recorder", "transcripts"], seesTypesOf: ["masking", "store"] },
	daemon: {
		calls: ["config", "patterns", "transcripts", "masking", "store", "sync", "backup", "insights", "import"],
		seesTypesOf: [],
	},
	demo: { calls: ["config"], seesTypesOf: [] },
	dev: { calls: ["patterns", "terminal", "screen", "turns", "masking"], seesTypesOf: [] },
	cli: {
		calls: [
			"config",
			"patterns",
			"transcripts",
			"masking",
			"replay",
			"store",
			"sync",
			"backup",
			"insights",
			"web",
			"demo",
			"import",
			// The demo, where there is no terminal to play it on.
			"terminal",
			// Asks the running daemon, and starts one; what the daemon itself is made of stays in its own bundle.
			"daemon",
		],
		seesTypesOf: [],
	},
};

/** One owner for each package: the only folders that may import it. A package that is not here is an error. */
export const OWNERS: Readonly<Record<string, readonly string[]>> = {
	"node-pty": ["terminal"],
	yaml: ["patterns"],
	re2js: ["masking"],
	"better-sqlite3": ["store"],
	"@supabase/supabase-js": ["sync"],
	// The WebSocket that Node 20 has not got of its own.
	ws: ["sync"],
	"@anthropic-ai/sdk": ["insights"],
	hono: ["web"],
	"@hono/node-server": ["web"],
	// Strings and shapes, no outside world behind them: whoever parses at an edge may use these.
	"get-east-asian-width": ["screen", "turns", "cli", "demo"],
	"strip-ansi": ["terminal", "turns", "screen", "cli", "demo"],
	zod: [
		"config",
		"recordings",
		"turns",
		"patterns",
		"transcripts",
		"store",
		"sync",
		"backup",
		"insights",
		"web",
		"recorder",
		"daemon",
		"cli",
	],
};

/** Where nothing but the arguments decides the result: no `node:`, no clock, no randomness, no timers, no globals. */
export const PURE: readonly { readonly under: string; readonly because: string }[] = [
	{ under: "src/core/", because: "core is pure" },
	{ under: "src/recordings/", because: "recordings is pure: who opens the file hands its bytes in" },
	{ under: "src/turns/", because: "turns is pure: the clock and the ids are handed in" },
	{ under: "src/transcripts/reading/", because: "a transcript is read from bytes that are handed in" },
	{ under: "src/transcripts/merge/", because: "what is merged depends on the two sources alone" },
	{ under: "src/masking/", because: "masking is pure: what it hides depends on its input alone" },
	{ under: "src/sync/plan", because: "a sync plan is decided purely and executed elsewhere" },
];

/** Globals that ask the machine; forbidden in pure code. */
export const IMPURE_GLOBALS: readonly string[] = [
	"process",
	"performance",
	"crypto",
	"fetch",
	"console",
	"globalThis",
	"setTimeout",
	"setInterval",
	"setImmediate",
	"queueMicrotask",
];

/** Globals and calls that only composition, and the entry of `config`, may use. */
export const COMPOSITION_GLOBALS: readonly string[] = ["process", "performance", "crypto"];
export const COMPOSITION_MODULES: readonly string[] = ["node:process", "node:perf_hooks"];
export const RANDOM_NAMES: readonly string[] = [
	"randomBytes",
	"randomUUID",
	"randomInt",
	"getRandomValues",
	"webcrypto",
];

/** Besides composition: where configuration enters from argv, the environment and files. */
export const MAY_TOUCH_THE_PROCESS: readonly string[] = COMPOSITION.map((folder) => `src/${folder}/`).concat(
	"src/config/load.ts",
);

/** What a platform is does not change while a program runs; who has a reason may ask for it without being handed it. */
export const PLATFORM_FACTS: readonly { readonly under: string; readonly says: readonly string[] }[] = [
	// A pseudo-terminal and the state of a process are read differently on each platform.
	{ under: "src/terminal/", says: ["process.platform", "process.arch"] },
];

/** Node modules whose functions compute and do nothing else: calling them at the top of a module is harmless. */
export const HARMLESS_MODULES: readonly string[] = ["node:path", "node:url", "node:util", "node:module"];

/** A file longer than this holds two ideas: split it. */
export const MAX_LINES = 300;

/** File names that say nothing about what is inside. */
export const EMPTY_FILE_NAMES: readonly string[] = [
	"util",
	"utils",
	"helper",
	"helpers",
	"misc",
	"common",
	"shared",
];

/** Name endings that say nothing about what the thing does. */
export const EMPTY_NAME_ENDING = /(?:Manager|Service|Helper)s?$/;
