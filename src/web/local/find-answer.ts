/** The places of a session that hold a text, as the API says them. Pure. */
import type { FoundPlace } from "../../store/browse-store.ts";
import type { FindAnswer } from "../api/session-routes.ts";

export const MOST_PLACES = 500;

/** `found`: one more than are shown, where there are more. */
export function findAnswerOf(found: readonly FoundPlace[]): FindAnswer {
	const places = found.slice(0, MOST_PLACES).map(({ turnSeq, position, ...rest }) => ({
		turn: turnSeq,
		...(position === 0 ? {} : { item: position - 1 }),
		...rest,
	}));
	return {
		places,
		matches: places.reduce((sum, { matches }) => sum + matches, 0),
		isCut: found.length > MOST_PLACES,
	};
}
