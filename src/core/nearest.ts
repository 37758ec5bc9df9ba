/** At most this share of a word may differ for the guess to be worth saying. */
const WORTH_SAYING = 0.4;

/** The word of a list that was probably meant, for `did you mean`; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
	let best: { readonly name: string; readonly distance: number } | undefined;
	for (const name of candidates) {
		const distance = editDistance(word, name);
		if (best === undefined || distance < best.distance) best = { name, distance };
	}
	if (best === undefined) return undefined;
	return best.distance <= Math.max(1, Math.floor(best.name.length * WORTH_SAYING)) ? best.name : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (swapped) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
			row.push(cost);
		}
		beforeLast = last;
		last = row;
	}
	return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
	return row[index] ?? Number.POSITIVE_INFINITY;
}
