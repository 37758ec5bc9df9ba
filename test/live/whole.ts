/** With transcripts on, nothing may be missing: what of the truth the export does not tell, word for word. Pure. */
import type { Exported, ExportedItem, ExportedTurn } from "./exported.ts";
import type { TruthItem, TruthTurn } from "./truth.ts";

/** One line a difference; empty when every prompt, answer, call, input, output, status and its usage is there. */
export function missingFromWhole(truth: readonly TruthTurn[], exported: Exported): string[] {
	let from = 0;
	return truth.flatMap((turn) => {
		const at = exported.turns.findIndex(
			({ prompt }, index) =>
				index >= from && prompt.text === turn.prompt.text && prompt.kind === turn.prompt.kind,
		);
		if (at === -1) return [`prompt missing: ${JSON.stringify(turn.prompt.text)}`];
		from = at + 1;
		return missingFromTurn(turn, exported.turns[at]);
	});
}

function missingFromTurn(truth: TruthTurn, exported: ExportedTurn | undefined): string[] {
	if (exported === undefined) return [];
	const said = (exported.items ?? []).filter(({ kind }) => kind === "assistant" || kind === "tool");
	let from = 0;
	const missing = truth.items.flatMap((item) => {
		const at = said.findIndex((candidate, index) => index >= from && isSame(item, candidate));
		if (at === -1) return [`in ${JSON.stringify(truth.prompt.text)}: ${brief(item)}`];
		from = at + 1;
		return [];
	});
	const isAnswered = truth.items.some(({ kind }) => kind === "assistant");
	if (isAnswered && exported.usage === undefined && !isFailure(truth))
		missing.push(`usage of ${JSON.stringify(truth.prompt.text)}`);
	const extra = said.length - truth.items.length;
	const ownCommand = truth.prompt.kind === "bash" ? 1 : 0;
	if (missing.length === 0 && extra > ownCommand)
		missing.push(`in ${JSON.stringify(truth.prompt.text)}: ${extra} items too many`);
	return missing;
}

/** What the program itself says when the API fails used nothing. */
function isFailure({ items }: TruthTurn): boolean {
	return items.every((item) => item.kind === "assistant" && item.text.startsWith("API Error"));
}

function isSame(truth: TruthItem, item: ExportedItem): boolean {
	if (truth.kind === "assistant") return item.kind === "assistant" && item.text === truth.text;
	if (item.kind !== "tool" || item.name !== truth.name) return false;
	const isInput = JSON.stringify(item.input) === JSON.stringify(truth.input);
	const isOutput = truth.output === undefined || (item.output ?? "") === truth.output;
	return isInput && isOutput && isStatus(truth, item.status);
}

function isStatus(truth: Extract<TruthItem, { kind: "tool" }>, status: string | undefined): boolean {
	if (truth.isRejected === true) return status === "rejected" || status === "interrupted";
	if (truth.isError === true) return status === "error" || status === "interrupted";
	if (truth.output === undefined) return status === "interrupted" || status === "running";
	return status === "ok";
}

const BRIEF_CHARACTERS = 120;

function brief(item: TruthItem): string {
	const text =
		item.kind === "assistant" ? item.text : `${item.name} ${JSON.stringify(item.input)} → ${item.output}`;
	return `${item.kind} ${JSON.stringify(text.slice(0, BRIEF_CHARACTERS))}`;
}
