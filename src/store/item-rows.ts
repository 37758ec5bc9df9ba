/** Items to rows and back; the prompt of a turn is kept as the item at position 0. */
import type { Item, Prompt, Source, ToolItem } from "../core/turn.ts";
import type { ItemFacts } from "./json-columns.ts";
import { inputColumn, itemFactsColumn, readColumn, writeColumn } from "./json-columns.ts";
import { optional } from "./optional.ts";
import type { SearchedKind } from "./store.ts";

/** The part of a row that says what the item is. */
export interface ItemCells {
	readonly kind: SearchedKind;
	/** Tool name; of a permission, the tool it was asked for. */
	readonly name: string | null;
	readonly status: string | null;
	readonly source: string | null;
	/** What was written: prompt, answer, thinking, notice, or the question of a permission. */
	readonly body: string | null;
	readonly input: string | null;
	readonly output: string | null;
	readonly facts: string | null;
}

export interface ItemRow extends ItemCells {
	readonly key: number;
	readonly position: number;
	/** 0 while the item still grows: it is indexed once, when it has settled. */
	readonly is_indexed: 0 | 1;
}

export const ITEM_COLUMNS = ["kind", "name", "status", "source", "body", "input", "output", "facts"] as const;

const BLANK: Omit<ItemCells, "kind"> = {
	name: null,
	status: null,
	source: null,
	body: null,
	input: null,
	output: null,
	facts: null,
};

export function promptCells(prompt: Prompt): ItemCells {
	return { ...BLANK, kind: "prompt", body: wellFormed(prompt.text) };
}

/** A turn's items in the order of their rows: what a subagent did stands behind the call that started it. */
export function* flatItems(
	items: readonly Item[],
	depth = 0,
): Generator<readonly [item: Item, depth: number]> {
	for (const item of items) {
		yield [item, depth];
		if (item.kind === "tool" && item.items !== undefined) yield* flatItems(item.items, depth + 1);
	}
}

export function itemCells(item: Item, depth = 0): ItemCells {
	const common = { ...BLANK, kind: item.kind, source: item.source, facts: writeFacts(item, depth) };
	switch (item.kind) {
		case "assistant":
		case "thinking":
		case "notice":
			return { ...common, body: wellFormed(item.text) };
		case "tool":
			return {
				...common,
				name: wellFormed(item.name),
				status: item.status,
				input: typeof item.input === "object" ? writeColumn(item.input) : wellFormed(item.input),
				output: wellFormed(item.output),
			};
		case "permission":
			return { ...common, name: wellFormed(item.tool), body: wellFormed(item.question) };
	}
}

/** Rows in their order back to items, nested as they were. */
export function toItems(rows: readonly ItemCells[]): Item[] {
	const read = rows.map((row) => ({
		row,
		facts: row.facts === null ? {} : readColumn(itemFactsColumn, row.facts),
	}));
	return nest(read, 0);
}

function nest(
	read: readonly { readonly row: ItemCells; readonly facts: ItemFacts }[],
	depth: number,
): Item[] {
	const items: Item[] = [];
	for (let at = 0; at < read.length; ) {
		let end = at + 1;
		while (end < read.length && (read[end]?.facts.depth ?? 0) > depth) end += 1;
		const own = read[at];
		const inner = nest(read.slice(at + 1, end), depth + 1);
		if (own !== undefined) items.push(withInner(toItem(own.row, own.facts), inner));
		at = end;
	}
	return items;
}

function withInner(item: Item, inner: readonly Item[]): Item {
	return item.kind === "tool" && inner.length > 0 ? { ...item, items: inner } : item;
}

function toItem(row: ItemCells, facts: ItemFacts): Item {
	const common = { source: row.source as Source, ...optional("confidence", facts.confidence) };
	switch (row.kind) {
		case "assistant":
		case "thinking":
			return { kind: row.kind, text: row.body ?? "", ...common };
		case "notice":
			return {
				kind: "notice",
				text: row.body ?? "",
				...optional("truncated", facts.truncated),
				...optional("observedLines", facts.observedLines),
				...common,
			};
		case "tool":
			return {
				kind: "tool",
				name: row.name ?? "",
				...optional("input", readInput(row.input, facts)),
				...optional("output", row.output),
				status: row.status as ToolItem["status"],
				...optional("truncated", facts.truncated),
				...optional("observedLines", facts.observedLines),
				...optional("observedChars", facts.observedChars),
				...optional("durationMs", facts.durationMs),
				...optional("recording", facts.recording),
				...common,
			};
		case "permission":
			return {
				kind: "permission",
				question: row.body ?? "",
				...optional("tool", row.name),
				options: facts.options ?? [],
				...optional("choice", facts.choice),
				...optional("decisionMs", facts.decisionMs),
				...optional("recording", facts.recording),
				...common,
			};
		case "prompt":
			throw new TypeError("a prompt row is no item");
	}
}

export function isSameItem(a: ItemCells, b: ItemCells): boolean {
	return ITEM_COLUMNS.every((column) => a[column] === b[column]);
}

function writeFacts(item: Item, depth: number): string | null {
	const facts: ItemFacts = {
		...(depth === 0 ? {} : { depth }),
		...optional("confidence", item.confidence),
		...(item.kind === "tool" && typeof item.input === "object" ? { isInputJson: true as const } : {}),
		...(item.kind === "tool" ? optional("durationMs", item.durationMs) : {}),
		...(item.kind === "tool" || item.kind === "permission" ? optional("recording", item.recording) : {}),
		...(item.kind === "tool" ? optional("observedChars", item.observedChars) : {}),
		...(item.kind === "tool" || item.kind === "notice" ? optional("truncated", item.truncated) : {}),
		...(item.kind === "tool" || item.kind === "notice" ? optional("observedLines", item.observedLines) : {}),
		...(item.kind === "permission"
			? {
					options: [...item.options],
					...optional("choice", item.choice),
					...optional("decisionMs", item.decisionMs),
				}
			: {}),
	};
	return Object.keys(facts).length === 0 ? null : writeColumn(facts);
}

function readInput(input: string | null, facts: ItemFacts): ToolItem["input"] | undefined {
	if (input === null) return undefined;
	return facts.isInputJson === true ? readColumn(inputColumn, input) : input;
}

function wellFormed(text: string | undefined): string | null {
	return text === undefined ? null : text.toWellFormed();
}
