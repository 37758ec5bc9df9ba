/** What the models used, added up by day, week, month, project, model or session. */
import type Database from "better-sqlite3";

export const USAGE_GROUPS = ["day", "week", "month", "project", "model", "session"] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

export interface UsageQuery {
	readonly by: UsageGroup;
	/** Milliseconds since the Unix epoch: responses at or after. */
	readonly since?: number;
	/** What stands in a model's place where no model answered. */
	readonly noModels: ReadonlySet<string>;
}

export interface UsageRow {
	/** The day (of a week, its Monday), month, directory, model, or session's id. Days are those of this machine's clock. */
	readonly key: string;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheWriteTokens: number;
	readonly cacheWrite1hTokens: number;
	readonly cacheReadTokens: number;
	/** Of all responses with a known price. */
	readonly costUsd: number;
	readonly models: readonly string[];
	/** Models among them without a known price; their tokens are counted, their cost is not. */
	readonly unpricedModels: readonly string[];
	readonly responses: number;
	/** When the last of them was given, in milliseconds since the Unix epoch. */
	readonly lastAt: number;
}

const LOCAL = "r.at / 1000, 'unixepoch', 'localtime'";
const KEYS: Readonly<Record<UsageGroup, string>> = {
	day: `date(${LOCAL})`,
	// Six days on and back to the Monday before.
	week: `date(${LOCAL}, '-6 days', 'weekday 1')`,
	month: `strftime('%Y-%m', ${LOCAL})`,
	project: "s.cwd",
	model: "r.model",
	session: "s.id",
};
const IS_TIME: ReadonlySet<UsageGroup> = new Set(["day", "week", "month"]);

interface SummedRow {
	readonly key: string;
	readonly model: string;
	readonly input: number;
	readonly output: number;
	readonly write5m: number;
	readonly write1h: number;
	readonly read: number;
	readonly cost: number | null;
	readonly unpriced: number;
	readonly responses: number;
	readonly lastAt: number;
}

/** Times in their order; the rest by cost and tokens, the largest first. */
export function readUsageRows(db: Database.Database, { by, since, noModels }: UsageQuery): UsageRow[] {
	const summed = db
		.prepare<[number], SummedRow>(
			`SELECT ${KEYS[by]} AS key, r.model, sum(input_tokens) AS input, sum(output_tokens) AS output,
				sum(cache_write_5m_tokens) AS write5m, sum(cache_write_1h_tokens) AS write1h, sum(cache_read_tokens) AS read,
				sum(cost_usd) AS cost, sum(cost_usd IS NULL) AS unpriced, count(*) AS responses, max(r.at) AS lastAt
			FROM responses r JOIN sessions s ON s.key = r.session_key WHERE r.at >= ? GROUP BY 1, 2 ORDER BY 1, 2`,
		)
		.all(since ?? Number.MIN_SAFE_INTEGER);
	const rows = new Map<string, UsageRow>();
	for (const part of summed) rows.set(part.key, add(rows.get(part.key), part, noModels));
	const all = [...rows.values()];
	return IS_TIME.has(by) ? all : all.sort((a, b) => b.costUsd - a.costUsd || tokensOf(b) - tokensOf(a));
}

export function tokensOf(row: UsageRow): number {
	return row.inputTokens + row.outputTokens + row.cacheWriteTokens + row.cacheReadTokens;
}

function add(row: UsageRow | undefined, part: SummedRow, noModels: ReadonlySet<string>): UsageRow {
	const isModel = !noModels.has(part.model);
	return {
		key: part.key,
		inputTokens: (row?.inputTokens ?? 0) + part.input,
		outputTokens: (row?.outputTokens ?? 0) + part.output,
		cacheWriteTokens: (row?.cacheWriteTokens ?? 0) + part.write5m + part.write1h,
		cacheWrite1hTokens: (row?.cacheWrite1hTokens ?? 0) + part.write1h,
		cacheReadTokens: (row?.cacheReadTokens ?? 0) + part.read,
		costUsd: (row?.costUsd ?? 0) + (part.cost ?? 0),
		models: [...(row?.models ?? []), ...(isModel ? [part.model] : [])],
		unpricedModels: [...(row?.unpricedModels ?? []), ...(isModel && part.unpriced > 0 ? [part.model] : [])],
		responses: (row?.responses ?? 0) + part.responses,
		lastAt: Math.max(row?.lastAt ?? 0, part.lastAt),
	};
}
