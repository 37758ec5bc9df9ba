/** A session as a Markdown document. Pure. */
import type { Session } from "../../core/session.ts";
import type { Item, Turn } from "../../core/turn.ts";
import { oneLine, printable } from "../text/fit.ts";
import { decisionText, missingNote, toolInputFull, toolNote } from "./item-texts.ts";
import { type FactOptions, sessionFacts, sessionTitle, turnNote } from "./session-facts.ts";

export function renderMarkdown(session: Session, turns: readonly Turn[], options: FactOptions): string {
	const facts = sessionFacts(session, turns, options).map(
		([name, value]) => `- **${name}:** ${escapeInline(value)}`,
	);
	const parts = [
		`# ${escapeInline(sessionTitle(session, turns)) || "Session"}`,
		facts.join("\n"),
		...turns.map((turn) => renderTurn(turn, options)),
	];
	return `${parts.join("\n\n")}\n`;
}

function renderTurn(turn: Turn, options: FactOptions): string {
	const isOpening = turn.prompt.kind === "none";
	const heading = isOpening ? "## Before the first prompt" : `## Turn ${turn.seq}`;
	const parts = [heading, `*${turnNote(turn, options.timeZone)}*`];
	if (!isOpening) parts.push(quote(turn.prompt.text));
	return [...parts, ...turn.items.map(renderItem)].join("\n\n");
}

function renderItem(item: Item): string {
	switch (item.kind) {
		case "assistant":
			return printable(item.text).trimEnd();
		case "thinking":
			return `*Thinking:*\n\n${quote(item.text)}`;
		case "tool": {
			const input = toolInputFull(item.input);
			const output = printable(item.output ?? "").trimEnd();
			const head = `**Tool: ${escapeInline(oneLine(item.name))}** (${toolNote(item)})`;
			const inner = (item.items ?? []).map(renderItem).join("\n\n");
			return [
				head,
				...(input === "" ? [] : [fence(input)]),
				...(inner === "" ? [] : [quote(inner)]),
				...(output === "" ? [] : [fence(output)]),
			].join("\n\n");
		}
		case "permission":
			return `**Permission:** ${escapeInline(oneLine(item.question))} → **${escapeInline(oneLine(decisionText(item)))}**`;
		case "notice": {
			const missing = missingNote(item);
			return quote(`Notice: ${item.text}${missing === undefined ? "" : ` (${missing})`}`);
		}
	}
}

/** Text that stays text whatever it holds: fenced with more backticks than any run in it. */
function fence(text: string): string {
	const runs = text.match(/`{3,}/g) ?? [];
	const marks = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
	return `${marks}text\n${printable(text)}\n${marks}`;
}

function quote(text: string): string {
	return printable(text)
		.trimEnd()
		.split("\n")
		.map((line) => (line === "" ? ">" : `> ${line}`))
		.join("\n");
}

export function escapeInline(text: string): string {
	return text.replace(/[\\`*_[\]<>#|]/g, "\\$&");
}
