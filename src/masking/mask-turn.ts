/** Masks turns that grow: what a transcript gave, and was masked once, is not masked again with each line it gains. */
import type { Masked } from "../core/masked.ts";
import type { Item, Turn } from "../core/turn.ts";
import type { MaskCounts } from "./mask-text.ts";
import type { MaskedValue, Masker } from "./masker.ts";

export function createTurnMasker(masker: Masker): (turn: Turn) => MaskedValue<Turn> {
	const known = new WeakMap<Item, MaskedValue<Item>>();
	const maskItem = (item: Item): MaskedValue<Item> => {
		const before = item.source === "terminal" ? undefined : known.get(item);
		const masked = before ?? masker.mask(item);
		known.set(item, masked);
		return masked;
	};
	return (turn) => {
		// Rows of a screen are one text: a secret may run over several items of it.
		if (turn.source === "terminal") return masker.mask(turn);
		const head = masker.mask({ ...turn, items: [] });
		const items = turn.items.map(maskItem);
		const value = { ...head.value, items: items.map((item) => item.value) } as Turn;
		return { value: value as Masked<Turn>, counts: sum([head, ...items].map(({ counts }) => counts)) };
	};
}

function sum(all: readonly MaskCounts[]): MaskCounts {
	const total: Record<string, number> = {};
	for (const counts of all)
		for (const [rule, count] of Object.entries(counts)) total[rule] = (total[rule] ?? 0) + count;
	return total;
}
