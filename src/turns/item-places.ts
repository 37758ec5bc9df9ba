/**
 * Where in the session turns, tool calls and permission dialogs began and ended, as the screen showed them. An item is told from
 * others of its kind by its order among those of the same name: more of it may be shown later, and others come in between.
 *
 * A place begins with the first picture of the recording that was taken when it had begun.
 */
import type { Item, PermissionItem, RecordingPlace, ToolItem, Turn } from "../core/turn.ts";

/** The places of a turn, its own under its name. */
type Places = Map<string, RecordingPlace>;
const OWN = "turn";
const DIALOG = "permission";

interface Unseen {
	readonly places: Places;
	readonly key: string;
	/** A picture before this time shows nothing of it. */
	readonly since: number;
}

export class ItemPlaces {
	readonly #turns = new Map<number, Places>();
	/** Those that no picture shows yet. */
	#unseen: readonly Unseen[] = [];
	#firstSeq = 0;
	/** As many of them, the last ones, have begun since `expect` was told. */
	#begun = 0;

	get hasBegun(): boolean {
		return this.#begun > 0;
	}

	/** Whether the newest picture shows what has begun; else a later one will. */
	expect(isPictured: boolean): void {
		const first = this.#unseen.length - this.#begun;
		this.#begun = 0;
		if (isPictured) return;
		this.#unseen = this.#unseen.map((one, index) => (index < first ? one : { ...one, since: one.since + 1 }));
	}

	/** Pictures were taken at these times, in milliseconds since the session started; in order, and later than those before. */
	see(taken: readonly number[]): void {
		if (taken.length === 0) return;
		this.#unseen = this.#unseen.filter(({ places, key, since }) => {
			const place = places.get(key);
			const seenAt = taken.find((at) => at >= since);
			if (place === undefined || seenAt === undefined) return place !== undefined;
			const { toMs } = place;
			// A call is still to be seen when it is over; a dialog is not.
			if (toMs === undefined || seenAt <= toMs) places.set(key, { ...place, fromMs: seenAt });
			else if (!key.startsWith(DIALOG)) places.set(key, { fromMs: seenAt, toMs: seenAt });
			return false;
		});
	}

	/** Turns before this one are reported no more. */
	forget(firstSeq: number): void {
		if (firstSeq <= this.#firstSeq) return;
		this.#firstSeq = firstSeq;
		for (const seq of this.#turns.keys()) if (seq < firstSeq) this.#turns.delete(seq);
	}

	/** The turn as it was reported at a time, in milliseconds since the session started. */
	place(turn: Turn, at: number): Turn {
		const known = this.#turns.get(turn.seq) ?? new Map<string, RecordingPlace>();
		this.#turns.set(turn.seq, known);
		const now = Math.round(at);
		const own = this.#placeOf(turn.recording, known, now);
		const counts = new Map<string, number>();
		const items = turn.items.map((item) => {
			if (item.kind !== "tool" && item.kind !== "permission") return item;
			const name = nameOf(item);
			const count = counts.get(name) ?? 0;
			counts.set(name, count + 1);
			const place = this.#placeOfItem(item, { known, key: `${name} ${count}`, turn, now });
			return { ...item, recording: within(place, own?.toMs) };
		});
		if (own === undefined) return { ...turn, items };
		const begun = items.map((item) =>
			"recording" in item ? (item.recording?.fromMs ?? own.fromMs) : own.fromMs,
		);
		return { ...turn, recording: { ...own, fromMs: Math.min(own.fromMs, ...begun) }, items };
	}

	#placeOf(told: RecordingPlace | undefined, known: Places, now: number): RecordingPlace | undefined {
		if (told === undefined) return undefined;
		// A prompt is sent before it is shown as sent; a turn that is told of when it is over was seen before.
		const shownAt = now > (told.toMs ?? now) ? told.fromMs : Math.max(told.fromMs, now);
		const { fromMs } = known.get(OWN) ?? this.#begin(known, OWN, shownAt);
		return { ...told, fromMs: Math.min(fromMs, told.toMs ?? fromMs) };
	}

	#placeOfItem(item: ToolItem | PermissionItem, { known, key, turn, now }: Where): RecordingPlace {
		const place = known.get(key) ?? this.#begin(known, key, now);
		if (place.toMs !== undefined || isOpen(item, turn)) return place;
		// The picture that tells of a dialog's end is the first that does not show it.
		const last = item.kind === "permission" ? now - 1 : now;
		const ended = { ...place, toMs: Math.max(place.fromMs, last) };
		known.set(key, ended);
		return ended;
	}

	#begin(places: Places, key: string, fromMs: number): RecordingPlace {
		const place = { fromMs };
		places.set(key, place);
		this.#unseen = [...this.#unseen, { places, key, since: fromMs }];
		this.#begun += 1;
		return place;
	}
}

interface Where {
	readonly known: Places;
	readonly key: string;
	readonly turn: Turn;
	readonly now: number;
}

/** What is named only when its turn is over lies at the turn's end. */
function within({ fromMs, toMs }: RecordingPlace, last = Number.POSITIVE_INFINITY): RecordingPlace {
	return { fromMs: Math.min(fromMs, last), ...(toMs === undefined ? {} : { toMs: Math.min(toMs, last) }) };
}

function nameOf(item: ToolItem | PermissionItem): string {
	return item.kind === "tool" ? `tool ${item.name}` : `${DIALOG} ${item.question}`;
}

function isOpen(item: Item, turn: Turn): boolean {
	if (turn.status !== "running") return false;
	return item.kind === "tool"
		? item.status === "running"
		: item.kind === "permission" && item.decisionMs === undefined;
}
