/** The conversation: turns are made for what is seen, however many there are. */
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import type { TurnOutline } from "../api/types.ts";
import { Failure } from "../parts/notice.tsx";
import { Turn } from "./turn.tsx";
import { useTurns } from "./use-turns.ts";

const OVERSCAN = 3;
/** Whoever is as near to the end follows what comes. */
const NEAR_END_PX = 120;
/** What a turn looks like before it has come: its height is measured once it is there. */
const BARE_TURN_PX = 150;
const TOOL_PX = 38;

export interface TurnListHandle {
	toIndex(index: number): void;
	/** Where it stands may move now: by what opens, or what comes. */
	release(): void;
	readonly element: HTMLElement | null;
}

interface TurnListProps {
	readonly ref: Ref<TurnListHandle>;
	readonly id: string;
	readonly outline: readonly TurnOutline[];
	readonly isRunning: boolean;
	readonly startsAt: number | "end" | undefined;
	readonly onRead: (index: number) => void;
	readonly onShown: () => void;
}

type TurnVirtualizer = Virtualizer<HTMLDivElement, Element>;

export function TurnList({ ref, id, outline, isRunning, startsAt, onRead, onShown }: TurnListProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const list = useVirtualizer<HTMLDivElement, Element>({
		count: outline.length,
		getScrollElement: () => scroller.current,
		estimateSize: (index) => BARE_TURN_PX + (outline[index]?.tools ?? 0) * TOOL_PX,
		getItemKey: (index) => outline[index]?.seq ?? index,
		overscan: OVERSCAN,
	});
	const [chosen, choose] = useChosen(scroller, list, startsAt === "end" ? undefined : startsAt);
	useImperativeHandle(ref, () => ({
		toIndex: (index) => {
			choose(index);
			list.scrollToIndex(index, { align: "start" });
		},
		release: () => choose(undefined),
		element: scroller.current,
	}));
	const shown = list.getVirtualItems();
	const { turns, error } = useTurns(id, outline, shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0);
	useStart(list, startsAt, outline.length);
	useFollow(scroller, list, isRunning);
	const readIndex = chosen ?? indexRead(list);
	useEffect(() => onRead(readIndex), [readIndex, onRead]);
	useEffect(onShown);
	return (
		<div className="turn-scroll" ref={scroller} tabIndex={0} aria-label="Conversation" role="feed">
			<div className="turn-list" style={{ height: list.getTotalSize() }}>
				{shown.map(({ index, key, start }) => {
					const turn = turns.get(outline[index]?.seq ?? -1);
					return (
						<div
							key={key}
							ref={list.measureElement}
							data-index={index}
							className="turn-place"
							style={{ transform: `translateY(${start}px)` }}
						>
							{turn === undefined ? <Coming line={outline[index]} /> : <Turn turn={turn} />}
						</div>
					);
				})}
			</div>
			{error !== undefined && <Failure error={error} />}
		</div>
	);
}

/** A turn of which only the line is known: its prompt stands there already. */
function Coming({ line }: { readonly line: TurnOutline | undefined }) {
	return (
		<article className="turn is-coming" aria-busy="true" aria-label={`Turn ${line?.seq ?? ""}`}>
			<header className="turn-head">
				<span className="turn-number">{line?.seq}</span>
			</header>
			<div className="items">
				<span className="bone" />
				<span className="bone" />
			</div>
		</article>
	);
}

/** Once: where the address leads, or at the end of what still runs. */
function useStart(list: TurnVirtualizer, startsAt: TurnListProps["startsAt"], turns: number): void {
	const isDone = useRef(false);
	useLayoutEffect(() => {
		if (isDone.current || turns === 0) return;
		isDone.current = true;
		if (startsAt === "end") list.scrollToIndex(turns - 1, { align: "end" });
		else if (startsAt !== undefined) list.scrollToIndex(startsAt, { align: "start" });
	});
}

/** Whoever reads the end of a running session goes on reading the end. */
function useFollow(
	scroller: { readonly current: HTMLElement | null },
	list: TurnVirtualizer,
	isRunning: boolean,
): void {
	const isAtEnd = useRef(false);
	const size = list.getTotalSize();
	useEffect(() => {
		const element = scroller.current;
		if (element === null) return;
		const look = () => {
			isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
		};
		look();
		element.addEventListener("scroll", look, { passive: true });
		return () => element.removeEventListener("scroll", look);
	}, [scroller]);
	useLayoutEffect(() => {
		void size;
		const element = scroller.current;
		if (isRunning && isAtEnd.current && element !== null) element.scrollTop = element.scrollHeight;
	}, [scroller, isRunning, size]);
}

/**
 * The turn that somebody was led to. It stays where it is while the turns around it come and take their room, and counts
 * as the one that is read, though near the end it cannot stand at the upper edge: until somebody scrolls by hand.
 */
function useChosen(
	scroller: { readonly current: HTMLElement | null },
	list: TurnVirtualizer,
	first: number | undefined,
) {
	const [chosen, choose] = useState(first);
	const size = list.getTotalSize();
	useEffect(() => {
		const element = scroller.current;
		const forget = () => choose(undefined);
		const events = ["wheel", "touchmove", "pointerdown", "keydown"] as const;
		for (const event of events) element?.addEventListener(event, forget, { passive: true });
		return () => {
			for (const event of events) element?.removeEventListener(event, forget);
		};
	}, [scroller]);
	useLayoutEffect(() => {
		void size;
		if (chosen !== undefined) list.scrollToIndex(chosen, { align: "start" });
	}, [list, chosen, size]);
	return [chosen, choose] as const;
}

/** The turn that is read: the one that stands a third below the upper edge, or the last at the end. */
function indexRead(list: TurnVirtualizer): number {
	const height = list.scrollRect?.height ?? 0;
	const offset = list.scrollOffset ?? 0;
	if (offset + height >= list.getTotalSize() - 2 && offset > 0) return list.options.count - 1;
	const line = offset + Math.min(120, height / 3);
	return list.getVirtualItems().find(({ end }) => end > line)?.index ?? 0;
}
