/**
 * The sums of projects once more, over blocks of 32 days: a range of years reads a row for each thing and month, and days only
 * at its two ends.
 */
import type Database from "better-sqlite3";
import type { DayNumber, FigureRange } from "./figures.ts";
import {
	columnsOf,
	columnTypes,
	type FigureName,
	pickSums,
	projectTable,
	SUMMED_NAMES,
	tableOf,
} from "./tables.ts";

/** A power of two, so that a day's block is what is left of it without its last bits. */
const BLOCK_BITS = 5;
const BLOCK_DAYS = 1 << BLOCK_BITS;

export function blockTable(name: FigureName): string {
	return `figures_of_block_${name}`;
}

/** The step of the schema. `previous`: the last day before on which the same session gave the same prompt; -1: none. */
export function blockSchema(): string {
	return `${SUMMED_NAMES.map(createTable).join("")}
ALTER TABLE figures_of_session_prompts ADD COLUMN previous INTEGER NOT NULL DEFAULT -1;
UPDATE figures_of_session_prompts SET previous = ${previousDay("figures_of_session_prompts")};
DROP INDEX figures_prompts_by_thing;
CREATE INDEX figures_prompts_by_thing ON figures_of_session_prompts (thing, day, project, previous, sample, prompts);`;
}

/** As SQL, of a row of a session's prompts. */
export function previousDay(row: string): string {
	return `coalesce((SELECT max(o.day) FROM figures_of_session_prompts o
		WHERE o.session_key = ${row}.session_key AND o.thing = ${row}.thing AND o.day < ${row}.day), -1)`;
}

function createTable(name: FigureName): string {
	const { keys } = tableOf(name);
	const by = ["block", "project", ...keys].join(", ");
	return `
CREATE TABLE ${blockTable(name)} (block INTEGER NOT NULL, ${columnTypes(name).slice(1).join(", ")},
	PRIMARY KEY (${by})) STRICT, WITHOUT ROWID;
${sumBlocks(name)};`;
}

/** All blocks from all days, into an empty table. */
export function sumBlocks(name: FigureName): string {
	const by = ["block", "project", ...tableOf(name).keys].join(", ");
	return `INSERT INTO ${blockTable(name)} (block, ${columnsOf(name).slice(1).join(", ")})
	SELECT day >> ${BLOCK_BITS} AS block, ${pickSums(name).slice(1).join(", ")} FROM ${projectTable(name)} GROUP BY ${by}`;
}

/** The sums of one project over the block of a day, anew. */
export function createBlockSums(db: Database.Database): (day: DayNumber, project: number) => void {
	const statements = SUMMED_NAMES.map((name) => ({
		clear: db.prepare<[number, number]>(`DELETE FROM ${blockTable(name)} WHERE block = ? AND project = ?`),
		// Day by day: that is how the rows lie.
		fill: db.prepare<[number, string, number]>(
			`INSERT INTO ${blockTable(name)} (block, ${columnsOf(name).slice(1).join(", ")})
			SELECT ?, ${pickSums(name).slice(1).join(", ")} FROM json_each(?) d CROSS JOIN ${projectTable(name)} p
			ON p.day = d.value AND p.project = ? GROUP BY ${["project", ...tableOf(name).keys].join(", ")}`,
		),
	}));
	return (day, project) => {
		const block = blockOf(day);
		const days = JSON.stringify(Array.from({ length: BLOCK_DAYS }, (_, index) => block * BLOCK_DAYS + index));
		for (const { clear, fill } of statements) {
			clear.run(block, project);
			fill.run(block, days, project);
		}
	};
}

export function blockOf(day: DayNumber): number {
	return day >> BLOCK_BITS;
}

/** A range's whole blocks, and the days before and behind them; undefined where there is no whole block. */
export function splitRange({ from, to }: FigureRange):
	| {
			readonly blocks: readonly [first: number, last: number];
			readonly before: readonly [from: DayNumber, to: DayNumber];
			readonly behind: readonly [from: DayNumber, to: DayNumber];
	  }
	| undefined {
	const first = Math.ceil(from / BLOCK_DAYS);
	const last = Math.floor((to + 1) / BLOCK_DAYS) - 1;
	if (last < first) return undefined;
	return {
		blocks: [first, last],
		before: [from, first * BLOCK_DAYS - 1],
		behind: [(last + 1) * BLOCK_DAYS, to],
	};
}
