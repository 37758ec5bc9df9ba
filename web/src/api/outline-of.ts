/** A turn in a line, made here for a turn that the live stream told of. Pure. */
import type { ApiItem, ApiTurn, TurnOutline } from "./types.ts";

const OUTLINE_CHARS = 160;

export function outlineOf(turn: ApiTurn): TurnOutline {
	const items = [...flat(turn.items)];
	const tools = items.filter((item) => item.kind === "tool");
	const { usage } = turn;
	return {
		seq: turn.seq,
		prompt: turn.prompt.text.replace(/\s+/g, " ").trim().slice(0, OUTLINE_CHARS),
		kind: turn.prompt.kind,
		startedAt: turn.startedAt,
		...(turn.endedAt === undefined ? {} : { endedAt: turn.endedAt }),
		status: turn.status,
		...(turn.durations === undefined ? {} : { durations: turn.durations }),
		...(usage?.costUsd === undefined ? {} : { costUsd: usage.costUsd }),
		tokens:
			(usage?.inputTokens ?? 0) +
			(usage?.outputTokens ?? 0) +
			(usage?.cacheReadTokens ?? 0) +
			(usage?.cacheWriteTokens ?? 0),
		tools: tools.length,
		errors: tools.filter(({ status }) => status === "error").length,
		permissions: items.filter(({ kind }) => kind === "permission").length,
		...(turn.recording === undefined ? {} : { recording: turn.recording }),
	};
}

/** All items, what a subagent did behind its call: the order in which `find` counts them. */
export function* flat(items: readonly ApiItem[]): Iterable<ApiItem> {
	for (const item of items) {
		yield item;
		yield* flat(innerItems(item));
	}
}

export function countFlat(item: ApiItem): number {
	return innerItems(item).reduce((sum, inner) => sum + countFlat(inner), 1);
}

/** What the subagent that a call started said and did. */
export function innerItems(item: ApiItem): readonly ApiItem[] {
	// The shape refers to itself, and its type is lost on the way.
	return item.kind === "tool" ? ((item.items as readonly ApiItem[] | undefined) ?? []) : [];
}
