/** Chooses which scripted reply a request gets. Pure but for remembering what was already played. */
import type { Reply } from "../scenario.ts";

const NOTHING_LEFT: Reply = { blocks: [{ type: "text", text: "No scripted reply is left." }] };

export class Script {
	readonly #replies: readonly Reply[];
	readonly #played = new Set<Reply>();
	#ranOut = 0;

	constructor(replies: readonly Reply[]) {
		this.#replies = replies;
	}

	/** How often the model was asked for more than the scenario holds: the scenario or the version is off. */
	get ranOut(): number {
		return this.#ranOut;
	}

	/** Ordered replies that nobody asked for. */
	get left(): number {
		return this.#replies.filter((reply) => reply.when === undefined && !this.#played.has(reply)).length;
	}

	/** The reply that the script holds for a side request such as a summary, if any. */
	aside(newest: string): Reply | undefined {
		return this.#take((reply) => reply.isAside === true && isMeantFor(reply, newest));
	}

	next(newest: string): Reply {
		const found =
			this.#take((reply) => isMeantFor(reply, newest)) ?? this.#take((reply) => reply.when === undefined);
		if (found === undefined) this.#ranOut += 1;
		return found ?? NOTHING_LEFT;
	}

	#take(wanted: (reply: Reply) => boolean): Reply | undefined {
		const found = this.#replies.find((reply) => !this.#played.has(reply) && wanted(reply));
		if (found !== undefined && found.repeat !== true) this.#played.add(found);
		return found;
	}
}

function isMeantFor({ when, unless }: Reply, newest: string): boolean {
	if (when === undefined || !newest.includes(when)) return false;
	return unless === undefined || !newest.includes(unless);
}
