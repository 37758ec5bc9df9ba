/** A session as one HTML file that needs nothing else: no script, no request, readable offline. Pure. */
import type { Session } from "../../core/session.ts";
import type { Item, PermissionItem, ToolItem, Turn } from "../../core/turn.ts";
import { oneLine, printable, truncate } from "../text/fit.ts";
import { htmlPage } from "./html-page.ts";
import { decisionText, missingNote, toolInputFull, toolInputText, toolNote } from "./item-texts.ts";
import { renderMarkdownHtml } from "./markdown-html.ts";
import { escapeHtml } from "./markdown-inline.ts";
import { type FactOptions, sessionFacts, sessionTitle, turnNote } from "./session-facts.ts";

const SUMMARY_COLUMNS = 90;
const TITLE_COLUMNS = 160;

export function renderHtml(session: Session, turns: readonly Turn[], options: FactOptions): string {
	const title = text(truncate(sessionTitle(session, turns), TITLE_COLUMNS)) || "Session";
	const facts = sessionFacts(session, turns, options).map(
		([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`,
	);
	const main = [
		"<header>",
		`<h1>${title}</h1>`,
		`<dl>${facts.join("\n")}</dl>`,
		"</header>",
		...turns.map((turn) => renderTurn(turn, options)),
		"<footer>Recorded with ctrace. Secrets were masked before anything was stored.</footer>",
	].join("\n");
	return htmlPage({ title, main });
}

function renderTurn(turn: Turn, options: FactOptions): string {
	const note = `<span class="note">${text(turnNote(turn, options.timeZone))}</span>`;
	const isOpening = turn.prompt.kind === "none";
	const name = isOpening ? "Before the first prompt" : `Turn ${turn.seq}`;
	const anchor = `turn-${turn.seq}`;
	return [
		`<section id="${anchor}">`,
		`<h2><a href="#${anchor}">${name}</a>${note}</h2>`,
		...(isOpening ? [] : [renderPrompt(turn)]),
		...turn.items.map(renderItem),
		"</section>",
	].join("\n");
}

const PROMPT_SIGNS: Readonly<Record<Turn["prompt"]["kind"], string>> = {
	prompt: "❯",
	slash: "❯",
	bash: "!",
	memory: "#",
	none: "",
};

function renderPrompt({ prompt }: Turn): string {
	return `<div class="prompt" data-sign="${PROMPT_SIGNS[prompt.kind]}">${text(prompt.text)}</div>`;
}

function renderItem(item: Item): string {
	switch (item.kind) {
		case "assistant":
			return `<div class="answer">${renderMarkdownHtml(printable(item.text))}</div>`;
		case "thinking":
			return folded('<span class="note">Thinking</span>', renderMarkdownHtml(printable(item.text)));
		case "tool":
			return renderTool(item);
		case "permission":
			return renderPermission(item);
		case "notice":
			return `<div class="notice">${text([item.text, missingNote(item)].filter(Boolean).join(" · "))}</div>`;
	}
}

function renderTool(tool: ToolItem): string {
	const input = truncate(oneLine(toolInputText(tool.input)), SUMMARY_COLUMNS);
	const summary = [
		`<span class="name">${text(oneLine(tool.name))}</span>`,
		...(input === "" ? [] : [`<code>${text(input)}</code>`]),
		` <span class="note ${tool.status}">${text(toolNote(tool))}</span>`,
	].join("");
	const full = toolInputFull(tool.input);
	const isInputCut = full !== input;
	const inner = (tool.items ?? []).map(renderItem).join("\n");
	const nested = inner === "" ? "" : `<div class="inner">${inner}</div>`;
	return folded(summary, (isInputCut ? pre(full) : "") + nested + pre(tool.output ?? ""));
}

function renderPermission(permission: PermissionItem): string {
	const options = permission.options.map((option) => {
		const chosen = option === permission.choice ? ' class="chosen"' : "";
		return `<li${chosen}>${text(option)}</li>`;
	});
	const list = options.length === 0 ? "" : `<ol>${options.join("")}</ol>`;
	const decision = `<strong>${text(decisionText(permission))}</strong>`;
	return `<div class="permission">${text(permission.question)} → ${decision}${list}</div>`;
}

function folded(summary: string, content: string): string {
	return `<details><summary>${summary}</summary>${content}</details>`;
}

function pre(content: string): string {
	const shown = printable(content).trimEnd();
	return shown === "" ? "" : `<pre>${escapeHtml(shown)}</pre>`;
}

function text(content: string): string {
	return escapeHtml(printable(content));
}
