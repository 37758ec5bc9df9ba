/** Findings for people: in the terminal and in Markdown. Pure. */
import type { Evidence, Finding } from "../../insights/findings/finding.ts";
import { oneLine, printable, wrapText } from "../text/fit.ts";
import { createPaint } from "../text/paint.ts";
import { shortId, type View } from "./view.ts";

const WIDEST = 96;

const SUGGESTION_TITLES: Readonly<Record<Finding["suggestion"]["kind"], string>> = {
	"claude-md": "For CLAUDE.md",
	"allow-rule": "Allow rule, for .claude/settings.json",
	prompt: "Prompt",
	habit: "Habit",
};

export function renderFindings(findings: readonly Finding[], view: View): string {
	const paint = createPaint(view.colour);
	const width = Math.min(WIDEST, view.width);
	const indent = (text: string) => wrapText(printable(text), width - 4).map((line) => `    ${line}`);
	return findings
		.map(({ title, detail, suggestion, effect, confidence, evidence, by }, index) =>
			[
				`${paint("bold", `${index + 1}. ${oneLine(title)}`)}`,
				...indent(detail),
				`  ${paint("cyan", SUGGESTION_TITLES[suggestion.kind])}`,
				...indent(suggestion.text),
				paint(
					"dim",
					`  ${[`effect: ${oneLine(effect)}`, `confidence: ${confidence}`, by === "computed" ? "computed from figures" : "read by a model"].join("; ")}`,
				),
				...(evidence.length === 0 ? [] : [paint("dim", `  see ${evidence.map(evidenceText).join(", ")}`)]),
			].join("\n"),
		)
		.join("\n\n");
}

/** As `ctrace sessions show` takes it. */
export function evidenceText({ sessionId, turnSeq }: Evidence): string {
	return turnSeq === undefined ? shortId(sessionId) : `${shortId(sessionId)} turn ${turnSeq}`;
}

export function suggestionTitle({ suggestion }: Finding): string {
	return SUGGESTION_TITLES[suggestion.kind];
}
