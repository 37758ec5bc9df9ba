/** What hangs below a call: its output, and how the call went. */
import { type Look, matchText } from "../core/look.ts";
import type { ToolItem, ToolStatus } from "../core/turn.ts";
import type { Result } from "./entry.ts";
import type { OpenTurn } from "./open-turn.ts";

/** Of the turn nothing else has a say in it. */
export type WithStatus = Pick<OpenTurn, "status">;

type Output = Pick<ToolItem, "output" | "truncated" | "observedLines">;

export function outputOf(look: Look, results: readonly Result[]): Output {
	const kept = results
		.map((result) => result.text)
		.filter((text) => !isPending(look, text) && matchText(look, "interrupted", text) === undefined);
	const lines = kept.join("\n").split("\n");
	const last = lines.findLastIndex((line) => matchText(look, "omitted-lines", line.trim()) !== undefined);
	const omitted =
		last < 0 ? 0 : Number(matchText(look, "omitted-lines", (lines[last] ?? "").trim())?.groups.count);
	if (last >= 0) lines.splice(last, 1);
	const output = lines
		.join("\n")
		.replace(/ \(ctrl\+[or] to expand\)$/u, "")
		.trimEnd();
	if (output === "" && omitted === 0) return {};
	return { output, ...(omitted > 0 ? { truncated: true, observedLines: lines.length + omitted } : {}) };
}

function isPending(look: Look, text: string): boolean {
	return (
		matchText(look, "pending-result", text.trim()) !== undefined ||
		matchText(look, "group-hint", text) !== undefined
	);
}

export function statusOf(
	look: Look,
	turn: WithStatus,
	results: readonly Result[],
	isRunning: boolean,
): ToolStatus {
	const says = (kind: "interrupted" | "rejected" | "failed") =>
		results.some((result) => matchText(look, kind, result.text.trim()) !== undefined);
	if (says("rejected")) return "rejected";
	if (says("interrupted")) return "interrupted";
	if (says("failed")) return "error";
	const pending =
		isRunning || (results.length > 0 && results.every((result) => isPending(look, result.text)));
	if (pending && turn.status === "running") return "running";
	return "ok";
}
