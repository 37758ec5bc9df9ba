/** Adds figures up over days and projects. */
import type Database from "better-sqlite3";
import { blockTable, splitRange } from "./blocks.ts";
import type { FigureQuery, FigureRange, RepeatedPrompt, SummedRow } from "./figures.ts";
import {
	columnsOf,
	DAY_SUMMED_NAMES,
	dayTable,
	type FigureName,
	projectTable,
	SUMMED_NAMES,
	type SumOf,
	sessionTable,
	tableOf,
} from "./tables.ts";

/** Day 0, the 1st of January 1970, was a Thursday. */
const WEEKDAY = "(day + 3) % 7 AS weekday";

export function sumFigures<Name extends FigureName, Picked extends SumOf<Name>>(
	db: Database.Database,
	query: FigureQuery<Name, Picked>,
): SummedRow<Name, Picked>[] {
	const { sample, sums } = tableOf(query.table);
	const by = query.by.join(", ");
	const wanted = new Set<string>(query.pick ?? sums);
	const read = sums.filter((sum) => wanted.has(sum));
	// What is not asked for need not be read: the index by project answers some questions alone.
	const samples = sample === undefined || query.pick !== undefined ? [] : ["sample"];
	const columns = [
		...query.by.map((key) => (key === "weekday" ? WEEKDAY : key)),
		...samples.map(() => "min(sample) AS sample"),
		...read.map((sum) => `coalesce(sum(${sum}), 0) AS ${sum}`),
	];
	const { sql, values } = rowsOf(query);
	const order = query.most === undefined ? by : `${query.most.of} DESC${by === "" ? "" : `, ${by}`}`;
	const rows = db
		.prepare<unknown[], readonly (number | string)[]>(
			`SELECT ${columns.join(", ")} FROM (${sql})
			${by === "" ? "" : `GROUP BY ${by}`} ${order === "" ? "" : `ORDER BY ${order}`} LIMIT ?`,
		)
		.raw(true)
		.all(...values, query.most?.limit ?? -1);
	return rows.map(createRow([...query.by, ...samples, ...read]));
}

/** Made here and not by the database's binding, which takes longer for the names of ten thousand rows than the sums take. */
function createRow<Row>(names: readonly string[]): (values: readonly (number | string)[]) => Row {
	return (values) => {
		const row: Record<string, number | string> = {};
		for (let at = 0; at < names.length; at += 1) row[names[at] ?? ""] = values[at] ?? 0;
		return row as Row;
	};
}

interface Rows {
	readonly sql: string;
	readonly values: readonly unknown[];
}

/** All that is added up: by session, by day, or, where no day is asked for, by block as far as the range has whole ones. */
function rowsOf<Name extends FigureName>(query: Omit<FigureQuery<Name>, "pick">): Rows {
	const { table, by } = query;
	if (!SUMMED_NAMES.includes(table))
		return rowsBetween(sessionTable(table), query, ["day", query.from, query.to]);
	const days = daysOf(query);
	// Over all projects, years of days are fewer rows than the blocks of each project.
	const isByDay = days === dayTable(table) || by.some((key) => key === "day" || key === "weekday");
	const parts = isByDay ? undefined : splitRange(query);
	if (parts === undefined) return rowsBetween(days, query, ["day", query.from, query.to]);
	const columns = columnsOf(table).slice(1).join(", ");
	const all = [
		rowsBetween(blockTable(table), query, ["block", ...parts.blocks], columns),
		rowsBetween(projectTable(table), query, ["day", ...parts.before], columns),
		rowsBetween(projectTable(table), query, ["day", ...parts.behind], columns),
	];
	return { sql: all.map(({ sql }) => sql).join(" UNION ALL "), values: all.flatMap(({ values }) => values) };
}

/** By day alone where no project is asked for: the fewest rows. */
function daysOf<Name extends FigureName>({ table, projects, by }: Omit<FigureQuery<Name>, "pick">): string {
	const isOfProjects = projects !== undefined || by.includes("project");
	return !isOfProjects && DAY_SUMMED_NAMES.includes(table) ? dayTable(table) : projectTable(table);
}

function rowsBetween(
	table: string,
	{ projects }: Pick<FigureRange, "projects">,
	[column, from, to]: readonly [column: string, from: number, to: number],
	columns = "*",
): Rows {
	const sql = `SELECT ${columns} FROM ${table} WHERE ${column} BETWEEN ? AND ?`;
	if (projects === undefined) return { sql, values: [from, to] };
	return {
		sql: `${sql} AND project IN (SELECT value FROM json_each(?))`,
		values: [from, to, JSON.stringify(projects)],
	};
}

/** A session counts once, on the first day of the range on which it gave the prompt. */
export function repeatedPrompts(
	db: Database.Database,
	range: FigureRange,
	limits: { readonly sessions: number; readonly limit: number },
): RepeatedPrompt[] {
	const { condition, values } = within(range);
	return db
		.prepare<unknown[], RepeatedPrompt>(
			`SELECT max(sample) AS sample, sum(prompts) AS prompts, sum(previous < ?) AS sessions
			FROM repeated_prompts r CROSS JOIN figures_of_session_prompts p ON p.thing = r.thing WHERE ${condition}
			GROUP BY r.thing HAVING sessions >= ? ORDER BY sessions DESC, prompts DESC, r.thing LIMIT ?`,
		)
		.all(range.from, ...values, limits.sessions, limits.limit);
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
