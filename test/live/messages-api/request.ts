/** What the scripted API has to know of a request. Everything is optional: versions differ. */
import { z } from "zod";

const contentSchema = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]);

export const requestSchema = z.looseObject({
	model: z.string().default("unknown"),
	stream: z.boolean().default(false),
	max_tokens: z.number().optional(),
	system: z.unknown().optional(),
	tools: z.array(z.unknown()).default([]),
	messages: z.array(z.looseObject({ role: z.string(), content: contentSchema })).default([]),
});

export type MessagesRequest = z.infer<typeof requestSchema>;

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
