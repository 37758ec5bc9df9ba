/** What the scripted API has to know of a request. Everything is optional: versions differ. */
import * as z from "zod";
import type { Reply } from "../scenario.ts";

const contentSchema = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]);

export const requestSchema = z.looseObject({
	model: z.string().default("unknown"),
	stream: z.boolean().default(false),
	max_tokens: z.number().optional(),
	system: z.unknown().optional(),
	tools: z.array(z.looseObject({ name: z.string().default("") })).default([]),
	messages: z.array(z.looseObject({ role: z.string(), content: contentSchema })).default([]),
});

export type MessagesRequest = z.infer<typeof requestSchema>;

/** Tools that changed their name: a scenario says the old one, and each version hears the one it offers. */
const RENAMED_TOOLS: Readonly<Record<string, string>> = { Task: "Agent" };

export function withOfferedTools(reply: Reply, request: MessagesRequest): Reply {
	if (reply.blocks === undefined) return reply;
	const offered = new Set(request.tools.map((tool) => tool.name));
	const blocks = reply.blocks.map((block) => {
		if (block.type !== "tool_use" || offered.has(block.name)) return block;
		const renamed = RENAMED_TOOLS[block.name];
		return renamed !== undefined && offered.has(renamed) ? { ...block, name: renamed } : block;
	});
	return { ...reply, blocks };
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
