/** A call of a tool: a line with its status and time, and behind it what it was given and what it gave. */
import { countFlat, innerItems } from "../api/outline-of.ts";
import type { ApiToolItem } from "../api/types.ts";
import { Plain } from "../parts/plain.tsx";
import { formatDuration, plural } from "../text/format.ts";
import { visibleLine } from "../text/visible.ts";
import { Disclosure } from "./disclosure.tsx";
import { type ItemProps, Items, Truncated } from "./items.tsx";
import { LongText } from "./long-text.tsx";
import { useSessionView } from "./session-view.ts";
import { ToolInput } from "./tool-input.tsx";
import { ToolOutput } from "./tool-output.tsx";
import { changedLines, summaryOf } from "./tool-summary.ts";

export const TOOL_STATUS: Readonly<Record<ApiToolItem["status"], string>> = {
	ok: "done",
	error: "failed",
	rejected: "refused",
	interrupted: "interrupted",
	running: "running",
};

export function ToolCall({ item, turn, number }: ItemProps<ApiToolItem>) {
	const view = useSessionView();
	const inner = innerItems(item);
	const isRevealed = view.revealed?.turn === turn && view.revealed.item === number;
	const { revealed } = view;
	const inside = revealed?.turn === turn ? (revealed.item ?? -1) - number : 0;
	return (
		<Disclosure
			holdsRevealed={inside > 0 && inside < countFlat(item)}
			place={{ turn, item: number }}
			className={`tool is-${item.status}`}
			label={<Label item={item} />}
		>
			<ToolInput item={item} turn={turn} isRevealed={isRevealed} />
			{inner.length > 0 && (
				<div className="subagent">
					<p className="subagent-name">What the subagent did</p>
					<Items items={inner} turn={turn} first={number + 1} />
				</div>
			)}
			{item.output !== undefined && item.output !== "" && (
				<div className="tool-part">
					<h4>Output</h4>
					<LongText
						text={item.output}
						total={item.clipped?.output}
						loadWhole={() => view.showWhole(turn)}
						isRevealed={isRevealed}
						render={(text) => <ToolOutput item={item} text={text} />}
					/>
				</div>
			)}
			{item.output === undefined && item.status !== "running" && <p className="faint">No output was seen.</p>}
			{item.truncated === true && <Truncated lines={item.observedLines} />}
		</Disclosure>
	);
}

function Label({ item }: { readonly item: ApiToolItem }) {
	const changed = changedLines(item);
	const steps = innerItems(item).length;
	return (
		<>
			<span className={`tool-status is-${item.status}`} title={TOOL_STATUS[item.status]}>
				<span className="hidden">{TOOL_STATUS[item.status]}</span>
			</span>
			<span className="tool-name">{visibleLine(item.name)}</span>
			<span className="tool-summary">
				<Plain text={summaryOf(item)} />
			</span>
			{changed !== undefined && (
				<span className="tool-changed">
					<span className="good">+{changed.added}</span> <span className="bad">−{changed.removed}</span>
				</span>
			)}
			{steps > 0 && <span className="tool-extra">{plural(steps, "step")}</span>}
			{item.status !== "ok" && <span className="tool-extra is-word">{TOOL_STATUS[item.status]}</span>}
			{item.durationMs !== undefined && <span className="tool-time">{formatDuration(item.durationMs)}</span>}
		</>
	);
}
