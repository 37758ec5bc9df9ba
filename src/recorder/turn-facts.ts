import type { Item, Turn } from "../core/turn.ts";

/** A turn that goes on unrecorded. */
export function leftAt(turn: Turn, at: number): Turn {
	return { ...turn, status: "lost", endedAt: at };
}

/** What a transcript said is whole, whatever became of the screen. */
export function isWrittenDown(item: Item | undefined): boolean {
	return (item?.kind === "assistant" || item?.kind === "thinking") && item.source !== "terminal";
}

export function addCounts(
	all: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
	const total: Record<string, number> = {};
	for (const counts of all) {
		for (const [rule, count] of Object.entries(counts)) total[rule] = (total[rule] ?? 0) + count;
	}
	return total;
}
