/**
 * The entries of one transcript into turns. `feed(entry)` gives the turns that it closed, opened again or took back;
 * `open` is the one that still grows. Pure.
 *
 *   prompt ──► open ── the next prompt ──► closed (may change once more: a tool's late result)
 *                └── the next prompt stands in its very place, nothing was answered ──► withdrawn
 */
import type { ModelResponse } from "../../core/model-response.ts";
import type { Prompt, Turn } from "../../core/turn.ts";
import { InlineAgents, type ReadingTools } from "./agent-reader.ts";
import { blocksOf, type ContentBlock, type Entry, textOf, timeOf } from "./entry.ts";
import { InOrder } from "./in-order.ts";
import { type FindAgent, OpenTurn } from "./open-turn.ts";
import type { PlacedEntry } from "./parse.ts";
import { PromptQueue } from "./prompt-queue.ts";
import { readPrompt, tagged } from "./prompt-text.ts";
import { responseOf } from "./responses.ts";
import { type SessionFacts, SessionNotes } from "./session-notes.ts";
import { priced, usageOf } from "./usage.ts";

export interface TranscriptTurn {
	/** The same for the same prompt, whatever file it is copied to. */
	readonly anchor: string;
	readonly agentSessionId: string | undefined;
	/** Offset in the file of the line that opened it. */
	readonly offset: number;
	readonly turn: Omit<Turn, "seq">;
	readonly responses: readonly ModelResponse[];
	/** Nothing more is to come of it. */
	readonly isClosed: boolean;
	/** Reads it again: a subagent may have gone on. */
	readonly again: () => TranscriptTurn;
}

export type TranscriptChange =
	| { readonly kind: "turn"; readonly turn: TranscriptTurn }
	| { readonly kind: "withdrawn"; readonly anchor: string };

export interface ConversationOptions extends ReadingTools {
	/** Subagents with files of their own. */
	readonly findAgent: FindAgent;
}

/** Places of prompts that may still be taken back. */
const MAX_PLACES = 1000;

interface Opened {
	readonly turn: OpenTurn;
	readonly offset: number;
}

export class Conversation {
	readonly #options: ConversationOptions;
	readonly #order = new InOrder();
	readonly #queue: PromptQueue;
	readonly #inline: InlineAgents;
	readonly #notes = new SessionNotes();
	readonly #counted = new Set<string>();
	readonly #places = new Map<string, Opened>();
	/** Turns that wait for a tool's result, by the call. */
	readonly #calls = new Map<string, Opened>();
	#open: Opened | undefined;
	#changes: TranscriptChange[] = [];

	constructor(options: ConversationOptions) {
		this.#options = options;
		this.#queue = new PromptQueue(options.marks);
		this.#inline = new InlineAgents(options);
	}

	get facts(): SessionFacts {
		return this.#notes.facts;
	}

	get open(): TranscriptTurn | undefined {
		return this.#open === undefined ? undefined : this.#snapshot(this.#open, false);
	}

	feed(placed: PlacedEntry): TranscriptChange[] {
		for (const next of this.#order.feed(placed)) this.#read(next);
		return this.#take();
	}

	/** The end of the transcript: closes what is open. */
	flush(): TranscriptChange[] {
		for (const next of this.#order.flush()) this.#read(next);
		this.#close(undefined);
		return this.#take();
	}

	#take(): TranscriptChange[] {
		const changes = this.#changes;
		this.#changes = [];
		return changes;
	}

	#read(placed: PlacedEntry): void {
		const { entry } = placed;
		this.#notes.feed(entry);
		if (entry.isSidechain === true) this.#inline.feed(entry);
		else this.#readMain(placed);
	}

	#readMain(placed: PlacedEntry): void {
		const { entry } = placed;
		const response = responseOf(entry);
		if (response !== undefined) this.#count(placed, response);
		if (entry.isMeta === true || entry.isCompactSummary === true) return;
		for (const text of this.#queue.feed(entry)) this.#begin(placed, readPrompt(text, this.#options.marks));
		if (entry.type === "system" && entry.subtype === "local_command") this.#readLocal(placed);
		if (entry.message === undefined) return;
		const blocks = blocksOf(entry.message.content);
		if (entry.type === "user") this.#readUser(placed, blocks);
		if (entry.type === "assistant") this.#readAssistant(placed, blocks);
	}

