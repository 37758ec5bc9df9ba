/** One turn while its entries arrive: what was said, which tools were called, what they gave, what it used. */
import type { ModelResponse } from "../../core/model-response.ts";
import type { TranscriptMarks } from "../../core/transcript-marks.ts";
import type { Item, Prompt, ToolItem, TurnStatus } from "../../core/turn.ts";
import { bounded } from "./bounds.ts";
import { type ContentBlock, type Entry, textOf, timeOf } from "./entry.ts";
import { tagged, withoutColours } from "./prompt-text.ts";

export interface AgentTranscript {
	readonly items: readonly Item[];
	readonly responses: readonly ModelResponse[];
}

/** Finds the subagent that a tool call started, as far as it is known by now. */
export type FindAgent = (call: {
	readonly toolUseId: string;
	readonly agentId: string | undefined;
	readonly prompt: string | undefined;
}) => AgentTranscript | undefined;

interface Call {
	tool: ToolItem;
	readonly id: string;
	agentId: string | undefined;
}

export class OpenTurn {
	readonly prompt: Prompt;
	readonly anchor: string;
	readonly sessionId: string | undefined;
	readonly startedAt: number;
	readonly #marks: TranscriptMarks;
	readonly #parts: (Item | Call)[] = [];
	readonly #calls = new Map<string, Call>();
	readonly #responses: ModelResponse[] = [];
	#lastAt: number;
	#isInterrupted = false;
	#isAnswered = false;
	#isDirty = true;

	constructor(opening: {
		readonly prompt: Prompt;
		readonly entry: Entry;
		readonly anchor: string;
		readonly at: number;
		readonly marks: TranscriptMarks;
	}) {
		this.prompt = opening.prompt;
		this.anchor = opening.anchor;
		this.sessionId = opening.entry.sessionId;
		this.startedAt = opening.at;
		this.#lastAt = opening.at;
		this.#marks = opening.marks;
	}

	get isEmpty(): boolean {
		return this.#parts.length === 0;
	}

	get lastAt(): number {
		return this.#lastAt;
	}

	/** The model said that it is done, or the person stopped it. */
	get isAnswered(): boolean {
		return this.#isAnswered || this.#isInterrupted;
	}

	/** Whether anything changed since this was last asked. */
	takeDirty(): boolean {
		const wasDirty = this.#isDirty;
		this.#isDirty = false;
		return wasDirty;
	}

	hasCall(toolUseId: string): boolean {
		return this.#calls.has(toolUseId);
	}

	count(response: ModelResponse): void {
		this.#responses.push(response);
		this.#isDirty = true;
	}

	assistant(entry: Entry, blocks: readonly ContentBlock[]): void {
		this.#touch(entry);
		for (const block of blocks) this.#block(block);
		this.#isAnswered = entry.message?.stop_reason === "end_turn";
	}

	#block(block: ContentBlock): void {
		if (block.type === "text" && this.#marks.stoppedAnswers.has(block.text ?? "")) this.#isInterrupted = true;
		else if (block.type === "text" && !isBlank(block.text) && !this.#marks.neverShown.has(block.text ?? ""))
			this.#parts.push({ kind: "assistant", text: block.text ?? "", source: "transcript" });
		if (block.type === "thinking" && !isBlank(block.thinking))
			this.#parts.push({ kind: "thinking", text: block.thinking ?? "", source: "transcript" });
		if (block.type !== "tool_use" && block.type !== "server_tool_use") return;
		const tool: ToolItem = {
			kind: "tool",
			name: block.name ?? "",
			input: block.input ?? {},
			status: "running",
			source: "transcript",
		};
		const call: Call = { tool, id: block.id ?? "", agentId: undefined };
		this.#parts.push(call);
		this.#calls.set(call.id, call);
	}

	result(entry: Entry, block: ContentBlock): void {
		const call = this.#calls.get(block.tool_use_id ?? "");
		if (call === undefined) return;
		this.#touch(entry);
		const output = textOf(block.content);
		const facts = entry.toolUseResult;
		const durationMs = facts?.totalDurationMs ?? facts?.durationMs;
		call.agentId = facts?.agentId ?? call.agentId;
		call.tool = {
			...call.tool,
			...bounded(output),
			status: this.#statusOf(output, block.is_error === true, facts?.interrupted === true),
			...(durationMs === undefined ? {} : { durationMs }),
		};
	}

	#statusOf(output: string, isError: boolean, wasStopped: boolean): ToolItem["status"] {
		if (this.#marks.refused.test(output)) return "rejected";
		if (wasStopped || this.#marks.interrupted.test(output)) return "interrupted";
		return isError ? "error" : "ok";
	}

	/** What the person's own command printed. */
	commandOutput(entry: Entry, text: string): void {
		this.#touch(entry);
		const printed = tagged(text, "command-output", this.#marks);
		if (printed !== undefined && !isBlank(printed))
			this.#parts.push({ kind: "notice", text: withoutColours(printed).trim(), source: "transcript" });
		const output = tagged(text, "shell-output", this.#marks);
		const errors = tagged(text, "shell-errors", this.#marks);
		if (output === undefined && errors === undefined) return;
		const both = [output, errors].filter((part) => !isBlank(part)).join("\n");
		const tool = { kind: "tool", name: "Bash", input: { command: this.prompt.text } } as const;
		const status = isBlank(output) && !isBlank(errors) ? "error" : "ok";
		this.#parts.push({ ...tool, ...bounded(withoutColours(both)), status, source: "transcript" });
	}

	/** A tool that was merely refused is no interrupt of the turn. */
	interrupt(entry: Entry): void {
		this.#touch(entry);
		const last = this.#parts.at(-1);
		if (last !== undefined && "agentId" in last && last.tool.status === "rejected") return;
		this.#isInterrupted = true;
	}

	touch(entry: Entry): void {
		this.#touch(entry);
	}

	#touch(entry: Entry): void {
		this.#lastAt = Math.max(this.#lastAt, timeOf(entry) ?? 0);
		this.#isDirty = true;
	}

	/** `isOver`: nothing more will come, so a tool without a result has none. */
	items(
		findAgent: FindAgent,
		isOver: boolean,
	): { readonly items: Item[]; readonly responses: ModelResponse[] } {
		const responses = [...this.#responses];
		const items = this.#parts.map((part): Item => {
			if (!("agentId" in part)) return part;
			const agent = this.#marks.agentTools.has(part.tool.name) ? findAgent(agentCall(part)) : undefined;
			responses.push(...(agent?.responses ?? []));
			const status = isOver && part.tool.status === "running" ? "interrupted" : part.tool.status;
			if (agent === undefined || agent.items.length === 0)
				return status === part.tool.status ? part.tool : { ...part.tool, status };
			return { ...part.tool, status, items: agent.items };
		});
		return { items, responses };
	}

	status(isOver: boolean): TurnStatus {
		if (this.#isInterrupted) return "interrupted";
		if (!isOver) return this.#isAnswered ? "complete" : "running";
		const isWaiting = [...this.#calls.values()].some(({ tool }) => tool.status === "running");
		return isWaiting ? "lost" : "complete";
	}
}

function agentCall({ id, agentId, tool }: Call) {
	const prompt = typeof tool.input === "object" ? tool.input.prompt : undefined;
	return { toolUseId: id, agentId, prompt: typeof prompt === "string" ? prompt : undefined };
}

function isBlank(text: string | undefined): boolean {
	return text === undefined || text.trim() === "";
}
