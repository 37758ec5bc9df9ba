/** Tool calls, files and permission dialogs of a turn. */
import type { PermissionItem, ToolItem } from "../../core/turn.ts";
import { offeredRuleOf, ruleOfCall } from "./allow-rule.ts";
import { digestOf } from "./digest.ts";
import { fileOf, type PlacedItem, placeItems, toolOf } from "./items.ts";
import type { MeasuredTurn } from "./measured-turn.ts";

export function measureItems(measured: MeasuredTurn): void {
	const items = placeItems(measured.turn.items);
	for (const placed of items) {
		if (placed.item.kind === "tool") measureTool(placed.item, placed.position, measured);
		if (placed.item.kind === "permission") measurePermission(placed, items, measured);
	}
}

function measureTool(
	tool: ToolItem,
	position: number,
	{ turn, day, tallies, cwd, marks }: MeasuredTurn,
): void {
	if (marks.noTools.has(tool.name)) return;
	const sample = { seq: turn.seq, position };
	const isFailure = tool.status === "error";
	tallies.totals.add(day, {}, { tool_calls: 1, tool_failures: isFailure ? 1 : 0 });
	tallies.tools.add(
		day,
		{ thing: digestOf(tool.name) },
		{
			calls: 1,
			failures: isFailure ? 1 : 0,
			refusals: tool.status === "rejected" ? 1 : 0,
			interruptions: tool.status === "interrupted" ? 1 : 0,
			timed: tool.durationMs === undefined ? 0 : 1,
			ms: Math.round(tool.durationMs ?? 0),
		},
		sample,
	);
	const file = fileOf(tool, cwd, marks);
	// What was refused or failed has touched nothing.
	if (file === undefined || tool.status !== "ok") return;
	const sums = file.isEdit ? { edits: 1 } : { reads: 1 };
	tallies.files.add(day, { thing: digestOf(`${cwd}\n${file.path}`) }, sums, sample);
}

function measurePermission(
	placed: PlacedItem,
	items: readonly PlacedItem[],
	{ turn, day, tallies, marks }: MeasuredTurn,
): void {
	const permission = placed.item as PermissionItem;
	const { choice, decisionMs } = permission;
	const isGranted = choice !== undefined && marks.granted.test(choice);
	const isRefused = choice !== undefined && !isGranted;
	tallies.totals.add(day, {}, { permissions: 1, refusals: isRefused ? 1 : 0 });
	const { rule, position } = ruleFor(placed, items, { marks });
	tallies.permissions.add(
		day,
		{ thing: digestOf(rule ?? permission.tool ?? permission.question) },
		{
			asked: 1,
			allowed: isGranted ? 1 : 0,
			allowed_for_good: choice !== undefined && marks.grantedForGood.test(choice) ? 1 : 0,
			refused: isRefused ? 1 : 0,
			timed: decisionMs === undefined ? 0 : 1,
			ms: Math.round(decisionMs ?? 0),
		},
		{ seq: turn.seq, position },
	);
}

/** The rule, and which item it can be read from again. */
function ruleFor(
	placed: PlacedItem,
	items: readonly PlacedItem[],
	{ marks }: Pick<MeasuredTurn, "marks">,
): { readonly rule: string | undefined; readonly position: number } {
	const { position } = placed;
	const offered = offeredRuleOf(placed.item as PermissionItem, marks);
	if (offered !== undefined) return { rule: offered, position };
	const call = toolOf(placed, items);
	const rule = call === undefined ? undefined : ruleOfCall(call.item as ToolItem, marks);
	return rule === undefined ? { rule, position } : { rule, position: call?.position ?? position };
}
