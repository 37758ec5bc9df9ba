/**
 * Strict mode's net for what no rule knows: long tokens without any likeness to words, and codes of letters and figures
 * that are given to a name. Digests, ids and versions are as unlike words, and are told apart by their shape and by what
 * stands before them.
 */
import type { Finding, Range } from "./finding.ts";
import { publicBlocks } from "./public-armour.ts";
import { meanSurprise } from "./surprise.ts";
import { characterSetOf } from "./token-runs.ts";
import {
	followsDigestName,
	isAlphabet,
	isDismissed,
	isJoinedName,
	isPlaceholder,
	isUuid,
} from "./value-shape.ts";

/** Shorter tokens resemble identifiers too often. */
const SHORTEST_TOKEN = 20;
/** Longer than any token but a JWT, which has a rule of its own. */
const LONGEST_TOKEN = 1500;
const LEAST_SURPRISE = 5.8;
/** Words change between letters, figures and cases rarely; made-up keys at every fourth character. */
const LEAST_CHANGES = 0.22;
const LEAST_DIGITS = 2;

/** Adds what it finds. `runs` are the text's token runs. */
export function findUnknownTokens(text: string, runs: readonly Range[], findings: Finding[]): void {
	const isPublic = insideOf(publicBlocks(text));
	for (const run of runs) {
		if (run.end - run.start > LONGEST_TOKEN || isHexOnly(text, run) || isPublic(run)) continue;
		if (countDigits(text, run, LEAST_DIGITS) >= LEAST_DIGITS) findInRun(text, run, findings);
	}
}

function findInRun(text: string, run: Range, findings: Finding[]): void {
	const unknown = tokensOf(text, run).filter((token) => isUnknownToken(text, token));
	if (unknown.length > 0 && !isDigestOrData(text, run)) {
		for (const token of unknown) findings.push(toFinding(text, token, "unknown-token"));
	}
	const code = assignedCode(text, run);
	if (code !== undefined) findings.push(toFinding(text, code, "assigned-code"));
}

/** Asked for one run after the other, in their order. */
function insideOf(blocks: readonly Range[]): (run: Range) => boolean {
	let next = 0;
	return ({ start }) => {
		while (next < blocks.length && (blocks[next] as Range).end <= start) next += 1;
		const block = blocks[next];
		return block !== undefined && block.start <= start;
	};
}

function toFinding(text: string, { start, end }: Range, ruleId: string): Finding {
	return { ruleId, level: "LOW", start, end, secret: text.slice(start, end) };
}

/** Stops counting at `enough`. */
function countDigits(text: string, { start, end }: Range, enough: number): number {
	let digits = 0;
	for (let i = start; i < end && digits < enough; i += 1) {
		const code = text.charCodeAt(i);
		if (code >= 48 && code <= 57) digits += 1;
	}
	return digits;
}

function isDigestOrData(text: string, run: Range): boolean {
	const isDigest = DIGEST.test(text.slice(run.start, run.start + DIGEST_NAME_REACH));
	if (isDigest || followsDigestName(text, run.start) || isEmbeddedData(text, run.start)) return true;
	return PICTURE.test(text.slice(run.start, run.start + 16)) || isPublicMember(text, run.start);
}

/** How pictures and archives begin in base64. */
const PICTURE = /^(?:iVBORw0KGgo|R0lGOD|\/9j\/|UklGR|UEsDB|H4sI)/;

/** What tokens and keys carry in the open: which key it is, what the cipher began with, what came of it. */
function isPublicMember(text: string, start: number): boolean {
	return PUBLIC_MEMBER.test(text.slice(Math.max(0, start - MEMBER_REACH), start));
}

