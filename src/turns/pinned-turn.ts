/** While older text is looked at, the prompt it belongs to is pinned above it. */
import type { OpenTurn } from "./open-turn.ts";
import { skeletonOf } from "./words.ts";

/**
 * Index of the turn whose text stands on a screen that shows no prompt: the last one, −1 where there is none, unless the
 * pinned prompt is of one other turn alone.
 */
export function pinnedTurn(turns: readonly OpenTurn[], pinned = ""): number {
	const shown = skeletonOf(pinned);
	const isCut = pinned.endsWith("…");
	const isShown = ({ echo }: OpenTurn) =>
		isCut ? skeletonOf(echo).startsWith(shown) : skeletonOf(echo) === shown;
	const at = shown === "" ? -1 : turns.findIndex(isShown);
	return at < 0 || turns.findLastIndex(isShown) !== at ? turns.length - 1 : at;
}
