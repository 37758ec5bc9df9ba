/** A session's recording as the commands read it. */
import { CtraceError } from "../core/errors.ts";
import type { Session } from "../core/session.ts";
import type { Turn } from "../core/turn.ts";
import type { TurnPlace } from "../replay/player.ts";
import { Reel } from "../replay/reel.ts";
import type { Store } from "../store/store.ts";
import { shortId } from "./render/view.ts";

/** Throws `not-found` where nothing of the screen was kept. */
export function openReel(store: Store, id: string): Reel {
	const { recordings } = store;
	const reel = new Reel({ places: recordings.places(id), read: (seq) => recordings.read(id, seq) });
	if (!reel.isEmpty) return reel;
	throw new CtraceError("not-found", `session ${shortId(id)} has no recording of its screen`, {
		hint: `It was switched off, ran without a terminal, was imported, or is kept no longer. Its turns: ctrace sessions show ${shortId(id)}`,
	});
}

/** Where turns lie in the recording, in order; those that only a transcript tells of are found by their time. */
export function turnPlaces(session: Session, turns: readonly Turn[]): TurnPlace[] {
	return turns
		.map(({ seq, recording, startedAt }) => ({ seq, at: recording?.fromMs ?? startedAt - session.startedAt }))
		.sort((a, b) => a.at - b.at);
}

/** Throws `usage` for what is no turn's number, `not-found` for one that the session has not got. */
export function findTurn(turns: readonly Turn[], wanted: number): Turn {
	const found = turns.find(({ seq }) => seq === wanted);
	if (found !== undefined) return found;
	const [first, last] = [turns[0]?.seq, turns.at(-1)?.seq];
	throw new CtraceError("not-found", `there is no turn ${wanted} in this session`, {
		hint: first === undefined ? "It has none." : `It has the turns ${first} to ${last}.`,
	});
}