	#readUser(placed: PlacedEntry, blocks: readonly ContentBlock[]): void {
		const { marks } = this.#options;
		const { entry } = placed;
		for (const block of blocks) if (block.type === "tool_result") this.#readResult(entry, block);
		const text = textOf(blocks.filter((block) => block.type === "text"));
		if (text === "") return;
		if (marks.interrupted.test(text)) this.#open?.turn.interrupt(entry);
		else if (marks.notTyped.test(text)) this.#open?.turn.commandOutput(entry, text);
		else this.#begin(placed, readPrompt(text, marks));
	}

	/** Newer versions note a command that the model never hears of as a line of the system's. */
	#readLocal(placed: PlacedEntry): void {
		const { marks } = this.#options;
		const text = placed.entry.content ?? "";
		if (tagged(text, "command", marks) !== undefined) this.#begin(placed, readPrompt(text, marks));
		else this.#open?.turn.commandOutput(placed.entry, text);
	}

	#readAssistant({ entry }: PlacedEntry, blocks: readonly ContentBlock[]): void {
		const open = this.#open;
		if (open === undefined) return;
		open.turn.assistant(entry, blocks);
		for (const block of blocks) if (block.id !== undefined) this.#calls.set(block.id, open);
	}

	#readResult(entry: Entry, block: ContentBlock): void {
		const opened = this.#calls.get(block.tool_use_id ?? "");
		if (opened === undefined) return;
		this.#calls.delete(block.tool_use_id ?? "");
		opened.turn.result(entry, block);
		if (opened !== this.#open) this.#tell(opened);
	}

	#begin(placed: PlacedEntry, prompt: Prompt): void {
		const { entry, start } = placed;
		const at = timeOf(entry) ?? this.#open?.turn.lastAt ?? 0;
		const anchor = entry.uuid ?? `${entry.sessionId ?? ""} ${entry.timestamp ?? ""} ${start}`;
		const turn = new OpenTurn({ prompt, entry, anchor, at, marks: this.#options.marks });
		const opened: Opened = { turn, offset: start };
		const replaced = this.#takePlace(entry, opened);
		this.#close(replaced);
		if (replaced !== undefined) this.#changes.push({ kind: "withdrawn", anchor: replaced.turn.anchor });
		this.#open = opened;
	}

	/** The turn whose place in the conversation this prompt takes, when nothing was answered to it. */
	#takePlace(entry: Entry, opened: Opened): Opened | undefined {
		if (opened.turn.prompt.kind !== "prompt" || entry.type !== "user") return undefined;
		const place = `${entry.sessionId ?? ""} ${entry.parentUuid ?? "start"}`;
		const before = this.#places.get(place);
		this.#places.set(place, opened);
		const [oldest] = this.#places.keys();
		if (this.#places.size > MAX_PLACES && oldest !== undefined) this.#places.delete(oldest);
		return before?.turn.isEmpty === true ? before : undefined;
	}

	#close(replaced: Opened | undefined): void {
		const closing = this.#open;
		this.#open = undefined;
		if (closing !== undefined && closing !== replaced) this.#tell(closing);
	}

	#tell(opened: Opened): void {
		this.#changes.push({ kind: "turn", turn: this.#snapshot(opened, true) });
	}

	/** A response that no prompt asked for is counted in a turn without one. */
	#count(placed: PlacedEntry, response: ModelResponse): void {
		if (this.#counted.has(response.key)) return;
		this.#counted.add(response.key);
		if (this.#open === undefined) this.#begin(placed, { text: "", kind: "none" });
		this.#open?.turn.count(priced(response, this.#options.prices));
	}

	#snapshot(opened: Opened, isClosed: boolean): TranscriptTurn {
		const { turn, offset } = opened;
		const { items, responses } = turn.items(this.#findAgent, isClosed);
		const usage = usageOf(responses, this.#options.marks);
		const status = turn.status(isClosed);
		return {
			anchor: turn.anchor,
			agentSessionId: turn.sessionId,
			offset,
			turn: {
				prompt: turn.prompt,
				startedAt: turn.startedAt,
				...(status === "running" ? {} : { endedAt: turn.lastAt }),
				status,
				...(usage === undefined ? {} : { usage }),
				source: "transcript",
				items,
			},
			responses,
			isClosed,
			again: () => this.#snapshot(opened, isClosed),
		};
	}

	readonly #findAgent: FindAgent = (call) =>
		this.#options.findAgent(call) ?? this.#inline.find(call.prompt)?.read(this.#findAgent);
}
