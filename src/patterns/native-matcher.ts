import type { Matcher, RuleMatch } from "./secret-rule.ts";

export interface NativeMatcherOptions {
	readonly flags?: string | undefined;
	/** Every match starts with a keyword, or with the scheme of the URL whose `://` the keyword is. */
	readonly at?: "keyword" | "scheme" | undefined;
}

/**
 * A matcher on the language's own engine, for rules we wrote and prove bounded. The regex is made when it is first asked
 * for: most rules never are. Whoever has not proven it yet asks `checkRegex`.
 */
export function createNativeMatcher(
	source: () => string,
	{ flags = "", at }: NativeMatcherOptions = {},
): Matcher {
	const find = whenNeeded(source, `g${flags}`);
	if (at === undefined) return { find };
	const sticky = whenNeeded(source, `y${flags}`);
	if (at === "keyword") return { find, at: sticky };
	return { find, at: (text, offset) => sticky(text, schemeStart(text, offset)) };
}

/** Throws `SyntaxError` for a broken regex. */
export function checkRegex(source: string, flags = ""): void {
	new RegExp(source, flags);
}

function whenNeeded(source: () => string, flags: string): Matcher["find"] {
	let search: Matcher["find"] | undefined;
	return (text, from) => {
		search ??= searcher(source(), flags);
		return search(text, from);
	};
}

/** Longer schemes are not registered. */
const LONGEST_SCHEME = 25;
const SCHEME = /[A-Za-z0-9+.-]/;
const IS_SCHEME = Uint8Array.from({ length: 128 }, (_, code) =>
	SCHEME.test(String.fromCharCode(code)) ? 1 : 0,
);

function schemeStart(text: string, end: number): number {
	let start = end;
	while (end - start < LONGEST_SCHEME && IS_SCHEME[text.charCodeAt(start - 1)] === 1) start -= 1;
	return start;
}

function searcher(source: string, flags: string): Matcher["find"] {
	const regex = new RegExp(source, flags);
	const hasGroup = source.includes("(?<secret>");
	return (text, from) => {
		regex.lastIndex = from;
		const match = regex.exec(text);
		if (match === null) return undefined;
		return hasGroup ? secretOf(match) : wholeOf(match);
	};
}

function wholeOf(match: RegExpExecArray): RuleMatch {
	const end = match.index + match[0].length;
	return { start: match.index, end, secretStart: match.index, secretEnd: end };
}

/** The group ends the match or is followed by little, so its last occurrence is it; `d` would cost on every search. */
function secretOf(match: RegExpExecArray): RuleMatch {
	const secret = match.groups?.secret ?? match[0];
	const secretStart = match.index + match[0].lastIndexOf(secret);
	return {
		start: match.index,
		end: match.index + match[0].length,
		secretStart,
		secretEnd: secretStart + secret.length,
	};
}
