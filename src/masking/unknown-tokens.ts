/**
 * Strict mode's net for what no rule knows: long tokens without any likeness to words. Digests, ids and versions are as
 * unlike words, and are told apart by their shape and by what stands before them.
 */
import type { Finding, Range } from "./finding.ts";
import { meanSurprise } from "./surprise.ts";
import { followsDigestName, isPlaceholder, isUuid } from "./value-shape.ts";

/** Shorter tokens resemble identifiers too often. */
export const SHORTEST_TOKEN = 20;
const LEAST_SURPRISE = 5.8;
/** Words change between letters, figures and cases rarely; made-up keys at every fourth character. */
const LEAST_CHANGES = 0.22;
const LEAST_DIGITS = 2;
/** `runs` are the text's token runs. */
export function findUnknownTokens(text: string, runs: readonly Range[]): Finding[] {
	const findings: Finding[] = [];
	for (const run of runs) {
		if (run.end - run.start > LONGEST_TOKEN) continue;
		const token = text.slice(run.start, run.end);
		if (!hasDigits(token)) continue;
		const unknown = tokensOf(token).filter((part) => isUnknownToken(part.token));
		if (unknown.length === 0 || isDigest(token) || followsDigestName(text, run.start)) continue;
		if (isEmbeddedData(text, run.start)) continue;
		for (const part of unknown) findings.push(toFinding(part, run.start));
	}
	return findings;
}

function toFinding({ token, offset }: Part, runStart: number): Finding {
	const start = runStart + offset;
	return { ruleId: "unknown-token", level: "LOW", start, end: start + token.length, secret: token };
}

function hasDigits(run: string): boolean {
	let digits = 0;
	for (let i = 0; i < run.length && digits < LEAST_DIGITS; i += 1) {
		const code = run.charCodeAt(i);
		if (code >= 48 && code <= 57) digits += 1;
	}
	return digits >= LEAST_DIGITS;
}

/** The run itself may begin with the name of its algorithm; a piece behind a slash is still the same digest. */
function isDigest(run: string): boolean {
	return /^(?:sha(?:1|224|256|384|512)|h1|md5|blake\w{0,4}|[A-Za-z0-9]{0,20}integrity)[-:=~]/i.test(run);
}

/** An image or a program written as text: a blob far longer than any token, possibly with escapes in it. */
function isEmbeddedData(text: string, start: number): boolean {
	const before = text.slice(Math.max(0, start - LONGEST_TOKEN), start);
	const after = text.slice(start, start + LONGEST_TOKEN);
	const head = before.length - before.search(/[^\s"'<>`]*$/);
	const tail = after.search(/[\s"'<>`]/);
	const length = head + (tail === -1 ? after.length : tail);
	return length >= LONGEST_TOKEN || /base64,[^\s"'<>]*$/.test(before);
}

/** Longer than any token but a JWT, which has a rule of its own. */
const LONGEST_TOKEN = 1500;

interface Part {
	readonly token: string;
	readonly offset: number;
}

/** A path or a dotted name is judged piece by piece; one piece that is a token is enough. */
function tokensOf(run: string): Part[] {
	const parts: Part[] = [];
	for (const match of run.matchAll(/[^/.]+/g)) {
		if (match[0].length >= SHORTEST_TOKEN) parts.push({ token: match[0], offset: match.index });
	}
	if (parts.length === 0 && /[/]/.test(run) && !/[/].*[/].*[/]/.test(run))
		parts.push({ token: run, offset: 0 });
	return parts;
}

function isUnknownToken(token: string): boolean {
	if (!hasDigits(token) || /^\d+$/.test(token)) return false;
	if (classChanges(token) < LEAST_CHANGES) return false;
	if (/^(?:0x)?[0-9a-f]+$/i.test(token) || isUuid(token) || isPlaceholder(token)) return false;
	return meanSurprise(token) >= LEAST_SURPRISE;
}

function classChanges(token: string): number {
	let changes = 0;
	for (let i = 1; i < token.length; i += 1) {
		if (kindOf(token.charCodeAt(i)) !== kindOf(token.charCodeAt(i - 1))) changes += 1;
	}
	return changes / token.length;
}

function kindOf(code: number): number {
	if (code >= 97 && code <= 122) return 0;
	if (code >= 65 && code <= 90) return 1;
	return code >= 48 && code <= 57 ? 2 : 3;
}
