/**
 * Values known to be secret because they lie in secret-looking variables of the wrapped program's environment,
 * or were listed by the user. They are found literally, in every encoding they are likely to be shown in, whatever
 * they look like. Kept in memory only.
 */
import type { Finding } from "./finding.ts";
import { isTelling } from "./fragments.ts";
import { createKeywordTable } from "./keyword-table.ts";
import type { Reading } from "./reading.ts";
import { hasDistinct, isPathOrUrl } from "./value-shape.ts";

export interface KnownValue {
	/** Where it is known from, e.g. the variable's name; never shown. */
	readonly name: string;
	readonly value: string;
}

/** Shorter values occur in ordinary text by accident: a one-letter secret would mask every such letter. */
const SHORTEST_KNOWN = 8;
/** A beginning this long is looked for; the rest is compared. */
const ANCHOR = 8;
/** A smaller share of a value that is shown without the rest gives it away less than masking it would cost ordinary text. */
const TELLING_SHARE = 1 / 4;
/** A word with a figure, or with the beginning of another one: no ordinary word alone. */
const MORE_THAN_A_WORD = /\p{L}(?:\p{N}|[^\p{L}\p{N}]+[\p{L}\p{N}])/u;

const SECRET_NAME =
	/(?:^|[_.-])(?:KEY|TOKEN|SECRET|PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|PAT|CREDENTIALS?|CREDS?|AUTH|APIKEY|PRIVATE|SIGNATURE|DSN|COOKIE|SESSION|BEARER|JWT|SALT|LICENSE)(?:[_.-]|\d|$)|(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)$/i;
/** Names that match and hold no secret: sockets, paths, names and numbers of keys. */
const HARMLESS_NAME =
	/^(?:PWD|OLDPWD|SSH_AUTH_SOCK|XDG_.*|DESKTOP_SESSION|.*_SESSION_(?:ID|TYPE|DESKTOP|CLASS)|SESSION_MANAGER|TERM_SESSION_ID|.*(?:FILE|PATH|DIR|SOCK|SOCKET|HOST|URL|NAME|USER|ALGORITHM|TTL|LENGTH|SIZE)|GPG_KEY|COLORTERM)$/i;
const SECRET_VALUE =
	/^(?:gh[pousr]_|github_pat_|glpat-|sk-|sk_live_|rk_live_|xox[abeoprs]-|AKIA|ASIA|AIza|ya29\.|npm_|pypi-|hf_|SG\.|eyJ|dop_v1_|shpat_|-----BEGIN )|:\/\/[^/\s:@]{0,64}:[^/\s@]{3,}@/;
const COMMON_VALUE =
	/^(?:true|false|enabled|disabled|required|optional|default|password|secret|changeme|localhost|production|development|staging|undefined|postgres|username|anonymous|x{8,}|\*{8,}|\d{1,10})$/i;

/** The variables worth knowing. `environment` is the wrapped program's. */
export function selectKnownValues(environment: Readonly<Record<string, string | undefined>>): KnownValue[] {
	const known: KnownValue[] = [];
	for (const [name, value] of Object.entries(environment)) {
		if (value === undefined || value.length < SHORTEST_KNOWN) continue;
		const isNamed = SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) && !isPathOrUrl(value);
		if ((isNamed || SECRET_VALUE.test(value)) && isUsable(value)) known.push({ name, value });
	}
	return known;
}

function isUsable(value: string): boolean {
	return value.length >= SHORTEST_KNOWN && !COMMON_VALUE.test(value) && hasDistinct(value, 4);
}

/** Finds every known value in a text, in any of its encodings and in any case, and its beginning where the rest is not there. */
export type KnownValueFinder = (reading: Reading) => Finding[];

