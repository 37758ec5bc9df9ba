/**
 * Entries in the order of the conversation. A prompt may be written to the file after its own answer, and a file may
 * hold a line twice: an answer waits for what it answers, and a line that is known is passed over.
 */
import { blocksOf, type Entry } from "./entry.ts";
import type { PlacedEntry } from "./parse.ts";

/** How many lines a prompt was ever seen to come late, and some more; what waits longer has lost its parent for good. */
const MAX_WAITING = 32;
/** Parents stand near their children. */
const REMEMBERED = 5000;

export class InOrder {
	readonly #known = new Set<string>();
	#waiting: PlacedEntry[] = [];

	feed(placed: PlacedEntry): PlacedEntry[] {
		const { uuid, parentUuid } = placed.entry;
		if (uuid !== undefined && this.#known.has(uuid)) return [];
		const isBehindWaiting = this.#waiting.some(({ entry }) => entry.uuid === parentUuid);
		const isOrphan = typeof parentUuid === "string" && !this.#known.has(parentUuid);
		const isHeld = isBehindWaiting ? !isPrompt(placed.entry) : isOrphan && isAnswer(placed.entry);
		if (isHeld) {
			this.#waiting.push(placed);
			return this.#waiting.length > MAX_WAITING ? this.flush() : [];
		}
		// The conversation went on from a line that waits: what that one waits for was lost, not late.
		return isBehindWaiting ? [...this.flush(), ...this.#release(placed)] : this.#release(placed);
	}

	flush(): PlacedEntry[] {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const { entry } of waiting) this.#remember(entry.uuid);
		return waiting;
	}

	#release(placed: PlacedEntry): PlacedEntry[] {
		const released = [placed];
		this.#remember(placed.entry.uuid);
		for (let isMore = this.#waiting.length > 0; isMore; ) {
			const next = this.#waiting.findIndex(({ entry }) => this.#known.has(entry.parentUuid ?? ""));
			const [found] = next === -1 ? [] : this.#waiting.splice(next, 1);
			if (found !== undefined) {
				released.push(found);
				this.#remember(found.entry.uuid);
			}
			isMore = found !== undefined;
		}
		return released;
	}

	#remember(uuid: string | undefined): void {
		if (uuid === undefined) return;
		this.#known.add(uuid);
		if (this.#known.size <= REMEMBERED) return;
		const [oldest] = this.#known;
		if (oldest !== undefined) this.#known.delete(oldest);
	}
}

function isPrompt({ type, message }: Entry): boolean {
	return type === "user" && blocksOf(message?.content).some((block) => block.type === "text");
}

function isAnswer({ type, message }: Entry): boolean {
	if (type === "assistant") return true;
	return type === "user" && blocksOf(message?.content).some((block) => block.type === "tool_result");
}
