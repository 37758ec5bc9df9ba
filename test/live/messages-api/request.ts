/** What the scripted API has to know of a request. Everything is optional: versions differ. */
import * as z from "zod";
import type { Reply } from "../scenario.ts";

const contentSchema = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]);

const toolSchema = z.looseObject({
	name: z.string().default(""),
	input_schema: z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) }).optional(),
});

export const requestSchema = z.looseObject({
	model: z.string().default("unknown"),
	stream: z.boolean().default(false),
	max_tokens: z.number().optional(),
	system: z.unknown().optional(),
	tools: z.array(toolSchema).default([]),
	messages: z.array(z.looseObject({ role: z.string(), content: contentSchema })).default([]),
});

export type MessagesRequest = z.infer<typeof requestSchema>;

/** Tools that changed their name: a scenario says the old one, and each version hears the one it offers. */
const RENAMED_TOOLS: Readonly<Record<string, string>> = { Task: "Agent", ExitPlanMode: "exit_plan_mode" };

export function withOfferedTools(reply: Reply, request: MessagesRequest): Reply {
	if (reply.blocks === undefined) return reply;
	const offered = new Map(request.tools.map((tool) => [tool.name, tool]));
	const blocks = reply.blocks.map((block) => {
		if (block.type !== "tool_use") return block;
		// The newest offer some of their tools only when they are asked for, and take them all the same.
		const renamed = RENAMED_TOOLS[block.name] ?? "";
		const name = !offered.has(block.name) && offered.has(renamed) ? renamed : block.name;
		return { ...block, name, input: knownInputs(block.input, offered.get(name)?.input_schema?.properties) };
	});
	return { ...reply, blocks };
}

/** A model gives a tool what it was told of: older versions refuse the rest. */
function knownInputs<T>(input: Readonly<Record<string, T>>, known: Readonly<Record<string, unknown>> = {}) {
	if (Object.keys(known).length === 0) return input;
	return Object.fromEntries(Object.entries(input).filter(([name]) => name in known));
}

/** The newest user message as one string, tool results included. */
export function newestUserText(request: MessagesRequest): string {
	const newest = request.messages.filter((message) => message.role === "user").at(-1);
	return newest === undefined ? "" : contentText(newest.content);
}

export function systemText(request: MessagesRequest): string {
	return JSON.stringify(request.system ?? "");
}

function contentText(content: z.infer<typeof contentSchema>): string {
	return typeof content === "string" ? content : JSON.stringify(content);
}
