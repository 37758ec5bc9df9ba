/** Follows one transcript and those of its subagents while they are written; gives its turns as they stand. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AgentReader, type ReadingTools } from "../reading/agent-reader.ts";
import { Conversation, type TranscriptChange, type TranscriptTurn } from "../reading/conversation.ts";
import type { FindAgent } from "../reading/open-turn.ts";
import type { SessionFacts } from "../reading/session-notes.ts";
import { agentIdOf, agentsFolder } from "./claude-paths.ts";
import { Tail } from "./tail.ts";

export class TranscriptFollower {
	readonly path: string;
	readonly #tools: ReadingTools;
	readonly #tail: Tail;
	readonly #agents: FollowedAgents;
	#conversation: Conversation;
	readonly #turns = new Map<string, TranscriptTurn>();

	constructor(path: string, tools: ReadingTools) {
		this.path = path;
		this.#tools = tools;
		this.#tail = new Tail(path);
		this.#agents = new FollowedAgents(path, tools);
		this.#conversation = this.#begin();
	}

	get facts(): SessionFacts {
		return this.#conversation.facts;
	}

	/** In the order of the transcript. What was read stays, whatever becomes of the file. */
	get turns(): readonly TranscriptTurn[] {
		return [...this.#turns.values()];
	}

	/** Looks once; says whether anything is new. `isOver`: reads to the end, and closes what is open. */
	poll(isOver: boolean): boolean {
		let isNew = this.#agents.poll(isOver);
		if (isNew) for (const [anchor, turn] of this.#turns) this.#turns.set(anchor, turn.again());
		for (let isMore = true; isMore; ) {
			const gained = this.#tail.read();
			if (gained.isAnew) this.#conversation = this.#begin();
			for (const placed of gained.entries) this.#apply(this.#conversation.feed(placed));
			isNew ||= gained.entries.length > 0;
			isMore = isOver && gained.isMore;
		}
		if (isOver) this.#apply(this.#conversation.flush());
		const { open } = this.#conversation;
		if (isNew && open !== undefined) this.#keep(open);
		return isNew || isOver;
	}

	#apply(changes: readonly TranscriptChange[]): void {
		for (const change of changes) {
			if (change.kind === "turn") this.#keep(change.turn);
			else this.#turns.delete(change.anchor);
		}
	}

	/** A file that was cut tells less of a turn than it did before. */
	#keep(turn: TranscriptTurn): void {
		const known = this.#turns.get(turn.anchor);
		if (known === undefined || turn.turn.items.length >= known.turn.items.length)
			this.#turns.set(turn.anchor, turn);
	}

	#begin(): Conversation {
		return new Conversation({ ...this.#tools, findAgent: this.#agents.find });
	}
}

interface FollowedAgent {
	readonly id: string;
	readonly toolUseId: string | undefined;
	readonly tail: Tail;
	readonly reader: AgentReader;
}

class FollowedAgents {
	readonly #transcript: string;
	readonly #tools: ReadingTools;
	readonly #agents = new Map<string, FollowedAgent>();

	constructor(transcript: string, tools: ReadingTools) {
		this.#transcript = transcript;
		this.#tools = tools;
	}

	readonly find: FindAgent = (call) => {
		const all = [...this.#agents.values()];
		const found =
			all.find(({ id, toolUseId }) => toolUseId === call.toolUseId || id === call.agentId) ??
			all.find(({ toolUseId, reader }) => toolUseId === undefined && reader.prompt === call.prompt);
		return found?.reader.read(this.find);
	};

	poll(isOver: boolean): boolean {
		for (const folder of [agentsFolder(this.#transcript), dirname(this.#transcript)]) this.#look(folder);
		let isNew = false;
		for (const { tail, reader } of this.#agents.values()) {
			for (let isMore = true; isMore; ) {
				const gained = tail.read();
				// An agent's file that was written anew would count twice: what was read first stays.
				const entries = gained.isAnew ? [] : gained.entries;
				for (const { entry } of entries) reader.feed(entry);
				isNew ||= entries.length > 0;
				isMore = isOver && gained.isMore;
			}
		}
		return isNew;
	}

	#look(folder: string): void {
		for (const name of names(folder)) {
			const id = agentIdOf(name);
			if (id === undefined || this.#agents.has(id)) continue;
			const path = join(folder, name);
			const toolUseId = startedBy(path);
			this.#agents.set(id, { id, toolUseId, tail: new Tail(path), reader: new AgentReader(this.#tools) });
		}
	}
}

/** Newer versions say beside the file which call started the agent. */
export function startedBy(path: string): string | undefined {
	try {
		const meta: unknown = JSON.parse(readFileSync(path.replace(/\.jsonl$/u, ".meta.json"), "utf8"));
		const isNamed = typeof meta === "object" && meta !== null && "toolUseId" in meta;
		return isNamed && typeof meta.toolUseId === "string" ? meta.toolUseId : undefined;
	} catch {
		return undefined; // Older versions write no such file; the call is then found by what it asked.
	}
}

function names(directory: string): string[] {
	try {
		return readdirSync(directory).sort();
	} catch {
		return []; // No subagent yet.
	}
}
