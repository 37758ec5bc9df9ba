/** The same session as another machine might have read it: the bytes in other pieces, sooner or later. */
import type { TerminalEvent } from "../../src/core/event.ts";

type Output = Extract<TerminalEvent, { kind: "output" }>;

/** Outputs that follow one another within so many milliseconds, with nothing between them, as one read. */
export function joinReads(events: readonly TerminalEvent[], ms: number): readonly TerminalEvent[] {
	const joined: TerminalEvent[] = [];
	let held: Output[] = [];
	for (const event of events) {
		if (event.kind === "marker") continue; // nobody reads a marker
		const isNear = event.kind === "output" && event.at - (held[0]?.at ?? event.at) <= ms;
		if (!isNear) held = handOver(joined, held, held.at(-1)?.at ?? 0);
		if (event.kind === "output") held.push(event);
		else joined.push(event);
	}
	handOver(joined, held, held.at(-1)?.at ?? 0);
	return joined;
}

/** The same on a machine that reads output only now and then: what is typed meanwhile comes before it. */
export function lateReads(events: readonly TerminalEvent[], ms: number): readonly TerminalEvent[] {
	const late: TerminalEvent[] = [];
	let held: Output[] = [];
	for (const event of events) {
		if (event.kind === "marker") continue;
		const due = (held[0]?.at ?? Number.POSITIVE_INFINITY) + ms;
		if (event.at > due) held = handOver(late, held, due);
		// Whoever answers something has seen it.
		if (event.kind !== "output" && !isText(event)) held = handOver(late, held, event.at);
		if (event.kind === "output") held.push(event);
		else late.push(event);
	}
	handOver(late, held, (held[0]?.at ?? 0) + ms);
	return late;
}

/** Each output in pieces of these lengths, again and again, with a pause between two of them. */
export function splitReads(
	events: readonly TerminalEvent[],
	lengths: readonly number[],
	pauseMs: number,
): readonly TerminalEvent[] {
	let next = 0;
	let now = 0;
	return events.flatMap((event) => {
		now = Math.max(now, event.at);
		if (event.kind !== "output") return [{ ...event, at: now }];
		const pieces: TerminalEvent[] = [];
		for (let from = 0; from < event.data.length; ) {
			const length = lengths[next++ % lengths.length] ?? 1;
			if (from > 0) now += pauseMs;
			pieces.push({ ...event, at: now, data: event.data.subarray(from, from + length) });
			from += length;
		}
		return pieces;
	});
}

/** All of it as one read at that time; nothing is held any more. */
function handOver(to: TerminalEvent[], held: readonly Output[], at: number): Output[] {
	if (held.length > 0) to.push({ kind: "output", at, data: Buffer.concat(held.map(({ data }) => data)) });
	return [];
}

/** Plain text: no Enter, no arrow, nothing that answers what is shown. */
function isText(event: TerminalEvent): boolean {
	return event.kind === "input" && event.data.every((byte) => byte >= 0x20 && byte !== 0x7f);
}
