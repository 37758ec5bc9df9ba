/**
 * What the native part does for a flood: it takes it past the event loop, and past the byte by byte of JavaScript. Without it
 * all of this is undefined, and the same is done in the usual way.
 */
import type { PickSequences } from "./mode-tracker.ts";
import { type NativePart, nativePart } from "./native-part.ts";
import { PASS_BYTES, type PassOn } from "./pty-reader.ts";

/** A flood may hold up the event loop for so long, in microseconds. A key ends it at once; a signal and the recorder can wait. */
const PASS_US = 5000;
/** What the native part takes for a keyboard that nobody listens to. */
const NO_KEYS = -1;

export interface DirectWayOptions {
	/** The child's terminal. */
	readonly from: number;
	/** The person's, non-blocking; undefined where there is no such descriptor. */
	readonly to: number | undefined;
	/** Nothing waits to be shown before. */
	readonly isFree: () => boolean;
	/** Where keys come from; undefined while nobody wants them. */
	readonly keys: () => number | undefined;
}

export function directWay(
	{ from, to, isFree, keys }: DirectWayOptions,
	native: NativePart | undefined = nativePart(),
): PassOn | undefined {
	const relay = native?.relay;
	if (relay === undefined || to === undefined) return undefined;
	return (room, filled) => (isFree() ? relay(from, to, keys() ?? NO_KEYS, room, filled, PASS_US) : undefined);
}

export function sequencePicker(native: NativePart | undefined = nativePart()): PickSequences | undefined {
	const pick = native?.pickSequences;
	if (pick === undefined) return undefined;
	const room = new Uint8Array(PASS_BYTES);
	return (bytes, from) => {
		const picked = pick(bytes, from, room);
		return picked === undefined ? undefined : room.subarray(0, picked);
	};
}
