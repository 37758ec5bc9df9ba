/** The sums of projects once more, by day alone: a chart of days reads a row for each day, however many projects there are. */
import type Database from "better-sqlite3";
import type { DayNumber } from "./figures.ts";
import {
	columnsOf,
	columnTypes,
	DAY_SUMMED_NAMES,
	dayTable,
	FIGURE_TABLES,
	type FigureName,
	pickSums,
	projectTable,
	SUMMED_NAMES,
	tableOf,
} from "./tables.ts";

/** What a chart of projects draws: it stands in the index by project, which then answers alone. */
const CHARTED: Partial<Readonly<Record<FigureName, readonly string[]>>> = {
	totals: ["turns", "sessions"],
	models: ["model", ...FIGURE_TABLES.models.sums],
};

/** The step of the schema, with the indexes that find one project's days. */
export function daySchema(): string {
	const indexes = SUMMED_NAMES.map((name) => {
		const columns = ["project", "day", ...(CHARTED[name] ?? [])].join(", ");
		return `
CREATE INDEX ${projectTable(name)}_by_project ON ${projectTable(name)} (${columns});`;
	});
	return [...DAY_SUMMED_NAMES.map(createTable), ...indexes].join("");
}

function createTable(name: FigureName): string {
	return `
CREATE TABLE ${dayTable(name)} (${without("project", columnTypes(name)).join(", ")},
	PRIMARY KEY (${["day", ...tableOf(name).keys].join(", ")})) STRICT, WITHOUT ROWID;
${sumDays(name)};`;
}

/** The sums of a day, anew. */
export function createDaySums(db: Database.Database): (day: DayNumber) => void {
	const statements = DAY_SUMMED_NAMES.map((name) => ({
		clear: db.prepare<[number]>(`DELETE FROM ${dayTable(name)} WHERE day = ?`),
		fill: db.prepare<[number]>(sumDays(name, "WHERE day = ?")),
	}));
	return (day) => {
		for (const { clear, fill } of statements) {
			clear.run(day);
			fill.run(day);
		}
	};
}

/** Days from their projects, into a table that has none of them. */
export function sumDays(name: FigureName, where = ""): string {
	return `INSERT INTO ${dayTable(name)} (${without("project", columnsOf(name)).join(", ")})
	SELECT ${without("project", pickSums(name)).join(", ")} FROM ${projectTable(name)} ${where}
	GROUP BY ${["day", ...tableOf(name).keys].join(", ")}`;
}

function without(column: string, columns: readonly string[]): string[] {
	return columns.filter((one) => one.split(" ")[0] !== column);
}
