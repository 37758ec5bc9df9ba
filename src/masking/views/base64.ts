/** Texts written in base64: decoded, so that what is inside is found, and masked where it stands in its code. */
import type { Range } from "../finding.ts";
import type { Reading } from "../reading.ts";
import { characterSet } from "../token-runs.ts";
import { type View, ViewBuilder } from "./view.ts";

const IS_CODE = characterSet(/[A-Za-z0-9+/_-]/);
/** Shorter codes hold no secret. */
const SHORTEST = 24;
/** Longer runs are images and programs. */
const LONGEST = 24_576;
/** The first bytes tell text from digests and identifiers: twelve printable ones by chance are rare. */
const PROBE = 16;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Both alphabets: `-` and `_` of the one for addresses stand for `+` and `/`. */
const VALUE = Uint8Array.from({ length: 128 }, (_, code) => {
	const character = String.fromCharCode(code);
	return Math.max(
		0,
		ALPHABET.indexOf(character),
		"+-".includes(character) ? 62 : 0,
		"/_".includes(character) ? 63 : 0,
	);
});

/** One view for every run that decodes to text. */
export function base64Views({ text, tokenRuns }: Reading): View[] {
	const views: View[] = [];
	for (const run of tokenRuns) {
		if (run.end - run.start < SHORTEST || run.end - run.start > LONGEST) continue;
		for (let start = run.start; start + SHORTEST <= run.end; start += 1) {
			const end = codeEnd(text, start, run.end);
			if (end - start >= SHORTEST && beginsAsText(text, start)) {
				const code = withPadding(text, { start, end: Math.min(end, run.end) });
				const decoded = decode(code);
				if (decoded !== undefined && isTextual(decoded)) views.push(viewOf(text, start, code, decoded));
			}
			start = end;
		}
	}
	return views;
}

function codeEnd(text: string, start: number, limit: number): number {
	let end = start;
	while (end < limit && IS_CODE[text.charCodeAt(end)] === 1) end += 1;
	return end;
}

function withPadding(text: string, { start, end }: Range): string {
	const padding = /^={0,2}/.exec(text.slice(end, end + 2))?.[0] ?? "";
	return text.slice(start, end) + padding;
}

/** Looks at the first bytes alone, in place: most runs are no code. */
function beginsAsText(text: string, start: number): boolean {
	for (let i = start; i < start + PROBE; i += 4) {
		const bits =
			(valueAt(text, i) << 18) |
			(valueAt(text, i + 1) << 12) |
			(valueAt(text, i + 2) << 6) |
			valueAt(text, i + 3);
		if (!isPrintable(bits >> 16) || !isPrintable((bits >> 8) & 255) || !isPrintable(bits & 255)) return false;
	}
	return true;
}

function valueAt(text: string, at: number): number {
	return VALUE[text.charCodeAt(at)] ?? 0;
}

function isPrintable(byte: number): boolean {
	return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

function viewOf(text: string, start: number, run: string, decoded: string): View {
	const builder = new ViewBuilder(text);
	// Three bytes come from four characters: the smallest unit that can be replaced on its own.
	for (let i = 0, at = 0; i < decoded.length; i += 3, at += 4) {
		builder.decoded(decoded.slice(i, i + 3), start + at, start + Math.min(run.length, at + 4));
	}
	return builder.build();
}

function decode(run: string): string | undefined {
	const standard = run.replace(/=+$/, "").replace(/-/g, "+").replace(/_/g, "/");
	const whole = standard.length % 4 === 1 ? standard.slice(0, -1) : standard;
	try {
		return atob(whole);
	} catch {
		return undefined; // not base64 after all: an answer, not a failure
	}
}

function isTextual(decoded: string | undefined): boolean {
	return (
		decoded !== undefined &&
		decoded !== "" &&
		/^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(decoded) &&
		printableShare(decoded) > 0.95
	);
}

function printableShare(decoded: string): number {
	return (decoded.match(/[\t\n\r\x20-\x7e]/g)?.length ?? 0) / decoded.length;
}
