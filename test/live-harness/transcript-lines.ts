/** Builds transcript lines as Claude Code writes them, for the tests of the truth and of the score. */
let count = 0;

interface LineFacts {
	readonly parent?: string;
	readonly [field: string]: unknown;
}

export function userLine(content: unknown, { parent, ...facts }: LineFacts = {}): string {
	return line({
		type: "user",
		parentUuid: parent ?? `before-${count}`,
		message: { role: "user", content },
		...facts,
	});
}

export function assistantLine(blocks: readonly unknown[], { parent, ...facts }: LineFacts = {}): string {
	const message = { role: "assistant", model: "invented", content: blocks };
	return line({ type: "assistant", parentUuid: parent ?? `before-${count}`, message, ...facts });
}

export function toolUse(id: string, name: string, input: Record<string, unknown>) {
	return { type: "tool_use", id, name, input };
}

export function toolResult(id: string, content: unknown, isError = false) {
	return { type: "tool_result", tool_use_id: id, content, is_error: isError };
}

export function textBlock(text: string) {
	return { type: "text", text };
}

export function transcript(...lines: readonly string[]): string {
	return lines.map((entry) => `${entry}\n`).join("");
}

export function line(entry: Record<string, unknown>): string {
	count += 1;
	const timestamp = new Date(Date.UTC(2026, 0, 1) + count * 1000).toISOString();
	return JSON.stringify({ uuid: `line-${count}`, timestamp, sessionId: "session", ...entry });
}