export function createKnownValueFinder(values: readonly KnownValue[]): KnownValueFinder {
	const needles = values.filter(({ value }) => isUsable(value)).flatMap(({ value }) => needlesOf(value));
	if (needles.length === 0) return () => [];
	const anchored = needles.filter(({ text }) => isAscii(text.slice(0, ANCHOR)));
	const others = needles.filter((needle) => !anchored.includes(needle));
	const table = createKeywordTable(anchored.map(({ text }) => text.slice(0, ANCHOR).toLowerCase()));
	return (reading) => {
		const { text } = reading;
		const findings = others.flatMap((needle) => occurrences(text, needle));
		table.scan(reading, (index, start) => {
			const needle = anchored[index];
			if (needle === undefined) return;
			const shown = text.slice(start, start + needle.text.length);
			if (shown.toLowerCase() === needle.text.toLowerCase()) findings.push(toFinding(needle, start));
			else findings.push(...beginningAt(text, start, needle));
		});
		return findings;
	};
}

/** What is typed, streamed or cut short shows the beginning alone. */
function beginningAt(text: string, start: number, needle: Needle): Finding[] {
	const { text: whole, value } = needle;
	if (whole !== value) return [];
	let length = 0;
	while (length < whole.length && text[start + length] === whole[length]) length += 1;
	if (length < ANCHOR || length < whole.length * TELLING_SHARE) return [];
	const shown = whole.slice(0, length);
	if (!isTelling(shown.slice(0, ANCHOR)) && !MORE_THAN_A_WORD.test(shown)) return [];
	return [{ ...toFinding(needle, start), end: start + length }];
}

interface Needle {
	readonly text: string;
	readonly value: string;
}

function occurrences(text: string, needle: Needle): Finding[] {
	const findings: Finding[] = [];
	for (let at = text.indexOf(needle.text); at !== -1; at = text.indexOf(needle.text, at + 1)) {
		findings.push(toFinding(needle, at));
	}
	return findings;
}

function toFinding(needle: Needle, start: number): Finding {
	const end = start + needle.text.length;
	return { ruleId: "known-value", level: "MAXIMUM", start, end, secret: needle.value };
}

function isAscii(text: string): boolean {
	return /^[\x00-\x7f]*$/.test(text);
}

/** The value as it is and as programs print it. Multi-line values are also known line by line. */
function needlesOf(value: string): Needle[] {
	const lines = value.split(/\r?\n/).filter((line) => line.length >= SHORTEST_KNOWN && isUsable(line));
	const texts = new Set([value, ...lines].flatMap(encodingsOf));
	return Array.from(texts, (text) => ({ text, value }));
}

function encodingsOf(value: string): string[] {
	const bytes = new TextEncoder().encode(value);
	const json = JSON.stringify(value).slice(1, -1);
	const escaped = [json, JSON.stringify(json).slice(1, -1), htmlEscape(value), value.replace(/'/g, "'\\''")];
	const encoded = [percentEncode(value), percentEncode(value).replace(/%20/g, "+"), hexOf(bytes)];
	return [value, ...escaped, ...encoded, ...base64Forms(bytes)].filter(
		(text) => text.length >= SHORTEST_KNOWN,
	);
}

function htmlEscape(value: string): string {
	const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
	return value.replace(/[&<>"]/g, (character) => names[character] ?? character);
}

/** A lone surrogate has no percent form: it is left out, and the value still known by its other forms. */
function percentEncode(value: string): string {
	return encodeURIComponent(value.replace(/\p{Surrogate}/gu, ""));
}

function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Inside a longer base64 text the value starts at any of three positions; the characters at the edges depend on its neighbours. */
function base64Forms(bytes: Uint8Array): string[] {
	return [0, 1, 2].flatMap((shift) => {
		const padded = new Uint8Array(shift + bytes.length);
		padded.set(bytes, shift);
		const whole = btoa(String.fromCharCode(...padded)).replace(/=+$/, "");
		const head = shift === 0 ? 0 : shift + 1;
		const tail = (shift + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
		const core = whole.slice(head, tail);
		return [core, core.replace(/\+/g, "-").replace(/\//g, "_")];
	});
}
