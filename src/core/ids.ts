import type { Clock, RandomBytes } from "./clock.ts";

/** Makes UUIDv7 strings that sort by creation, also within one millisecond (RFC 9562, §5.7 and §6.2 method 1). */
export type IdMaker = () => string;

const COUNTER_LIMIT = 0x1000; // rand_a is 12 bits wide: the counter inside one millisecond
const COUNTER_START_MASK = 0x7ff; // start in the lower half, so that a burst has room to count up

const RANDOM_BYTES = 10;
/** Asking for a few bytes costs as much as asking for many. */
const DRAWN_AT_ONCE = 64;

export function createIdMaker(clock: Clock, randomBytes: RandomBytes): IdMaker {
	let lastMs = -1;
	let counter = 0;
	let drawn: Uint8Array = new Uint8Array(0);
	let used = 0;
	return () => {
		if (used === drawn.length) [drawn, used] = [randomBytes(RANDOM_BYTES * DRAWN_AT_ONCE), 0];
		const bytes = drawn.subarray(used, used + RANDOM_BYTES);
		used += RANDOM_BYTES;
		const now = Math.max(clock.now(), lastMs);
		if (now === lastMs) counter += 1;
		else counter = (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) & COUNTER_START_MASK;
		lastMs = now;
		if (counter >= COUNTER_LIMIT) {
			lastMs += 1;
			counter = 0;
		}
		return formatUuid(lastMs, counter, bytes.subarray(2));
	};
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function formatUuid(ms: number, counter: number, tail: Uint8Array): string {
	const time = ms.toString(16).padStart(12, "0");
	const randA = counter.toString(16).padStart(3, "0");
	const hex = tail.reduce((text, byte) => text + HEX[byte], "");
	const variant = ((Number.parseInt(hex.slice(0, 2), 16) & 0x3f) | 0x80).toString(16);
	return `${time.slice(0, 8)}-${time.slice(8)}-7${randA}-${variant}${hex.slice(2, 4)}-${hex.slice(4, 16)}`;
}
