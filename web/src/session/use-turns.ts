/** The turns that are near what is seen, asked for by the page. */
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { TURN_PAGE, turnsQuery } from "../api/queries.ts";
import type { ApiTurn, TurnOutline } from "../api/types.ts";

/** So many pages in both directions. */
const AHEAD = 2;

export function useTurns(
	id: string,
	outline: readonly TurnOutline[],
	first: number,
	last: number,
): { readonly turns: ReadonlyMap<number, ApiTurn>; readonly error: unknown } {
	const from = Math.floor(Math.max(0, first) / TURN_PAGE);
	const to = Math.floor(Math.max(0, last) / TURN_PAGE);
	// What is seen comes first; then what a quick hand scrolls to next.
	const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index).concat(
		Array.from({ length: AHEAD }, (_, index) => [to + 1 + index, from - 1 - index]).flat(),
	);
	const firstSeqs = pages.map((page) => outline[page * TURN_PAGE]?.seq);
	const answers = useQueries({
		queries: firstSeqs.flatMap((seq) => (seq === undefined ? [] : [turnsQuery(id, seq)])),
		combine: (results) => ({
			data: results.map(({ data }) => data),
			error: results.find(({ error }) => error !== null)?.error,
		}),
	});
	const turns = useMemo(
		() => new Map(answers.data.flatMap((page) => page?.turns.map((turn) => [turn.seq, turn] as const) ?? [])),
		[answers.data],
	);
	return { turns, error: answers.error };
}
