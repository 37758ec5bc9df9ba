/** The word somebody probably meant. Pure. */

/** The nearest of `known`, when it is near enough to be a slip of the fingers. */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
	const lower = typed.toLowerCase();
	const [best] = known
		.map((word) => ({ word, distance: editDistance(lower, word.toLowerCase()) }))
		.filter(({ word, distance }) => distance <= toleranceFor(Math.max(lower.length, word.length)))
		.sort((a, b) => a.distance - b.distance);
	return best?.word;
}

/** One slip in a short word, and one more for every four letters: `lst` for `list`, not `rm` for `ls`. */
function toleranceFor(length: number): number {
	return length <= 2 ? 0 : 1 + Math.floor((length - 3) / 4);
}

/** Damerau-Levenshtein: letters put in, left out, changed, or swapped with their neighbour. */
export function editDistance(a: string, b: string): number {
	let before: number[] = [];
	let above = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row += 1) {
		const current = [row];
		for (let column = 1; column <= b.length; column += 1) {
			const isSame = a[row - 1] === b[column - 1];
			const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			const candidates = [
				(above[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(above[column - 1] ?? 0) + (isSame ? 0 : 1),
			];
			if (isSwapped) candidates.push((before[column - 2] ?? 0) + 1);
			current.push(Math.min(...candidates));
		}
		before = above;
		above = current;
	}
	return above[b.length] ?? 0;
}
