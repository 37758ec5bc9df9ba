/** A subagent's own conversation: one task, read like a turn. */
import type { ModelResponse } from "../../core/model-response.ts";
import type { PriceList } from "../../core/price.ts";
import type { TranscriptMarks } from "../../core/transcript-marks.ts";
import { blocksOf, type Entry, timeOf } from "./entry.ts";
import { type AgentTranscript, type FindAgent, OpenTurn } from "./open-turn.ts";
import { responseOf } from "./responses.ts";
import { priced } from "./usage.ts";

export interface ReadingTools {
	readonly marks: TranscriptMarks;
	readonly prices: PriceList;
}

export class AgentReader {
	readonly #tools: ReadingTools;
	readonly #counted = new Set<string>();
	#turn: OpenTurn | undefined;

	constructor(tools: ReadingTools) {
		this.#tools = tools;
	}

	/** What the agent was asked. */
	get prompt(): string | undefined {
		return this.#turn?.prompt.text;
	}

	feed(entry: Entry): void {
		const blocks = blocksOf(entry.message?.content);
		this.#turn ??= this.#open(entry);
		const response = responseOf(entry);
		if (response !== undefined) this.#count({ ...response, isSubagent: true });
		if (entry.type === "assistant") this.#turn.assistant(entry, blocks);
		if (entry.type !== "user") return;
		for (const block of blocks) if (block.type === "tool_result") this.#turn.result(entry, block);
	}

	read(findAgent: FindAgent): AgentTranscript {
		return this.#turn?.items(findAgent, false) ?? { items: [], responses: [] };
	}

	#open(entry: Entry): OpenTurn {
		const text = blocksOf(entry.message?.content)
			.map((block) => block.text ?? "")
			.join("\n");
		const { marks } = this.#tools;
		const prompt = { text, kind: "prompt" } as const;
		return new OpenTurn({ prompt, entry, anchor: entry.uuid ?? "", at: timeOf(entry) ?? 0, marks });
	}

	#count(response: ModelResponse): void {
		if (this.#counted.has(response.key)) return;
		this.#counted.add(response.key);
		this.#turn?.count(priced(response, this.#tools.prices));
	}
}

/** Subagents whose lines stand between those of the main conversation, as older versions wrote them. */
export class InlineAgents {
	readonly #tools: ReadingTools;
	readonly #byEntry = new Map<string, AgentReader>();
	readonly #all: AgentReader[] = [];

	constructor(tools: ReadingTools) {
		this.#tools = tools;
	}

	feed(entry: Entry): void {
		const agent = this.#byEntry.get(entry.parentUuid ?? "") ?? this.#begin();
		if (entry.uuid !== undefined) this.#byEntry.set(entry.uuid, agent);
		agent.feed(entry);
	}

	#begin(): AgentReader {
		const agent = new AgentReader(this.#tools);
		this.#all.push(agent);
		return agent;
	}

	/** The newest one that was asked this. */
	find(prompt: string | undefined): AgentReader | undefined {
		return prompt === undefined ? undefined : this.#all.findLast((agent) => agent.prompt === prompt);
	}
}
