/** Masks the turns of one session: a secret that was seen whole once is known by its pieces for the rest of it. */
import type { Turn } from "../core/turn.ts";
import { createMaskMemory, type MaskedValue, type Masker, withCounts } from "../masking/masker.ts";

/** What it gives carries its own counts. */
export type TurnMasker = (turn: Turn) => MaskedValue<Turn>;

export function createTurnMasker(masker: Masker): TurnMasker {
	const memory = createMaskMemory();
	return (turn) => {
		const masked = masker.mask(turn, memory);
		return { value: withCounts(masked), counts: masked.counts };
	};
}
