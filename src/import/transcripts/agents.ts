/** A session's subagents, each read when the call that started it is met, and kept no longer than that. */
import type { ModelResponse } from "../../core/model-response.ts";
import { readTranscript } from "../../transcripts/files/read-file.ts";
import { AgentReader, type ReadingTools } from "../../transcripts/reading/agent-reader.ts";
import type { AgentTranscript, FindAgent } from "../../transcripts/reading/open-turn.ts";
import type { AgentFile } from "./find-transcripts.ts";

/** Agents start agents; deeper than this they go round in a circle. */
const MAX_DEPTH = 8;

export class AgentFiles {
	readonly #files: readonly AgentFile[];
	readonly #tools: ReadingTools;
	readonly #met = new Set<AgentFile>();
	#depth = 0;

	constructor(files: readonly AgentFile[], tools: ReadingTools) {
		this.#files = files;
		this.#tools = tools;
	}

	readonly find: FindAgent = (call) => {
		const file = this.#files.find(
			({ toolUseId, agentId, firstText }) =>
				toolUseId === call.toolUseId ||
				agentId === call.agentId ||
				(call.prompt !== undefined && firstText === call.prompt && toolUseId === undefined),
		);
		if (file === undefined || this.#depth >= MAX_DEPTH) return undefined;
		return this.#read(file);
	};

	/** What those used that no call was found for; their usage counts all the same. */
	rest(): ModelResponse[] {
		return this.#files.filter((file) => !this.#met.has(file)).flatMap((file) => this.#read(file).responses);
	}

	#read(file: AgentFile): AgentTranscript {
		this.#met.add(file);
		this.#depth += 1;
		try {
			const reader = new AgentReader(this.#tools);
			for (const { entries } of readTranscript(file.path))
				for (const { entry } of entries) reader.feed(entry);
			return reader.read(this.find);
		} finally {
			this.#depth -= 1;
		}
	}
}