const PUBLIC_MEMBER =
	/(?:^|["'\s{,])(?:kid|iv|nonce|tag|cipher_?text|x5[ct](?:#S256)?|thumbprint|fingerprint|public_?key)\\{0,4}["']?\s{0,3}[:=]\s{0,12}\\{0,4}["']?$/i;
const MEMBER_REACH = 40;

/** The run itself may begin with the name of its algorithm; a piece behind a slash is still the same digest. */
const DIGEST = /^(?:sha(?:1|224|256|384|512)|h1|md5|blake\w{0,4}|[A-Za-z0-9]{0,20}integrity)[-:=~/]/i;
const DIGEST_NAME_REACH = 32;

/** An image or a program written as text: a blob far longer than any token, possibly with escapes in it. */
function isEmbeddedData(text: string, start: number): boolean {
	const before = text.slice(Math.max(0, start - LONGEST_TOKEN), start);
	const after = text.slice(start, start + LONGEST_TOKEN);
	const head = lengthOfTail(before);
	const tail = after.search(/[\s"'<>`]/);
	const length = head + (tail === -1 ? after.length : tail);
	return length >= LONGEST_TOKEN || before.slice(before.length - head).includes("base64,");
}

function lengthOfTail(text: string): number {
	let at = text.length;
	while (at > 0 && ENDS_DATA[text.charCodeAt(at - 1)] === 0) at -= 1;
	return text.length - at;
}

/** Blanks of any width, quotation marks, brackets of tags. */
const ENDS_DATA = characterSetOf(
	"\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\"'<>`",
);

const SLASH = "/".charCodeAt(0);
const DOT = ".".charCodeAt(0);

/** A path or a dotted name is judged piece by piece; one piece that is a token is enough. */
function tokensOf(text: string, run: Range): Range[] {
	const parts: Range[] = [];
	let start = run.start;
	let slashes = 0;
	for (let i = run.start; i <= run.end; i += 1) {
		const code = i === run.end ? DOT : text.charCodeAt(i);
		if (code !== SLASH && code !== DOT) continue;
		if (code === SLASH) slashes += 1;
		if (i - start >= SHORTEST_TOKEN) parts.push({ start, end: i });
		start = i + 1;
	}
	if (parts.length > 0 || slashes === 0 || slashes > 2) return parts;
	return run.end - run.start >= SHORTEST_TOKEN ? [run] : [];
}

function isUnknownToken(text: string, range: Range): boolean {
	if (countDigits(text, range, LEAST_DIGITS) < LEAST_DIGITS) return false;
	if (classChanges(text, range) < LEAST_CHANGES || isHexOnly(text, range)) return false;
	const token = text.slice(range.start, range.end);
	if (isUuid(token) || isPlaceholder(token) || isJoinedName(token) || isAlphabet(token)) return false;
	return meanSurprise(token) >= LEAST_SURPRISE && !isProse(token);
}

/** Base64 of a sentence: what it says is read, and searched, for itself. */
function isProse(token: string): boolean {
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return false;
	const said = Buffer.from(token, "base64").toString("latin1");
	return /^[A-Za-z ,.;:!?'"()-]+$/.test(said) && / \S+ /.test(said) && meanSurprise(said) < WORDLIKE;
}

/** Bits a letter pair, see `meanSurprise`: sentences lie below. */
const WORDLIKE = 5;

/** With or without `0x`: digests, ids and addresses. Figures alone too. */
function isHexOnly(text: string, { start, end }: Range): boolean {
	let at = text.startsWith("0x", start) ? start + 2 : start;
	while (at < end && isHexDigit(text.charCodeAt(at))) at += 1;
	return at === end;
}

function isHexDigit(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

function classChanges(text: string, { start, end }: Range): number {
	let changes = 0;
	let last = kindOf(text.charCodeAt(start));
	for (let i = start + 1; i < end; i += 1) {
		const kind = kindOf(text.charCodeAt(i));
		if (kind !== last) changes += 1;
		last = kind;
	}
	return changes / (end - start);
}

function kindOf(code: number): number {
	if (code >= 97 && code <= 122) return 0;
	if (code >= 65 && code <= 90) return 1;
	return code >= 48 && code <= 57 ? 2 : 3;
}

const SHORTEST_CODE = 16;
const LONGEST_CODE = 128;
/** Fewer figures among the letters are a name with a number in it. */
const CODE_DIGITS = 4;
const CODE_LETTERS = 8;
/** Codes of words with figures lie below. */
const CODE_SURPRISE = 4.6;
const ASSIGNMENT = /[=:][ \t]{0,2}["']?$/;
const ASSIGNMENT_REACH = 4;

/** Letters and figures and nothing else, behind `=` or `:`, to the end of the run. */
function assignedCode(text: string, run: Range): Range | undefined {
	let start = run.end;
	while (start > run.start && kindOf(text.charCodeAt(start - 1)) !== 3) start -= 1;
	const length = run.end - start;
	if (length < SHORTEST_CODE || length > LONGEST_CODE || text[run.end] === ":") return undefined;
	const range = { start, end: run.end };
	const digits = countDigits(text, range, length);
	if (digits < CODE_DIGITS || digits > length - CODE_LETTERS || isHexOnly(text, range)) return undefined;
	if (!ASSIGNMENT.test(text.slice(Math.max(0, start - ASSIGNMENT_REACH), start))) return undefined;
	const code = text.slice(start, run.end);
	const isCode = !isDismissed(code) && !isAlphabet(code) && meanSurprise(code) >= CODE_SURPRISE;
	return isCode && !followsDigestName(text, start) ? range : undefined;
}
