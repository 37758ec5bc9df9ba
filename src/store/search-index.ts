/**
 * The full-text index over items. It keeps words, not texts, so a text is taken out by the words it went in with.
 *
 * What changes waits until the end of its transaction: SQLite's index writes out what it has collected before every
 * savepoint, and a statement with a trigger is one. Fed between the rows it would write a part of its own for each turn.
 */
import type Database from "better-sqlite3";
import type { ItemCells } from "./item-rows.ts";
import type { SearchedKind } from "./store.ts";
import { indexText } from "./words.ts";

export interface SearchIndex {
	add(key: number, item: ItemCells): void;
	remove(key: number, item: ItemCells): void;
	/** How many changes wait. */
	readonly waiting: number;
	/** Inside the transaction that the changes belong to. */
	apply(): void;
	/** Keeps the first `count` of the waiting changes: what came after them was rolled back. */
	forget(count: number): void;
}

interface Waiting {
	readonly statement: Database.Statement;
	readonly key: number;
	readonly item: ItemCells;
}

type IndexedText = readonly [prompt: string, answer: string, aside: string, input: string, output: string];

export function createSearchIndex(db: Database.Database): SearchIndex {
	const insert = db.prepare(
		"INSERT INTO search (rowid, prompt, answer, aside, input, output) VALUES (?, ?, ?, ?, ?, ?)",
	);
	const remove = db.prepare(
		"INSERT INTO search (search, rowid, prompt, answer, aside, input, output) VALUES ('delete', ?, ?, ?, ?, ?, ?)",
	);
	let waiting: Waiting[] = [];
	return {
		add: (key, item) => void waiting.push({ statement: insert, key, item }),
		remove: (key, item) => void waiting.push({ statement: remove, key, item }),
		get waiting() {
			return waiting.length;
		},
		apply: () => {
			const changes = waiting;
			waiting = [];
			for (const { statement, key, item } of changes) statement.run(key, ...indexedText(item));
		},
		forget: (count) => {
			waiting.length = Math.min(waiting.length, count);
		},
	};
}

/** Whether two versions of an item differ in anything that is searched. */
export function isSameText(a: ItemCells, b: ItemCells): boolean {
	return (
		a.kind === b.kind &&
		a.body === b.body &&
		a.name === b.name &&
		a.input === b.input &&
		a.output === b.output
	);
}

/** Which index column a body belongs to: they weigh differently in the ranking. */
const BODY_COLUMN: Readonly<Record<SearchedKind, "prompt" | "answer" | "aside">> = {
	prompt: "prompt",
	assistant: "answer",
	thinking: "aside",
	notice: "aside",
	permission: "aside",
	tool: "aside",
};

/** The words of an item, by column of the index. */
export function indexedText(item: ItemCells): IndexedText {
	const column = BODY_COLUMN[item.kind];
	const body = indexText(item.body);
	const input = item.name === null ? item.input : `${item.name} ${item.input ?? ""}`;
	return [
		column === "prompt" ? body : "",
		column === "answer" ? body : "",
		column === "aside" ? body : "",
		indexText(input),
		indexText(item.output),
	];
}
