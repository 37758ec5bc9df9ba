/**
 * Private keys in armour, over many lines: from BEGIN to END, or, when the end was never shown, for as long as lines
 * look like key material. Works on text as a person reads it, so a frame around it, a gutter or an indentation
 * does not hide it; a mention of the header in prose or code has no material behind it and stays.
 */
import type { Finding, Range } from "./finding.ts";

const HEADER = new RegExp(
	`${armour("BEGIN")}|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|PuTTY-User-Key-File-\\d:`,
	"g",
);
const FOOTER = new RegExp(
	`${armour("END")}|---- END SSH2 ENCRYPTED PRIVATE KEY ----|Private-MAC: [0-9a-f]{40,64}`,
	"g",
);
/** The largest keys in use (RSA 16384, in armour) take some 13 KB. */
const MAX_BLOCK_CHARS = 16_384;
const MAX_BLOCK_LINES = 200;
/** A stretch of base64 this long between header and footer is key material; a mention of both has none. */
const MATERIAL = /[A-Za-z0-9+/]{20}|(?:[A-Za-z0-9+/]\s{0,80}){40}/;
/** One line of an unfinished block: material, an armour's own header line, or nothing, inside any frame. */
const BLOCK_LINE =
	/^[\s│┃|║>⎿+\-\d"'#*/]{0,40}(?:[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]{1,15}={0,2}|=[A-Za-z0-9+/]{4}|[A-Z][A-Za-z-]{2,24}: .{1,80})?[\s│┃|║"'\\,;+]{0,200}$/;

/** `-----BEGIN RSA PRIVATE KEY-----`; a narrow window breaks it anywhere, a blank at the break is lost. */
function armour(edge: "BEGIN" | "END"): string {
	const broken = "(?:[ \\r│┃║|]{0,80}\\n[ \\r│┃║|⎿]{0,80}(?:\\d{1,6} {1,3})?(?:[+-] {1,3}|│ ?)?)?";
	const spelt = (words: string) =>
		Array.from(words, (character) => (character === " " ? ` ?${broken}` : `${character}${broken}`)).join("");
	return `-----${edge}${spelt(" ")}(?:[A-Z0-9]${broken}[ ]?){0,60}?${spelt("PRIVATE KEY")}(?:${spelt(" BLOCK")})?${spelt("----")}-`;
}

/** False for texts that hold no key in armour; searches for words are faster than one for any of them. */
export function mentionsKey(text: string): boolean {
	return text.includes("PRIVATE KEY") || text.includes("-----BEGIN ") || text.includes("PuTTY-User-Key-File");
}

export function findPrivateKeys(text: string): Finding[] {
	const findings: Finding[] = [];
	const footers = Array.from(text.matchAll(FOOTER), (footer) => ({
		start: footer.index,
		end: footer.index + footer[0].length,
	}));
	let next = 0;
	HEADER.lastIndex = 0;
	for (let header = HEADER.exec(text); header !== null; header = HEADER.exec(text)) {
		const bodyStart = header.index + header[0].length;
		while (next < footers.length && (footers[next]?.start ?? 0) < bodyStart) next += 1;
		const end = blockEnd(text, bodyStart, footers[next]);
		if (end === undefined) continue;
		findings.push({
			ruleId: "private-key",
			level: "MAXIMUM",
			start: header.index,
			end,
			secret: text.slice(bodyStart, end).replace(/[^A-Za-z0-9+/=]/g, ""),
		});
		HEADER.lastIndex = end;
	}
	return findings;
}

function blockEnd(text: string, bodyStart: number, footer: Range | undefined): number | undefined {
	const isNear = footer !== undefined && footer.start - bodyStart <= MAX_BLOCK_CHARS;
	if (isNear && MATERIAL.test(text.slice(bodyStart, footer.start))) return footer.end;
	return unfinishedEnd(text, bodyStart);
}

/** The end of the last line that still is material; undefined when there is none at all. */
function unfinishedEnd(text: string, bodyStart: number): number | undefined {
	const escaped = escapedEnd(text, bodyStart);
	if (escaped !== undefined) return escaped;
	let end: number | undefined;
	let lineStart = text.indexOf("\n", bodyStart) + 1;
	if (lineStart === 0 || !/^[\s│┃|║"'\\,;+]*$/.test(text.slice(bodyStart, lineStart))) return undefined;
	for (let line = 0; line < MAX_BLOCK_LINES && lineStart < text.length; line += 1) {
		const newline = text.indexOf("\n", lineStart);
		const lineEnd = newline === -1 ? text.length : newline;
		const content = text.slice(lineStart, lineEnd);
		if (content.length > 400 || !BLOCK_LINE.test(content)) break;
		if (/[A-Za-z0-9+/]{8}/.test(content)) end = lineEnd;
		lineStart = lineEnd + 1;
	}
	return end;
}

/** A key on one line, its line ends written as escapes: over as many rows as a window broke it into. */
function escapedEnd(text: string, bodyStart: number): number | undefined {
	let end = bodyStart;
	let length = 0;
	for (let row = 0; row < MAX_BLOCK_LINES; row += 1) {
		const found = (row === 0 ? ESCAPED_START : ESCAPED_ROW).exec(text.slice(end, end + MAX_BLOCK_CHARS));
		if (found === null) break;
		end += found[0].length;
		length += found[1]?.length ?? 0;
	}
	return length >= SHORTEST_ESCAPED ? end : undefined;
}

const SHORTEST_ESCAPED = 32;
const ESCAPED_START = /^((?:\\{1,4}r)?(?:\\{1,4}n)?[A-Za-z0-9+/=\\]{6,})/;
const ESCAPED_ROW =
	/^[ \r│┃║|]{0,200}\n[ │┃║|⎿]{0,40}(?:\d{1,6} {1,3})?(?:[+-] {1,3})?([A-Za-z0-9+/=\\]{4,})(?![A-Za-z0-9+/=\\]{0,200}[^\s│┃║|"'\\,;+-])/;
