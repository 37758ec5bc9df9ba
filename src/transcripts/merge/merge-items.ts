/**
 * The items of one turn from both sources, in the order of the transcript. Content is the transcript's; what happened at
 * the terminal is the terminal's: permissions, notices, how long a tool took, that it was stopped.
 */
import type { Item, ToolItem } from "../../core/turn.ts";
import { agreement, coverage, squeezed, wordsOf } from "./agreement.ts";
import { align } from "./align.ts";

export interface ItemSources {
	readonly terminal: readonly Item[];
	readonly transcript: readonly Item[];
	/** The transcript may still be behind the screen, or was cut off: what the screen shows last is kept. */
	readonly isTranscriptBehind: boolean;
}

/** Less than half of the words in common is another text. */
const LEAST_FIT = 0.5;

export function mergeItems({ terminal, transcript, isTranscriptBehind }: ItemSources): Item[] {
	const pairs = align({ left: terminal.map(withWords), right: transcript.map(withWords), fitOf: fit });
	const partner = new Map(pairs.map(([left, right]) => [right, terminal[left]] as const));
	const told = transcript.flatMap(allWords);
	const before = placeOthers({ terminal, pairs, isTranscriptBehind, told });
	const all: Item[] = [];
	for (const [at, item] of transcript.entries()) {
		all.push(...(before.get(at) ?? []));
		const shown = partner.get(at);
		all.push(shown === undefined ? item : mergeItem(shown, item));
	}
	return [...all, ...(before.get(transcript.length) ?? [])];
}

interface Placing {
	readonly terminal: readonly Item[];
	readonly pairs: readonly (readonly [number, number])[];
	readonly isTranscriptBehind: boolean;
	/** All words of the transcript's turn. */
	readonly told: readonly string[];
}

/** Items of the terminal's own, by the item of the transcript that they stand before. */
function placeOthers({ terminal, pairs, isTranscriptBehind, told }: Placing): Map<number, Item[]> {
	const places = new Map<number, Item[]>();
	const paired = new Map(pairs);
	const lastPaired = pairs.at(-1)?.[0] ?? -1;
	let place = 0;
	for (const [at, item] of terminal.entries()) {
		const right = paired.get(at);
		if (right !== undefined) place = right + 1;
		else if (isTerminalsOwn(item) || (isTranscriptBehind && at > lastPaired) || isUntold(item, told))
			places.set(place, [...(places.get(place) ?? []), item]);
	}
	return places;
}

/** A line of the transcript may be missing: what stood on the screen and nowhere in it is kept. */
function isUntold(item: Item, told: readonly string[]): boolean {
	if (item.kind === "tool" && item.name === GROUP) return false;
	const { words } = withWords(item);
	return words.length > 0 && coverage(words, told) < LEAST_FIT;
}

function allWords(item: Item): string[] {
	if (item.kind !== "tool") return "text" in item ? wordsOf(item.text) : [];
	return [...wordsOf(item.name), ...wordsOf(inputText(item)), ...wordsOf(item.output ?? "")];
}

/** The transcript knows of these nothing at all. */
function isTerminalsOwn(item: Item): boolean {
	return item.kind === "permission" || item.kind === "notice";
}

interface WordedItem {
	readonly item: Item;
	readonly words: readonly string[];
}

function withWords(item: Item): WordedItem {
	return { item, words: wordsOf(item.kind === "tool" ? inputText(item) : "text" in item ? item.text : "") };
}

function fit(shown: WordedItem, written: WordedItem): number {
	const [left, right] = [shown.item, written.item];
	if (left.kind !== right.kind || left.kind === "permission") return 0;
	if (left.kind === "tool" && right.kind === "tool") return fitTools(left, right, shown.words, written.words);
	const fits = Math.max(agreement(shown.words, written.words), coverage(shown.words, written.words) * PARTLY);
	return fits >= LEAST_FIT ? fits : 0;
}

/** What was shown of a text may be a part of it: it fits, and the whole of it fits better. */
const PARTLY = 0.9;
/** Calls of one tool are told apart by what they were given. */
const SAME_NAME = 0.4;

function fitTools(
	shown: ToolItem,
	written: ToolItem,
	left: readonly string[],
	right: readonly string[],
): number {
	const given = left.length === 0 ? 0 : coverage(left, right);
	const isSameName = shown.name === written.name;
	if (!isSameName && (shown.name === GROUP || given < 1 || left.length === 0)) return 0;
	return (isSameName ? SAME_NAME : 0) + given;
}

/** A folded line that the transcript explains call by call. */
const GROUP = "Group";

function inputText({ input }: ToolItem): string {
	if (input === undefined) return "";
	if (typeof input === "string") return squeezed(input);
	return Object.values(input)
		.map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
		.join(" ");
}

/** Who handles an item once may keep the result: the same pair gives the very same item again. */
const merged = new WeakMap<Item, Item>();

function mergeItem(shown: Item, written: Item): Item {
	const now = joinItems(shown, written);
	const before = merged.get(written);
	if (before !== undefined && isSame(before, now)) return before;
	merged.set(written, now);
	return now;
}

function isSame(a: Item, b: Item): boolean {
	const fields = Object.entries(a);
	return (
		fields.length === Object.keys(b).length && fields.every(([name, value]) => value === Reflect.get(b, name))
	);
}

function joinItems(shown: Item, written: Item): Item {
	if (shown.kind !== "tool" || written.kind !== "tool") return { ...written, source: "both" };
	const isStopped = shown.status === "interrupted" || shown.status === "rejected";
	const durationMs = written.durationMs ?? shown.durationMs;
	return {
		...written,
		status: isStopped || written.status === "running" ? stopped(shown, written) : written.status,
		...(written.output === undefined ? outputOf(shown) : {}),
		...(durationMs === undefined ? {} : { durationMs }),
		...(shown.recording === undefined ? {} : { recording: shown.recording }),
		source: "both",
	};
}

/** A tool that gave a result was not stopped, whatever the screen seemed to say. */
function stopped(shown: ToolItem, written: ToolItem): ToolItem["status"] {
	return written.status === "ok" || written.status === "error" || written.status === "rejected"
		? written.status
		: shown.status;
}

function outputOf({ output, truncated, observedLines }: ToolItem): Partial<ToolItem> {
	return {
		...(output === undefined ? {} : { output }),
		...(output === undefined || truncated === undefined ? {} : { truncated }),
		...(output === undefined || observedLines === undefined ? {} : { observedLines }),
	};
}
