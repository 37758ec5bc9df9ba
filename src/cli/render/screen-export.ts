/** What a session's screen looked like, as files. */
import { CtraceError } from "../../core/errors.ts";
import type { Picture } from "../../core/picture.ts";
import type { Turn } from "../../core/turn.ts";
import type { Reel } from "../../replay/reel.ts";
import { castLines } from "../../replay/show/cast.ts";
import { renderPlainText } from "../../replay/show/plain-text.ts";
import { renderSvg } from "../../replay/show/svg.ts";
import type { Store, StoredSession } from "../../store/store.ts";
import { findTurn, openReel, turnPlaces } from "../recording.ts";
import { shortId } from "./view.ts";

export const SCREEN_FORMATS = ["cast", "cast2", "svg", "txt"] as const;
export type ScreenFormat = (typeof SCREEN_FORMATS)[number];

export function isScreenFormat(format: string): format is ScreenFormat {
	return SCREEN_FORMATS.some((one) => one === format);
}

export interface ScreenToExport {
	readonly store: Store;
	readonly stored: StoredSession;
	/** Absent: the last picture. */
	readonly turn?: number;
}

/** Throws `not-found` where the session has no recording, or no such turn. */
export function renderScreen(format: ScreenFormat, { store, stored, turn }: ScreenToExport): string {
	const { session, turns } = stored;
	const reel = openReel(store, session.id);
	if (format === "cast" || format === "cast2") return renderCast(format, reel, stored);
	const wanted = turn === undefined ? undefined : findTurn(turns, turn);
	const picture = pictureAt(reel, wanted === undefined ? reel.toMs : endOf(stored, wanted));
	if (format === "txt") return renderPlainText(picture);
	const of = wanted === undefined ? "the end" : `turn ${wanted.seq}`;
	return renderSvg(picture, `Session ${shortId(session.id)}, ${of}`);
}

function renderCast(format: "cast" | "cast2", reel: Reel, stored: StoredSession): string {
	return [...castOf(format, reel, stored)].join("");
}

/** An asciicast, line by line. */
export function castOf(
	format: "cast" | "cast2",
	reel: Reel,
	{ session, turns }: StoredSession,
): Iterable<string> {
	const places = turnPlaces(session, turns);
	return castLines(reel.moments(), {
		version: format === "cast" ? 3 : 2,
		startedAt: session.startedAt + reel.fromMs,
		...(session.title === undefined ? {} : { title: session.title }),
		markers: places.map(({ seq, at }) => ({ at, label: `turn ${seq}` })),
	});
}

/** What grew last is shown whole a little later: that long after a turn its screen still is its own. */
const SETTLED_MS = 2500;

function endOf({ session, turns }: StoredSession, turn: Turn): number {
	const places = turnPlaces(session, turns);
	const ended =
		turn.recording?.toMs ?? (turn.endedAt === undefined ? undefined : turn.endedAt - session.startedAt);
	const own = places.find(({ seq }) => seq === turn.seq)?.at ?? 0;
	const next = places.find(({ at }) => at > own)?.at ?? Number.POSITIVE_INFINITY;
	return Math.max(own, Math.min((ended ?? Number.POSITIVE_INFINITY) + SETTLED_MS, next - 1));
}

/** The last picture up to a time; where there is a gap, the one before it. */
function pictureAt(reel: Reel, ms: number): Picture {
	for (let moment = reel.at(ms); moment !== undefined; moment = reel.before(moment.at))
		if (moment.kind === "picture") return moment.picture;
	throw new CtraceError("not-found", "nothing of the screen was recorded until then");
}
