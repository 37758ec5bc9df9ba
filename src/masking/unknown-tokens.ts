/**
 * Strict mode's net for what no rule knows: long tokens without any likeness to words. Digests, ids and versions are as
 * unlike words, and are told apart by their shape and by what stands before them.
 */
import type { Finding } from "./finding.ts";
import { meanSurprise } from "./surprise.ts";
import { followsDigestName, isPlaceholder, isUuid } from "./value-shape.ts";

const RUN = /[A-Za-z0-9+/_-][A-Za-z0-9_+/=.~-]{18,510}[A-Za-z0-9=]/g;
/** Shorter tokens resemble identifiers too often. */
const SHORTEST = 20;
const LEAST_SURPRISE = 5.8;
/** Words change between letters, figures and cases rarely; made-up keys at every fourth character. */
const LEAST_CHANGES = 0.22;
const LEAST_DIGITS = 2;
export function findUnknownTokens(text: string): Finding[] {
	const findings: Finding[] = [];
	RUN.lastIndex = 0;
	for (let run = RUN.exec(text); run !== null; run = RUN.exec(text)) {
		if (isDigest(run[0]) || followsDigestName(text, run.index)) continue;
		let isEmbedded: boolean | undefined;
		for (const part of tokensOf(run[0])) {
			const start = run.index + part.offset;
			if (!isUnknownToken(part.token)) continue;
			isEmbedded ??= isEmbeddedData(text, run.index);
			if (isEmbedded) break;
			findings.push({
				ruleId: "unknown-token",
				level: "LOW",
				start,
				end: start + part.token.length,
				secret: part.token,
			});
		}
	}
	return findings;
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
		if (match[0].length >= SHORTEST) parts.push({ token: match[0], offset: match.index });
	}
	if (parts.length === 0 && /[/]/.test(run) && !/[/].*[/].*[/]/.test(run))
		parts.push({ token: run, offset: 0 });
	return parts;
}

function isUnknownToken(token: string): boolean {
	const digits = token.match(/\d/g)?.length ?? 0;
	if (digits < LEAST_DIGITS || digits === token.length) return false;
	if (/^(?:0x)?[0-9a-f]+$/i.test(token) || isUuid(token) || isPlaceholder(token)) return false;
	return classChanges(token) >= LEAST_CHANGES && meanSurprise(token) >= LEAST_SURPRISE;
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
