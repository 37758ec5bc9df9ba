/**
 * What stands in the record where a secret stood: `[[class:tag]]`, `[[…]]` for the further rows of the same secret,
 * `[[withheld: reason]]` for text that could not be masked. Masking steps over them, so that masking twice is masking once.
 */
import type { Range } from "./finding.ts";

/** A keyed tag for a secret: eight characters of `a-z2-7` (40 bits of an HMAC), handed in by the composition. */
export type Tag = (ruleId: string, secret: string) => string;

export const CONTINUED = "[[…]]";
const PLACEHOLDER = /\[\[(?:[a-z0-9][a-z0-9-]{0,63}:[a-z2-7]{8}|…|withheld: [a-z0-9 -]{1,64})\]\]/g;

export function pseudonym(ruleId: string, tag: string): string {
	return `[[${ruleId}:${tag}]]`;
}

export function withheld(reason: string): string {
	return `[[withheld: ${reason}]]`;
}

/** Where placeholders lie in a text, in order. */
export function findPlaceholders(text: string): Range[] {
	const found: Range[] = [];
	PLACEHOLDER.lastIndex = 0;
	for (let match = PLACEHOLDER.exec(text); match !== null; match = PLACEHOLDER.exec(text)) {
		found.push({ start: match.index, end: match.index + match[0].length });
	}
	return found;
}

/** A log names the same few people again and again: so many tags are kept … */
const MOST_REMEMBERED = 1000;
/** … of values no longer than this. */
const LONGEST_REMEMBERED = 100;

/** The same tags, and each keyed digest reckoned once. */
export function rememberTags(tag: Tag): Tag {
	const known = new Map<string, string>();
	return (ruleId, secret) => {
		if (secret.length > LONGEST_REMEMBERED) return tag(ruleId, secret);
		const key = `${ruleId} ${secret}`;
		const before = known.get(key);
		if (before !== undefined) return before;
		if (known.size >= MOST_REMEMBERED) known.clear();
		const made = tag(ruleId, secret);
		known.set(key, made);
		return made;
	};
}
