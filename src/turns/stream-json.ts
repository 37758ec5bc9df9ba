/**
 * Claude Code's `--output-format json` and `stream-json` → items. One JSON value a line; what is not understood is
 * passed over, because the format grows with every release.
 */
import * as z from "zod";
import type { Item, ToolItem, ToolStatus, Usage } from "../core/turn.ts";

const blockSchema = z.looseObject({
	type: z.string(),
	text: z.string().optional(),
	thinking: z.string().optional(),
	id: z.string().optional(),
	name: z.string().optional(),
	input: z.record(z.string(), z.unknown()).optional(),
	tool_use_id: z.string().optional(),
	content: z.unknown().optional(),
	is_error: z.boolean().nullish(),
});
type Block = z.infer<typeof blockSchema>;

const lineSchema = z.looseObject({
	type: z.string(),
	subtype: z.string().optional(),
	session_id: z.string().optional(),
	model: z.string().optional(),
	claude_code_version: z.string().optional(),
	parent_tool_use_id: z.string().nullish(),
	message: z.looseObject({ content: z.union([z.string(), z.array(z.unknown())]) }).optional(),
	result: z.string().optional(),
	is_error: z.boolean().optional(),
	total_cost_usd: z.number().optional(),
	usage: z
		.looseObject({
			input_tokens: z.number().optional(),
			output_tokens: z.number().optional(),
			cache_read_input_tokens: z.number().optional(),
			cache_creation_input_tokens: z.number().optional(),
		})
		.optional(),
});
type Line = z.infer<typeof lineSchema>;

const SEEN = { source: "terminal", confidence: 1 } as const;

/** What the lines told so far. */
export interface StreamFacts {
	readonly items: readonly Item[];
	/** Index of a tool call's item by the call's id. */
	readonly calls: ReadonlyMap<string, number>;
	readonly prompts: readonly string[];
	readonly sessionId?: string;
	readonly version?: string;
	readonly models: readonly string[];
	readonly usage?: Usage;
	readonly isFailed: boolean;
}

export const NO_FACTS: StreamFacts = {
	items: [],
	calls: new Map(),
	prompts: [],
	models: [],
	isFailed: false,
};

/** One more line of output. */
export function readStreamLine(facts: StreamFacts, text: string): StreamFacts {
	const line = parseLine(text);
	if (line === undefined) return facts;
	if (line.type === "system") return withInit(facts, line);
	if (line.parent_tool_use_id !== undefined && line.parent_tool_use_id !== null) return facts;
	if (line.type === "assistant") return blocksOf(line).reduce(withAssistantBlock, facts);
	if (line.type === "user") return blocksOf(line).reduce(withUserBlock, facts);
	return line.type === "result" ? withResult(facts, line) : facts;
}

function parseLine(text: string): Line | undefined {
	if (!text.trimStart().startsWith("{")) return undefined;
	try {
		return lineSchema.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined; // a torn or foreign line says nothing
	}
}

function blocksOf(line: Line): readonly Block[] {
	const content = line.message?.content ?? [];
	if (typeof content === "string") return [{ type: "text", text: content }];
	return content.flatMap((block) => blockSchema.safeParse(block).data ?? []);
}

function withInit(facts: StreamFacts, line: Line): StreamFacts {
	return {
		...facts,
		...(line.session_id === undefined ? {} : { sessionId: line.session_id }),
		...(line.claude_code_version === undefined ? {} : { version: line.claude_code_version }),
		models: line.model === undefined ? facts.models : [line.model],
	};
}

function withAssistantBlock(facts: StreamFacts, block: Block): StreamFacts {
	if (block.type === "text" && block.text)
		return add(facts, { kind: "assistant", text: block.text, ...SEEN });
	if (block.type === "thinking" && block.thinking) {
		return add(facts, { kind: "thinking", text: block.thinking, ...SEEN });
	}
	if (block.type !== "tool_use" || block.name === undefined) return facts;
	const tool: ToolItem = { kind: "tool", name: block.name, status: "running", ...SEEN };
	const calls = block.id === undefined ? facts.calls : new Map(facts.calls).set(block.id, facts.items.length);
	return add({ ...facts, calls }, block.input === undefined ? tool : { ...tool, input: block.input });
}

function withUserBlock(facts: StreamFacts, block: Block): StreamFacts {
	if (block.type === "text" && block.text) return { ...facts, prompts: [...facts.prompts, block.text] };
	if (block.type !== "tool_result" || block.tool_use_id === undefined) return facts;
	const at = facts.calls.get(block.tool_use_id);
	const tool = at === undefined ? undefined : facts.items[at];
	if (at === undefined || tool?.kind !== "tool") return facts;
	const status: ToolStatus = block.is_error === true ? "error" : "ok";
	return { ...facts, items: facts.items.with(at, { ...tool, status, output: textOf(block.content) }) };
}

function textOf(content: unknown): string {
	if (typeof content === "string") return content;
	const blocks = z.array(blockSchema).safeParse(content).data ?? [];
	return blocks.map((block) => block.text ?? "").join("\n");
}

function withResult(facts: StreamFacts, line: Line): StreamFacts {
	const told = facts.items.some((item) => item.kind === "assistant");
	const answer: readonly Item[] =
		told || line.result === undefined || line.result === ""
			? []
			: [{ kind: "assistant", text: line.result, ...SEEN }];
	return {
		...facts,
		items: [...facts.items, ...answer],
		usage: usageOf(line, facts.models),
		isFailed: line.is_error === true,
		...(line.session_id === undefined ? {} : { sessionId: line.session_id }),
	};
}

function usageOf(line: Line, models: readonly string[]): Usage {
	const { usage } = line;
	const counts = {
		inputTokens: usage?.input_tokens,
		outputTokens: usage?.output_tokens,
		cacheReadTokens: usage?.cache_read_input_tokens,
		cacheWriteTokens: usage?.cache_creation_input_tokens,
		costUsd: line.total_cost_usd,
	};
	const known = Object.entries(counts).filter(([, count]) => count !== undefined);
	return { ...Object.fromEntries(known), ...(models.length === 0 ? {} : { models }) };
}

function add(facts: StreamFacts, item: Item): StreamFacts {
	return { ...facts, items: [...facts.items, item] };
}
