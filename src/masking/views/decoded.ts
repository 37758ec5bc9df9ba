/** Texts written in escapes – percent, \uXXXX, \xXX, HTML – undone in place, as often as they were applied. */
import type { Range } from "../finding.ts";
import type { Reading } from "../reading.ts";
import { composeViews, type View, ViewBuilder } from "./view.ts";

const ESCAPES =
	/%[2-7][0-9A-Fa-f]|\\u00[2-7][0-9A-Fa-f]|\\x[2-7][0-9A-Fa-f]|\\u\{[0-9A-Fa-f]{1,6}\}|&#(?:x[0-9A-Fa-f]{1,6}|[0-9]{1,7});|&(?:quot|amp|lt|gt|apos);|\\{1,8}["'/]/g;
const WORTH_A_LOOK = /%[2-7][0-9A-Fa-f]|\\u00[2-7]|\\x[2-7]|\\u\{|&#|&(?:quot|amp|lt|gt|apos);/;
const ESCAPES_WORTH_A_LOOK = new RegExp(WORTH_A_LOOK.source, "g");
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">", apos: "'" };
/** A text in a text in a text: deeper nesting is not seen outside tests. */
const MAX_DEPTH = 3;

/** How far around an escape a text is read again: the name before a value and the value's rest. */
const AROUND = 600;

/** Views of every stretch that holds escapes: a text without any costs one look. */
export function unescapedViews(reading: Reading): View[] {
	const { text } = reading;
	if (!reading.has("escape") || !WORTH_A_LOOK.test(text)) return [];
	return regionsOf(text).flatMap((region) => {
		const builder = new ViewBuilder(text);
		builder.verbatim(region.start, region.end);
		return undo(builder.build());
	});
}

function regionsOf(text: string): Range[] {
	const regions: { start: number; end: number }[] = [];
	for (const found of text.matchAll(ESCAPES_WORTH_A_LOOK)) {
		const start = Math.max(0, found.index - AROUND);
		const end = Math.min(text.length, found.index + AROUND);
		const last = regions.at(-1);
		if (last !== undefined && start <= last.end) last.end = end;
		else regions.push({ start, end });
	}
	return regions;
}

/** A view for every depth: what a password escapes is its own, and not the text's around it. */
function undo(plain: View): View[] {
	const views: View[] = [];
	let view = plain;
	for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
		const next = unescapeOnce(view.text);
		if (next === undefined) break;
		view = composeViews(next, view);
		views.push(view);
	}
	return views;
}

function unescapeOnce(text: string): View | undefined {
	const builder = new ViewBuilder(text);
	let kept = 0;
	let isChanged = false;
	for (const found of text.matchAll(ESCAPES)) {
		const meaning = meaningOf(found[0]);
		if (meaning === undefined) continue;
		isChanged = true;
		builder.verbatim(kept, found.index);
		kept = found.index + found[0].length;
		builder.decoded(meaning, found.index, kept);
	}
	builder.verbatim(kept, text.length);
	return isChanged ? builder.build() : undefined;
}

function meaningOf(code: string): string | undefined {
	if (code.startsWith("%")) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
	if (code.startsWith("&#x")) return fromCodePoint(Number.parseInt(code.slice(3, -1), 16));
	if (code.startsWith("&#")) return fromCodePoint(Number.parseInt(code.slice(2, -1), 10));
	if (code.startsWith("&")) return ENTITIES[code.slice(1, -1)];
	if (/^\\u\{/.test(code)) return fromCodePoint(Number.parseInt(code.slice(3, -1), 16));
	if (/^\\[ux]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(2), 16));
	return code.slice(-1);
}

function fromCodePoint(code: number): string | undefined {
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
