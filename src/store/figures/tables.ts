/**
 * What is counted of a session, as data: each kind of figure has a table of rows by session and day, and one that adds
 * them up by project and day, so that a range over years reads thousands of rows and not millions.
 *
 * No text of a session is copied into these tables: what a row counts (a tool, a file, a rule) stands in it as the
 * `thing`, a digest for telling things apart, and as the `sample`, the key of one row that holds the text. Masking
 * a text, or deleting it, needs to know nothing of figures.
 */

export interface FigureTable {
	/** What tells the rows of one day apart. */
	readonly keys: readonly FigureKey[];
	/** Whose key the sample is. */
	readonly sample: "item" | "session" | undefined;
	readonly sums: readonly string[];
	/** Only by session: too many different things for sums of a day to be fewer. */
	readonly isBySessionOnly?: true;
}

/** `model` and `rule` are names out of our own lists or the API's; the others are numbers. */
export type FigureKey = "thing" | "hour" | "model" | "rule";

export const FIGURE_TABLES = {
	totals: {
		keys: [],
		sample: "session",
		sums: [
			"sessions",
			"sessions_failed",
			"sessions_lost",
			"session_ms",
			"turns",
			"prompts",
			"interrupted",
			"corrections",
			"tool_calls",
			"tool_failures",
			"permissions",
			"refusals",
			"masked",
			"timed_turns",
			"thinking_ms",
			"streaming_ms",
			"tool_ms",
			"permission_ms",
			"user_ms",
			"away_ms",
		],
	},
	hours: { keys: ["hour"], sample: undefined, sums: ["prompts"] },
	tools: {
		keys: ["thing"],
		sample: "item",
		sums: ["calls", "failures", "refusals", "interruptions", "timed", "ms"],
	},
	models: {
		keys: ["model"],
		sample: undefined,
		sums: [
			"responses",
			"input_tokens",
			"output_tokens",
			"cache_read_tokens",
			"cache_write_5m_tokens",
			"cache_write_1h_tokens",
			"cost_usd",
			"unpriced",
		],
	},
	permissions: {
		keys: ["thing"],
		sample: "item",
		sums: ["asked", "allowed", "allowed_for_good", "refused", "timed", "ms"],
	},
	files: { keys: ["thing"], sample: "item", sums: ["reads", "edits"] },
	rules: { keys: ["rule"], sample: undefined, sums: ["masked"] },
	corrected: { keys: ["thing"], sample: "item", sums: ["corrections"] },
	prompts: { keys: ["thing"], sample: "item", sums: ["prompts"], isBySessionOnly: true },
} as const satisfies Readonly<Record<string, FigureTable>>;

export type FigureName = keyof typeof FIGURE_TABLES;

export const FIGURE_NAMES = Object.keys(FIGURE_TABLES) as readonly FigureName[];

export type SumOf<Name extends FigureName> = (typeof FIGURE_TABLES)[Name]["sums"][number];
export type KeyOf<Name extends FigureName> = (typeof FIGURE_TABLES)[Name]["keys"][number];

/** Those whose rows are added up by project and day. */
export const SUMMED_NAMES: readonly FigureName[] = FIGURE_NAMES.filter(
	(name) => !("isBySessionOnly" in FIGURE_TABLES[name]),
);

/**
 * Those whose rows are added up by day alone as well, over all projects: the same tools, hours and models come again in each
 * of them. Of files and of corrected prompts a day has hardly fewer.
 */
export const DAY_SUMMED_NAMES: readonly FigureName[] = [
	"totals",
	"hours",
	"tools",
	"models",
	"permissions",
	"rules",
];

export function tableOf(name: FigureName): FigureTable {
	return FIGURE_TABLES[name];
}

export function sessionTable(name: FigureName): string {
	return `figures_of_session_${name}`;
}

export function projectTable(name: FigureName): string {
	return `figures_of_project_${name}`;
}

export function dayTable(name: FigureName): string {
	return `figures_of_day_${name}`;
}

/** Columns with money in them; all others count whole things. */
const FRACTIONS: ReadonlySet<string> = new Set(["cost_usd"]);
const WORDS: ReadonlySet<string> = new Set(["model", "rule"]);

/** The step of the schema that figures need; every session there is starts as stale. */
export function figuresSchema(): string {
	return `
CREATE TABLE stale_figures (session_key INTEGER PRIMARY KEY) STRICT;
INSERT INTO stale_figures SELECT key FROM sessions;
${FIGURE_NAMES.map(createTables).join("")}
CREATE INDEX figures_prompts_by_thing ON figures_of_session_prompts (thing, day, project, session_key, sample, prompts);
CREATE TABLE repeated_prompts (thing INTEGER PRIMARY KEY) STRICT;
${STALE_ON.map(([name, event, key]) => trigger(name, event, key)).join("")}`;
}

const STALE_ON: readonly (readonly [name: string, event: string, key: string])[] = [
	["session_begun", "INSERT ON sessions", "new.key"],
	["session_changed", "UPDATE OF revision ON sessions", "new.key"],
	["turn_begun", "INSERT ON turns", "new.session_key"],
	["turn_changed", "UPDATE OF revision ON turns", "new.session_key"],
	["turn_deleted", "DELETE ON turns", "old.session_key"],
	["response_added", "INSERT ON responses", "new.session_key"],
];

function trigger(name: string, event: string, key: string): string {
	return `CREATE TRIGGER figures_${name} AFTER ${event} BEGIN
	INSERT OR IGNORE INTO stale_figures VALUES (${key});
END;
`;
}

/** Of a row that adds up: the day, the project, what tells it apart, and the rest. */
export function columnsOf(name: FigureName): string[] {
	const { keys, sample, sums } = tableOf(name);
	return ["day", "project", ...keys, ...(sample === undefined ? [] : ["sample"]), ...sums];
}

/** The same columns, added up over rows that are alike in `day`, `project` and keys. */
export function pickSums(name: FigureName): string[] {
	const { keys, sample, sums } = tableOf(name);
	const samples = sample === undefined ? [] : ["min(sample)"];
	return ["day", "project", ...keys, ...samples, ...sums.map((sum) => `sum(${sum})`)];
}

export function columnTypes(name: FigureName): string[] {
	const { keys, sample, sums } = tableOf(name);
	return [
		"day INTEGER NOT NULL",
		"project INTEGER NOT NULL",
		...keys.map((key) => `${key} ${WORDS.has(key) ? "TEXT" : "INTEGER"} NOT NULL`),
		...(sample === undefined ? [] : ["sample INTEGER NOT NULL"]),
		...sums.map((sum) => `${sum} ${FRACTIONS.has(sum) ? "REAL" : "INTEGER"} NOT NULL`),
	];
}

function createTables(name: FigureName): string {
	const { keys } = tableOf(name);
	const columns = columnTypes(name).join(", ");
	const bySession = `
CREATE TABLE ${sessionTable(name)} (session_key INTEGER NOT NULL, ${columns},
	PRIMARY KEY (${["session_key", "day", ...keys].join(", ")})) STRICT, WITHOUT ROWID;`;
	if (!SUMMED_NAMES.includes(name)) return bySession;
	return `${bySession}
CREATE INDEX ${sessionTable(name)}_by_day ON ${sessionTable(name)} (day, project);
CREATE TABLE ${projectTable(name)} (${columns},
	PRIMARY KEY (${["day", "project", ...keys].join(", ")})) STRICT, WITHOUT ROWID;`;
}
