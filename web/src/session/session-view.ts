/** What the parts of a session's page know in common: what is open, and what somebody was sent to. */
import { createContext, useContext, useMemo, useState } from "react";

/** A place in a session: an item of a turn, counted flat. Without an item: its prompt. */
export interface Place {
	readonly turn: number;
	readonly item?: number;
}

export interface SessionView {
	readonly id: string;
	/** Opened to see what was found there. */
	readonly revealed: Place | undefined;
	readonly areAllOpen: boolean;
	isOpen(key: string): boolean;
	setOpen(key: string, isOpen: boolean): void;
	setAllOpen(isOpen: boolean): void;
	/** Turns that are shown to their last character. */
	isWhole(seq: number): boolean;
	showWhole(seq: number): void;
	/** Absent: there is no recording. */
	readonly replay?: (ms: number) => void;
}

const Context = createContext<SessionView | undefined>(undefined);
export const SessionViewProvider = Context.Provider;

export function useSessionView(): SessionView {
	const view = useContext(Context);
	if (view === undefined) throw new Error("a part of a session's page stands outside of one");
	return view;
}

export function keyOf({ turn, item }: Place): string {
	return `${turn}.${item ?? ""}`;
}

export function useNewSessionView(
	id: string,
	revealed: Place | undefined,
	replay: ((ms: number) => void) | undefined,
): SessionView {
	const [areAllOpen, setAll] = useState(false);
	/** Those that are not as all are. */
	const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
	const [whole, setWhole] = useState<ReadonlySet<number>>(new Set());
	return useMemo(
		() => ({
			id,
			revealed,
			areAllOpen,
			isOpen: (key) => areAllOpen !== others.has(key),
			setOpen: (key, isOpen) =>
				setOthers((known) => (isOpen === areAllOpen ? without(known, key) : new Set(known).add(key))),
			setAllOpen: (isOpen) => {
				setAll(isOpen);
				setOthers(new Set());
			},
			isWhole: (seq) => whole.has(seq),
			showWhole: (seq) => setWhole((known) => new Set(known).add(seq)),
			...(replay === undefined ? {} : { replay }),
		}),
		[id, revealed, areAllOpen, others, whole, replay],
	);
}

function without(known: ReadonlySet<string>, key: string): ReadonlySet<string> {
	const fewer = new Set(known);
	fewer.delete(key);
	return fewer;
}
