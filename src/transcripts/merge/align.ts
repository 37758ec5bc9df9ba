/** Pairs two lists in order, so that the sum of how well the pairs fit is the largest there is. Pure. */

export type Pair = readonly [left: number, right: number];

export interface AlignOptions<L, R> {
	readonly left: readonly L[];
	readonly right: readonly R[];
	/** 0: never a pair. */
	readonly fitOf: (left: L, right: R) => number;
}

/** Beyond this the table would take seconds: both lists are then cut into stretches that are paired one by one. */
const MAX_CELLS = 250_000;

export function align<L, R>({ left, right, fitOf }: AlignOptions<L, R>): Pair[] {
	if (left.length * right.length <= MAX_CELLS) return alignWhole({ left, right, fitOf });
	const size = Math.floor(Math.sqrt(MAX_CELLS));
	const pairs: Pair[] = [];
	for (let l = 0, r = 0; l < left.length && r < right.length; ) {
		const part = alignWhole({ left: left.slice(l, l + size), right: right.slice(r, r + size), fitOf });
		pairs.push(...part.map(([a, b]): Pair => [a + l, b + r]));
		const [lastLeft, lastRight] = part.at(-1) ?? [size - 1, size - 1];
		l += lastLeft + 1;
		r += lastRight + 1;
	}
	return pairs;
}

function alignWhole<L, R>({ left, right, fitOf }: AlignOptions<L, R>): Pair[] {
	const width = right.length + 1;
	const best = new Float64Array((left.length + 1) * width);
	const fits = new Float64Array((left.length + 1) * width);
	for (const [l, one] of left.entries()) {
		for (const [r, other] of right.entries()) {
			const at = (l + 1) * width + r + 1;
			fits[at] = fitOf(one, other);
			best[at] = Math.max(
				cell(best, at - 1),
				cell(best, at - width),
				cell(best, at - width - 1) + cell(fits, at),
			);
		}
	}
	return walkBack(left.length, right.length, { best, fits, width });
}

function walkBack(
	rows: number,
	columns: number,
	table: { readonly best: Float64Array; readonly fits: Float64Array; readonly width: number },
): Pair[] {
	const pairs: Pair[] = [];
	const { best, fits, width } = table;
	for (let l = rows, r = columns; l > 0 && r > 0; ) {
		const at = l * width + r;
		const isPair = cell(fits, at) > 0 && cell(best, at) === cell(best, at - width - 1) + cell(fits, at);
		if (isPair) {
			l -= 1;
			r -= 1;
			pairs.push([l, r]);
		} else if (cell(best, at) === cell(best, at - 1)) r -= 1;
		else l -= 1;
	}
	return pairs.reverse();
}

function cell(table: Float64Array, at: number): number {
	return table[at] ?? 0;
}
