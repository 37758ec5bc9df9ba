/** Adds figures up over days and projects. */
import type Database from "better-sqlite3";
import type { FigureQuery, FigureRange, RepeatedPrompt, SummedRow } from "./figures.ts";
import {
	DAY_SUMMED_NAMES,
	dayTable,
	type FigureName,
	projectTable,
	SUMMED_NAMES,
	sessionTable,
	tableOf,
} from "./tables.ts";

/** Day 0, the 1st of January 1970, was a Thursday. */
const WEEKDAY = "(day + 3) % 7 AS weekday";

export function sumFigures<Name extends FigureName>(
	db: Database.Database,
	query: FigureQuery<Name>,
): SummedRow<Name>[] {
	const { sample, sums } = tableOf(query.table);
	const table = tableFor(query);
	const by = query.by.join(", ");
	const wanted = new Set<string>(query.pick ?? sums);
	const picked = [
		...query.by.map((key) => (key === "weekday" ? WEEKDAY : key)),
		...(sample === undefined || query.pick !== undefined ? [] : ["min(sample) AS sample"]),
		...sums.map((sum) => `${wanted.has(sum) ? `coalesce(sum(${sum}), 0)` : "0"} AS ${sum}`),
	];
	const { condition, values } = within(query);
	const order = query.most === undefined ? by : `${query.most.of} DESC${by === "" ? "" : `, ${by}`}`;
	return db
		.prepare<unknown[], SummedRow<Name>>(
			`SELECT ${picked.join(", ")} FROM ${table} WHERE ${condition}
			${by === "" ? "" : `GROUP BY ${by}`} ${order === "" ? "" : `ORDER BY ${order}`} LIMIT ?`,
		)
		.all(...values, query.most?.limit ?? -1);
}

/** The shortest one that can tell what is asked. */
function tableFor<Name extends FigureName>({ table, projects, by }: FigureQuery<Name>): string {
	if (!SUMMED_NAMES.includes(table)) return sessionTable(table);
	const isOfProjects = projects !== undefined || by.includes("project");
	return !isOfProjects && DAY_SUMMED_NAMES.includes(table) ? dayTable(table) : projectTable(table);
}

export function repeatedPrompts(
	db: Database.Database,
	range: FigureRange,
	limits: { readonly sessions: number; readonly limit: number },
): RepeatedPrompt[] {
	const { condition, values } = within(range);
	return db
		.prepare<unknown[], RepeatedPrompt>(
			`SELECT max(sample) AS sample, sum(prompts) AS prompts, count(DISTINCT session_key) AS sessions
			FROM repeated_prompts r CROSS JOIN figures_of_session_prompts p ON p.thing = r.thing WHERE ${condition}
			GROUP BY r.thing HAVING sessions >= ? ORDER BY sessions DESC, prompts DESC, r.thing LIMIT ?`,
		)
		.all(...values, limits.sessions, limits.limit);
}

export function maskedSessions(db: Database.Database, range: FigureRange): Map<string, number> {
	const { condition, values } = within(range);
	const rows = db
		.prepare<unknown[], { rule: string; sessions: number }>(
			`SELECT rule, count(DISTINCT session_key) AS sessions FROM figures_of_session_rules WHERE ${condition} GROUP BY rule`,
		)
		.all(...values);
	return new Map(rows.map(({ rule, sessions }) => [rule, sessions]));
}

/** Steps from project to project in the index, instead of reading all their days. */
export function projectDirectories(db: Database.Database): { project: number; cwd: string }[] {
	const days = "figures_of_project_totals";
	return db
		.prepare<[], { project: number; cwd: string }>(
			`WITH RECURSIVE known (project) AS (
				SELECT min(project) FROM ${days}
				UNION ALL SELECT (SELECT min(project) FROM ${days} d WHERE d.project > k.project) FROM known k
				WHERE k.project IS NOT NULL
			)
			SELECT k.project, s.cwd FROM known k JOIN sessions s ON s.key =
				(SELECT sample FROM ${days} d WHERE d.project = k.project ORDER BY day DESC LIMIT 1)
			WHERE k.project IS NOT NULL ORDER BY s.cwd`,
		)
		.all();
}

function within({ from, to, projects }: FigureRange): { condition: string; values: unknown[] } {
	const days = "day BETWEEN ? AND ?";
	if (projects === undefined) return { condition: days, values: [from, to] };
	return {
		condition: `${days} AND project IN (SELECT value FROM json_each(?))`,
		values: [from, to, JSON.stringify(projects)],
	};
}
