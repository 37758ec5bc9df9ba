/** What happened in a turn, one item after the other. */
import { countFlat } from "../api/outline-of.ts";
import type { ApiItem } from "../api/types.ts";
import { Boundary } from "../parts/boundary.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { Plain } from "../parts/plain.tsx";
import { formatDuration } from "../text/format.ts";
import { markdownOf } from "../text/painted-text.ts";
import { Disclosure } from "./disclosure.tsx";
import { LongText } from "./long-text.tsx";
import { useSessionView } from "./session-view.ts";
import { ToolCall } from "./tool-call.tsx";

/** Beyond it, Markdown is shown as the text it is. */
const LONGEST_MARKDOWN_CHARS = 60_000;

export interface ItemsProps {
	readonly items: readonly ApiItem[];
	readonly turn: number;
	/** The flat number of the first. */
	readonly first: number;
}

export function Items({ items, turn, first }: ItemsProps) {
	let number = first;
	return items.map((item) => {
		const own = number;
		number += countFlat(item);
		return (
			<div key={own} className={`item is-${item.kind}`} data-item={own}>
				<Boundary fallback={<p className="bad">This part cannot be shown here. Exports have it.</p>}>
					<Item item={item} turn={turn} number={own} />
				</Boundary>
			</div>
		);
	});
}

export interface ItemProps<Of extends ApiItem = ApiItem> {
	readonly item: Of;
	readonly turn: number;
	readonly number: number;
}

type OfKind<Kind extends ApiItem["kind"]> = Extract<ApiItem, { readonly kind: Kind }>;

function Item({ item, turn, number }: ItemProps) {
	switch (item.kind) {
		case "assistant":
			return <Answer item={item} turn={turn} number={number} />;
		case "thinking":
			return <Thinking item={item} turn={turn} number={number} />;
		case "tool":
			return <ToolCall item={item} turn={turn} number={number} />;
		case "permission":
			return <Permission item={item} turn={turn} number={number} />;
		case "notice":
			return <NoticeItem item={item} turn={turn} number={number} />;
	}
}

function Answer({ item, turn }: ItemProps<OfKind<"assistant">>) {
	const view = useSessionView();
	if (item.text.length > LONGEST_MARKDOWN_CHARS || item.clipped?.text !== undefined)
		return (
			<LongText
				text={item.text}
				total={item.clipped?.text}
				loadWhole={() => view.showWhole(turn)}
				render={(text) =>
					text.length > LONGEST_MARKDOWN_CHARS ? (
						<pre className="output">
							<Plain text={text} />
						</pre>
					) : (
						<Markdown text={asMarkdown(item, text)} />
					)
				}
			/>
		);
	return (
		<Boundary
			fallback={
				<pre className="output">
					<Plain text={item.text} />
				</pre>
			}
		>
			<Markdown text={asMarkdown(item, item.text)} />
		</Boundary>
	);
}

function asMarkdown({ source }: { readonly source: string }, text: string): string {
	return source === "terminal" ? markdownOf(text) : text;
}

function Thinking({ item, turn, number }: ItemProps<OfKind<"thinking">>) {
	const view = useSessionView();
	return (
		<Disclosure place={{ turn, item: number }} className="thinking" label={<>Thinking</>}>
			<LongText
				text={item.text}
				total={item.clipped?.text}
				loadWhole={() => view.showWhole(turn)}
				isRevealed
				render={(text) => (
					<p className="thinking-text" dir="auto">
						<Plain text={text} />
					</p>
				)}
			/>
		</Disclosure>
	);
}

/** Kept in the words of the dialog: the first option says yes, and the last one no, in every version. */
function isRefusal(choice: string): boolean {
	return !/^\W*yes\b/i.test(choice);
}

function Permission({ item }: ItemProps<OfKind<"permission">>) {
	const { choice, decisionMs } = item;
	return (
		<div className="permission">
			<span className="permission-sign" aria-hidden="true">
				?
			</span>
			<div>
				<p className="permission-question">
					<span className="hidden">Permission: </span>
					<Plain text={item.question} />
				</p>
				{choice === undefined ? (
					<p className="faint">
						not answered{item.options.length > 0 && ": it was dismissed, or is still open"}
					</p>
				) : (
					<p className={isRefusal(choice) ? "permission-choice bad" : "permission-choice good"}>
						<Plain text={choice} />
						{decisionMs !== undefined && <span className="faint"> after {formatDuration(decisionMs)}</span>}
					</p>
				)}
			</div>
		</div>
	);
}

function NoticeItem({ item, turn }: ItemProps<OfKind<"notice">>) {
	const view = useSessionView();
	return (
		<div className="notice-item">
			<LongText text={item.text} total={item.clipped?.text} loadWhole={() => view.showWhole(turn)} />
			{item.truncated === true && <Truncated lines={item.observedLines} />}
		</div>
	);
}

export function Truncated({ lines }: { readonly lines: number | undefined }) {
	return (
		<p className="faint">
			Part of this was never seen{lines === undefined ? "" : `: there were ${lines} lines`}.
		</p>
	);
}
