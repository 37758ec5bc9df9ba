/**
 * Claude Code's own transcript into the turns that a perfect reader of the screen would give.
 * Pure: lines in, turns out. Unknown kinds of lines are skipped; a line that is no JSON is an error,
 * because a truth with holes proves nothing.
 */
import * as z from "zod";

export type TruthKind = "prompt" | "slash" | "bash" | "memory";

export interface TruthTool {
	readonly kind: "tool";
	readonly name: string;
	readonly input: Readonly<Record<string, unknown>>;
	output?: string;
	isError?: boolean;
	isRejected?: boolean;
}

export interface TruthText {
	readonly kind: "assistant";
	readonly text: string;
}

export type TruthItem = TruthTool | TruthText;

export interface TruthTurn {
	readonly prompt: { readonly text: string; readonly kind: TruthKind };
	/** ISO time of the prompt. */
	readonly at: string;
	readonly items: TruthItem[];
	/** Esc stopped the answer or a running tool; a tool that was merely refused does not count. */
	isInterrupted: boolean;
}

const blockSchema = z.looseObject({
	type: z.string(),
	text: z.string().optional(),
	id: z.string().optional(),
	name: z.string().optional(),
	input: z.record(z.string(), z.unknown()).optional(),
	tool_use_id: z.string().optional(),
	is_error: z.boolean().optional(),
	content: z.unknown().optional(),
});

const contentSchema = z.union([z.string(), z.array(blockSchema)]);

const entrySchema = z.looseObject({
	type: z.string(),
	uuid: z.string().optional(),
	parentUuid: z.string().nullish(),
	sessionId: z.string().optional(),
	timestamp: z.string().default(""),
	isSidechain: z.boolean().optional(),
	isMeta: z.boolean().optional(),
	isCompactSummary: z.boolean().optional(),
	subtype: z.string().optional(),
	operation: z.string().optional(),
	content: z.unknown().optional(),
	message: z.looseObject({ content: contentSchema, model: z.string().optional() }).optional(),
	attachment: z
		.looseObject({ type: z.string(), prompt: z.unknown().optional(), commandMode: z.string().optional() })
		.optional(),
});

type Entry = z.infer<typeof entrySchema>;
type ContentBlock = z.infer<typeof blockSchema>;

/** Output of the person's own commands and notes of the program: no prompt of anybody. */
const NOT_TYPED = /^<(local-command-|bash-stdout|bash-stderr|system-reminder|task-notification)/;
const INTERRUPTED = /^\[Request interrupted by user/;
const REFUSED = /user doesn't want to (proceed with this tool use|take this action)/;
/** Newer versions tell the model what was pasted; nobody typed that or saw it. */
const PASTE_OPEN = /\n*<pasted_content id="[^"]*">\n/g;
const PASTE_CLOSE = /\n<\/pasted_content id="[^"]*">\n*/g;
/** Written when a conversation is taken up again after an interrupt; never shown. */
const NEVER_SHOWN = "No response requested.";
/** Written by 1.0 when an answer is stopped; never shown. */
const ABORTED = "API Error: Request was aborted.";
/** Written by 1.0.35 below a memory; never shown. */
const NO_CONTENT = "(no content)";
/** 1.0.35 takes keys that it reads together with text (backspaces, Ctrl-U) for text, and shows none of them. */
const UNSHOWN_KEYS = /[\u0000-\u0008\u000e-\u001f\u007f]/g;

export function truthTurns(jsonl: string): TruthTurn[] {
	const kept = entries(jsonl);
	const reader = new TruthReader(kept.flatMap(queuedPrompt));
	for (const entry of kept) reader.read(entry);
	return reader.turns.filter((turn) => !reader.isTakenBack(turn));
}

/** Each entry once, in the order of its time: a session may be spread over several files. */
function entries(jsonl: string): Entry[] {
	const seen = new Set<string>();
	const kept: Entry[] = [];
	for (const line of jsonl.split("\n")) {
		if (line.trim() === "") continue;
		const entry = entrySchema.parse(JSON.parse(line));
		if (entry.isSidechain === true || entry.isMeta === true || entry.isCompactSummary === true) continue;
		if (entry.uuid !== undefined && seen.has(entry.uuid)) continue;
		if (entry.uuid !== undefined) seen.add(entry.uuid);
		kept.push(entry);
	}
	return kept.sort((a, b) => a.timestamp.localeCompare(b.timestamp));
}

class TruthReader {
	readonly turns: TruthTurn[] = [];
	readonly #tools = new Map<string, TruthTool>();
	/** The newest turn that follows a given entry. */
	readonly #followers = new Map<string, TruthTurn>();
	readonly #places = new Map<TruthTurn, string>();
	readonly #attached: readonly string[];
	readonly #queue: string[] = [];

	/** `attached`: the queued prompts that have a line of their own. */
	constructor(attached: readonly string[]) {
		this.#attached = attached;
	}

	read(entry: Entry): void {
		for (const prompt of queuedPrompt(entry)) this.#open(entry, readPrompt(prompt));
		if (entry.type === "queue-operation") this.#readQueueOperation(entry);
		if (entry.type === "system" && entry.subtype === "local_command") this.#readLocal(entry);
		if (entry.message === undefined) return;
		const blocks = asBlocks(entry.message.content);
		if (entry.type === "user") this.#readUser(entry, blocks);
		if (entry.type === "assistant") this.#readAssistant(blocks);
	}

