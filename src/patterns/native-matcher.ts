import type { Matcher, RuleMatch } from "./secret-rule.ts";

export interface NativeMatcherOptions {
	readonly flags?: string | undefined;
	/** Every match starts with a keyword. */
	readonly atKeyword?: boolean;
}

/** A matcher on the language's own engine, for rules we wrote and prove bounded. Throws `SyntaxError` for a broken regex. */
export function createNativeMatcher(
	source: string,
	{ flags = "", atKeyword = false }: NativeMatcherOptions = {},
): Matcher {
	const find = searcher(source, `g${flags}`);
	return atKeyword ? { find, at: searcher(source, `y${flags}`) } : { find };
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
