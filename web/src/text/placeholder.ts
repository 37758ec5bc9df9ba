/** What masking left in a text: `[[kind:tag]]`. Pure. */

const PLACEHOLDER = /\[\[([a-z0-9][a-z0-9-]*)(?::([a-z0-9]+))?\]\]/g;

export type Piece =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "masked"; readonly what: string; readonly whole: string };

export function splitPlaceholders(text: string): Piece[] {
	const pieces: Piece[] = [];
	let end = 0;
	for (const match of text.matchAll(PLACEHOLDER)) {
		if (match.index > end) pieces.push({ kind: "text", text: text.slice(end, match.index) });
		pieces.push({ kind: "masked", what: match[1] ?? "", whole: match[0] });
		end = match.index + match[0].length;
	}
	if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
	return pieces;
}

const LONGEST_PATH_CHARS = 500;

/** Where nothing can stand out: in a chart, in a list of choices. */
export function withoutTags(text: string): string {
	return text.replace(PLACEHOLDER, "[$1]");
}

/** A path as it is spoken of: its last two names. */
export function shortPath(path: string): string {
	if (path.length > LONGEST_PATH_CHARS) return `${path.slice(0, LONGEST_PATH_CHARS)}…`;
	const names = path.split("/").filter((name) => name !== "");
	return names.length <= 2 ? path : `…/${names.slice(-2).join("/")}`;
}
