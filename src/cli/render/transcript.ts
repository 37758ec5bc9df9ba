/** A session as people read it in a terminal: `ctrace sessions show`, and the text export. Pure. */
import type { Session } from "../../core/session.ts";
import type { Item, ToolItem, ToolStatus, Turn } from "../../core/turn.ts";
import { oneLine, printable, truncate, wrapText } from "../text/fit.ts";
import { createPaint, type Ink, type Paint } from "../text/paint.ts";
import { displayWidth } from "../text/width.ts";
import { decisionText, missingNote, toolInputText, toolNote } from "./item-texts.ts";
import { sessionFacts, sessionTitle, turnNote } from "./session-facts.ts";
import type { View } from "./view.ts";

export interface TranscriptView extends View {
	/** All of a tool's output, not only its beginning. */
	readonly isFull: boolean;
}

/** Of a tool's output this much is shown at first: the answer under it says what mattered. */
const FOLDED_LINES = 12;
/** A fold that hides fewer lines than it takes itself would be silly. */
const LEAST_HIDDEN = 2;
/** Longer lines than this are hard to read. */
const WIDEST = 120;

export function renderTranscript(session: Session, turns: readonly Turn[], view: TranscriptView): string {
	const paint = createPaint(view.colour);
	const width = Math.min(view.width, WIDEST);
	const scene: Scene = { ...view, width, paint };
	const blocks = [renderHead(session, turns, scene), ...turns.map((turn) => renderTurn(turn, scene))];
	if (turns.length === 0) blocks.push(paint("dim", "Nothing was said in this session."));
	return `${blocks.join("\n\n")}\n`;
}

interface Scene extends TranscriptView {
	readonly paint: Paint;
}

function renderHead(session: Session, turns: readonly Turn[], scene: Scene): string {
	const facts = sessionFacts(session, turns, scene);
	const title = scene.paint("bold", truncate(sessionTitle(session, turns), scene.width));
	const lines = facts.map(([name, value]) =>
		hang(scene.paint("dim", name.padEnd(11)), 11, value, scene.width),
	);
	return [title, ...lines].join("\n");
}

function renderTurn(turn: Turn, scene: Scene): string {
	const note = turnNote(turn, scene.timeZone);
	const left = turn.prompt.kind === "none" ? "── before the first prompt " : `── ${turn.seq} `;
	const rule = "─".repeat(Math.max(2, scene.width - displayWidth(left) - displayWidth(note) - 1));
	const parts = [scene.paint("dim", truncate(`${left}${rule} ${note}`, scene.width))];
	if (turn.prompt.kind !== "none") parts.push(renderPrompt(turn, scene));
	return [...parts, ...turn.items.map((item) => renderItem(item, scene))].join("\n\n");
}

const PROMPT_SIGNS: Readonly<Record<Turn["prompt"]["kind"], string>> = {
	prompt: "❯ ",
	slash: "❯ ",
	bash: "! ",
	memory: "# ",
	none: "  ",
};

function renderPrompt({ prompt }: Turn, scene: Scene): string {
	return block(scene, { sign: PROMPT_SIGNS[prompt.kind], signInk: "cyan", text: prompt.text, ink: "bold" });
}

function renderItem(item: Item, scene: Scene): string {
	switch (item.kind) {
		case "assistant":
			return block(scene, { sign: "● ", signInk: "green", text: item.text });
		case "thinking":
			return block(scene, { sign: "∴ ", signInk: "dim", text: item.text, ink: "dim" });
		case "tool":
			return renderTool(item, scene);
		case "permission":
			return block(scene, {
				sign: "? ",
				signInk: "yellow",
				text: `${item.question}\n→ ${decisionText(item)}`,
				ink: "yellow",
			});
		case "notice":
			return block(scene, {
				sign: "! ",
				signInk: "magenta",
				text: [item.text, missingNote(item)].filter((part) => part !== undefined).join(" · "),
				ink: "magenta",
			});
	}
}

const SIGN_COLUMNS = 2;
/** With less room than this for a tool's input, what is noted about it goes to a line of its own. */
const LEAST_INPUT = 16;

const TOOL_INK: Readonly<Record<ToolStatus, Ink>> = {
	ok: "green",
	error: "red",
	rejected: "yellow",
	interrupted: "yellow",
	running: "cyan",
};

function renderTool(tool: ToolItem, scene: Scene): string {
	const { paint, width } = scene;
	const note = toolNote(tool);
	const name = truncate(oneLine(tool.name), width - SIGN_COLUMNS);
	const free = width - SIGN_COLUMNS - displayWidth(name);
	const wanted = Math.min(LEAST_INPUT, displayWidth(oneLine(toolInputText(tool.input))) + 2);
	const isBeside = free - displayWidth(note) - 2 >= wanted;
	const sign = paint(TOOL_INK[tool.status], "◆ ");
	const input = shownInput(tool, isBeside ? free - displayWidth(note) - 2 : free);
	const head = sign + paint("bold", name) + input + (isBeside ? paint("dim", `  ${note}`) : "");
	const below = isBeside ? [] : wrapText(note, width - SIGN_COLUMNS).map((line) => paint("dim", `  ${line}`));
	return [head, ...below, ...innerLines(tool, scene), ...outputLines(tool.output ?? "", scene)].join("\n");
}

/** What a subagent did, set in below the call that started it. */
function innerLines({ items = [] }: ToolItem, scene: Scene): string[] {
	if (items.length === 0) return [];
	const edge = scene.paint("dim", "  ┆ ");
	const inner = { ...scene, width: Math.max(LEAST_INPUT, scene.width - 4) };
	return items
		.map((item) => renderItem(item, inner))
		.join("\n")
		.split("\n")
		.map((line) => (edge + line).trimEnd());
}

function shownInput(tool: ToolItem, room: number): string {
	const input = oneLine(toolInputText(tool.input));
	return input === "" || room < 4 ? "" : `(${truncate(input, room - 2)})`;
}

function outputLines(output: string, scene: Scene): string[] {
	const text = printable(output).replace(/\n+$/, "");
	if (text.trim() === "") return [];
	const all = text.split("\n");
	const isFolded = !scene.isFull && all.length > FOLDED_LINES + LEAST_HIDDEN;
	const shown = isFolded ? all.slice(0, FOLDED_LINES) : all;
	const edge = scene.paint("dim", "  │ ");
	const lines = shown
		.flatMap((line) => wrapText(line, scene.width - 4))
		.map((line) => (edge + line).trimEnd());
	if (isFolded)
		lines.push(scene.paint("dim", `  └ … ${all.length - shown.length} more lines: --full shows them`));
	return lines;
}

/** A sign in front, and the text beside it, broken to the width. */
function block(
	scene: Scene,
	content: { readonly sign: string; readonly signInk: Ink; readonly text: string; readonly ink?: Ink },
): string {
	const { sign, signInk, ink } = content;
	const text = printable(content.text).trimEnd();
	const indent = displayWidth(sign);
	return wrapText(text, scene.width - indent)
		.map((line, index) => {
			const lead = index === 0 ? scene.paint(signInk, sign) : " ".repeat(indent);
			return (lead + (ink === undefined ? line : scene.paint(ink, line))).trimEnd();
		})
		.join("\n");
}

function hang(lead: string, indent: number, text: string, width: number): string {
	return wrapText(text, Math.max(10, width - indent))
		.map((line, index) => (index === 0 ? lead : " ".repeat(indent)) + line)
		.join("\n");
}