	/** The next prompt took its place in the conversation before anything was answered. */
	isTakenBack(turn: TruthTurn): boolean {
		const place = this.#places.get(turn);
		return turn.items.length === 0 && place !== undefined && this.#followers.get(place) !== turn;
	}

	#readUser(entry: Entry, blocks: readonly ContentBlock[]): void {
		for (const block of blocks) if (block.type === "tool_result") this.#readResult(block);
		const text = blocks
			.filter((block) => block.type === "text")
			.map((block) => block.text ?? "")
			.join("\n");
		if (text === "" || text === NO_CONTENT || NOT_TYPED.test(text)) return;
		if (INTERRUPTED.test(text)) this.#readInterrupt();
		else this.#open(entry, readPrompt(text));
	}

	/** A prompt that was handed to the model while it worked has no line of its own, and in older versions no attachment. */
	#readQueueOperation(entry: Entry): void {
		const content = typeof entry.content === "string" ? entry.content : undefined;
		if (entry.operation === "enqueue" && content !== undefined) this.#queue.push(content);
		if (entry.operation !== "dequeue" && entry.operation !== "remove") return;
		const prompt = content ?? this.#queue[0];
		if (prompt === undefined) return;
		const at = this.#queue.indexOf(prompt);
		if (at >= 0) this.#queue.splice(at, 1);
		const isToldElsewhere = entry.operation === "dequeue" || this.#attached.includes(prompt);
		if (!isToldElsewhere && !NOT_TYPED.test(prompt)) this.#open(entry, readPrompt(prompt));
	}

	/** Newer versions note a command that the model never hears of as a line of the system's. */
	#readLocal(entry: Entry): void {
		const text = typeof entry.content === "string" ? entry.content : "";
		if (tagged(text, "command-name") !== undefined) this.#open(entry, readPrompt(text));
	}

	#readAssistant(blocks: readonly ContentBlock[]): void {
		const turn = this.turns.at(-1);
		if (turn === undefined) return;
		for (const block of blocks) {
			if (block.type === "text" && block.text === ABORTED) turn.isInterrupted = true;
			else if (block.type === "text" && block.text !== undefined && block.text !== NEVER_SHOWN) {
				turn.items.push({ kind: "assistant", text: block.text });
			}
			if (block.type === "tool_use") {
				const tool: TruthTool = { kind: "tool", name: block.name ?? "", input: block.input ?? {} };
				if (block.id !== undefined) this.#tools.set(block.id, tool);
				turn.items.push(tool);
			}
		}
	}

	#readResult(block: ContentBlock): void {
		const tool = this.#tools.get(block.tool_use_id ?? "");
		if (tool === undefined) return;
		tool.output = resultText(block.content);
		tool.isError = block.is_error === true;
		tool.isRejected = REFUSED.test(tool.output);
	}

	#readInterrupt(): void {
		const turn = this.turns.at(-1);
		if (turn === undefined) return;
		const last = turn.items.at(-1);
		if (last?.kind === "tool" && last.isRejected === true) return;
		turn.isInterrupted = true;
	}

	#open(entry: Entry, prompt: TruthTurn["prompt"]): void {
		// Some versions note a command twice: as it was typed, and as they took it.
		const last = this.turns.at(-1);
		const isNotedAgain = prompt.kind === "slash" && last?.prompt.kind === "prompt" && last.items.length === 0;
		if (isNotedAgain && last.prompt.text.trim() === prompt.text) this.turns.pop();
		const turn: TruthTurn = { prompt, at: entry.timestamp, items: [], isInterrupted: false };
		this.turns.push(turn);
		if (prompt.kind !== "prompt" || entry.type !== "user") return;
		const place = `${entry.sessionId ?? ""} ${entry.parentUuid ?? "start"}`;
		this.#places.set(turn, place);
		this.#followers.set(place, turn);
	}
}

function queuedPrompt({ attachment }: Entry): string[] {
	if (attachment?.type !== "queued_command" || attachment.commandMode === "task-notification") return [];
	const prompt = contentSchema.safeParse(attachment.prompt);
	if (!prompt.success) return [];
	return [
		asBlocks(prompt.data)
			.map((block) => block.text ?? "")
			.join("\n"),
	];
}

function readPrompt(text: string): TruthTurn["prompt"] {
	const command = tagged(text, "command-name");
	if (command !== undefined) {
		return { text: `${command} ${tagged(text, "command-args") ?? ""}`.trim(), kind: "slash" };
	}
	const shell = tagged(text, "bash-input");
	if (shell !== undefined) return { text: shell, kind: "bash" };
	const memory = tagged(text, "user-memory-input");
	if (memory !== undefined) return { text: memory, kind: "memory" };
	const typed = text.replace(PASTE_OPEN, "").replace(PASTE_CLOSE, "").replace(UNSHOWN_KEYS, "");
	return { text: typed, kind: "prompt" };
}

function tagged(text: string, tag: string): string | undefined {
	return new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1];
}

function asBlocks(content: z.infer<typeof contentSchema>): readonly ContentBlock[] {
	return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function resultText(content: unknown): string {
	const parsed = contentSchema.safeParse(content);
	if (!parsed.success) return "";
	return asBlocks(parsed.data)
		.map((block) => block.text ?? "")
		.join("\n");
}
