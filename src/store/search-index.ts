/** The full-text index over items. It keeps words, not texts, so a text is taken out by the words it went in with. */
import type Database from "better-sqlite3";
import type { ItemCells } from "./item-rows.ts";
import type { SearchedKind } from "./store.ts";
import { indexText } from "./words.ts";

export interface SearchIndex {
	add(key: number, item: ItemCells): void;
	remove(key: number, item: ItemCells): void;
}

type IndexedText = readonly [prompt: string, answer: string, aside: string, input: string, output: string];

export function createSearchIndex(db: Database.Database): SearchIndex {
	const insert = db.prepare(
		"INSERT INTO search (rowid, prompt, answer, aside, input, output) VALUES (?, ?, ?, ?, ?, ?)",
	);
	const remove = db.prepare(
		"INSERT INTO search (search, rowid, prompt, answer, aside, input, output) VALUES ('delete', ?, ?, ?, ?, ?, ?)",
	);
	return {
		add: (key, item) => void insert.run(key, ...indexedText(item)),
		remove: (key, item) => void remove.run(key, ...indexedText(item)),
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

function indexedText(item: ItemCells): IndexedText {
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
