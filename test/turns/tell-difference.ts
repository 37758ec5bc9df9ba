/** Two readings of a conversation, and in words what the second has that the first has not. Pure. */
import type { PlainTurn } from "../support/fixtures.ts";

const QUOTED_CHARACTERS = 160;

export function tellDifference(before: readonly PlainTurn[], after: readonly PlainTurn[]): readonly string[] {
	const length = Math.max(before.length, after.length);
	return Array.from({ length }, (_, index) => tellTurn(index + 1, before[index], after[index])).flat();
}

function tellTurn(number: number, before: PlainTurn | undefined, after: PlainTurn | undefined): string[] {
	if (after === undefined) return [`turn ${number} is gone: ${promptOf(before)}`];
	if (before === undefined) {
		return [
			`turn ${number} is new, ${after.status}: ${promptOf(after)}`,
			...after.items.map((item) => `  + ${tellItem(item)}`),
		];
	}
	const lines: string[] = [];
	if (promptOf(before) !== promptOf(after))
		lines.push(`prompt was ${promptOf(before)}, is ${promptOf(after)}`);
	if (before.status !== after.status) lines.push(`status was ${before.status}, is ${after.status}`);
	lines.push(...tellItems(before.items, after.items));
	return lines.length === 0
		? []
		: [`turn ${number}, ${promptOf(after)}`, ...lines.map((line) => `  ${line}`)];
}

function promptOf(turn: PlainTurn | undefined): string {
	return turn === undefined ? "" : `${turn.prompt.kind} ${quoted(turn.prompt.text)}`;
}

type PlainItem = PlainTurn["items"][number];

/** Items that both have at their beginning and end are left out. */
function tellItems(before: readonly PlainItem[], after: readonly PlainItem[]): string[] {
	const isSame = (a: PlainItem | undefined, b: PlainItem | undefined) =>
		JSON.stringify(a) === JSON.stringify(b);
	let from = 0;
	while (from < Math.min(before.length, after.length) && isSame(before[from], after[from])) from++;
	let tail = 0;
	const most = Math.min(before.length, after.length) - from;
	while (tail < most && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail++;
	return [
		...before.slice(from, before.length - tail).map((item) => `- ${tellItem(item)}`),
		...after.slice(from, after.length - tail).map((item) => `+ ${tellItem(item)}`),
	];
}

function tellItem(item: PlainItem): string {
	const { kind, ...facts } = item;
	const told = Object.entries(facts).map(
		([name, value]) => `${name} ${quoted(typeof value === "string" ? value : JSON.stringify(value))}`,
	);
	return `${String(kind)}: ${told.join(", ")}`;
}

function quoted(text: string): string {
	const short =
		text.length > QUOTED_CHARACTERS
			? `${text.slice(0, QUOTED_CHARACTERS)}… (${text.length} characters)`
			: text;
	return JSON.stringify(short);
}
