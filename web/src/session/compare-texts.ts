/** Two texts, line by line. What compares them is loaded with the first edit that is looked at. */

export interface DiffLine {
	readonly kind: "same" | "added" | "removed";
	readonly text: string;
}

/** Beyond it, two texts have nothing in common that would be worth the time. */
const MOST_EDITS = 2000;
const LONGEST_MS = 500;
const LONGEST_CHARS = 400_000;

export async function compareTexts(before: string, after: string): Promise<DiffLine[]> {
	if (before.length + after.length > LONGEST_CHARS)
		return [...linesOf(before, "removed"), ...linesOf(after, "added")];
	const { diffLines } = await import("diff");
	const changes = diffLines(before, after, { maxEditLength: MOST_EDITS, timeout: LONGEST_MS });
	if (changes === undefined) return [...linesOf(before, "removed"), ...linesOf(after, "added")];
	return changes.flatMap(({ value, added, removed }) =>
		linesOf(value, added ? "added" : removed ? "removed" : "same"),
	);
}

function linesOf(text: string, kind: DiffLine["kind"]): DiffLine[] {
	if (text === "") return [];
	return text
		.replace(/\n$/, "")
		.split("\n")
		.map((line) => ({ kind, text: line }));
}
