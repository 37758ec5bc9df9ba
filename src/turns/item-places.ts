/**
 * Where in the session tool calls and permission dialogs began and ended, as the screen showed them. An item is told from
 * others of its kind by its order among those of the same name: more of it may be shown later, and others come in between.
 */
import type { Item, PermissionItem, RecordingPlace, ToolItem, Turn } from "../core/turn.ts";

export class ItemPlaces {
	readonly #turns = new Map<number, Map<string, RecordingPlace>>();

	/** The turn as it was reported at a time, in milliseconds since the session started. */
	place(turn: Turn, at: number): Turn {
		const known = this.#turns.get(turn.seq) ?? new Map<string, RecordingPlace>();
		this.#turns.set(turn.seq, known);
		const counts = new Map<string, number>();
		const items = turn.items.map((item) => {
			if (item.kind !== "tool" && item.kind !== "permission") return item;
			const name = nameOf(item);
			const count = counts.get(name) ?? 0;
			counts.set(name, count + 1);
			const key = `${name} ${count}`;
			const before = known.get(key) ?? { fromMs: Math.round(at) };
			const isEnded = before.toMs !== undefined || !isOpen(item, turn);
			const place = isEnded && before.toMs === undefined ? { ...before, toMs: Math.round(at) } : before;
			known.set(key, place);
			return { ...item, recording: place };
		});
		return { ...turn, items };
	}
}

function nameOf(item: ToolItem | PermissionItem): string {
	return item.kind === "tool" ? `tool ${item.name}` : `permission ${item.question}`;
}

function isOpen(item: Item, turn: Turn): boolean {
	if (turn.status !== "running") return false;
	return item.kind === "tool"
		? item.status === "running"
		: item.kind === "permission" && item.decisionMs === undefined;
}
