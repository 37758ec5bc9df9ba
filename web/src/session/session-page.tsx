/** One session: the conversation, its outline, where the time went, and the recording beside it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, type Ref, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { outlineQuery, sessionQuery, settingsQuery } from "../api/queries.ts";
import type { SessionHead as Head, OutlineAnswer } from "../api/types.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Failure, Loading, Notice } from "../parts/notice.tsx";
import { useNow } from "../parts/use-now.ts";
import { titleOf } from "../sessions/title-of.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { FindBar, useFound } from "./find-bar.tsx";
import { markFound } from "./mark-found.ts";
import { Outline } from "./outline.tsx";
import type { RecordingHandle } from "./recording.tsx";
import { SessionHead } from "./session-head.tsx";
import { keyOf, SessionViewProvider, useNewSessionView } from "./session-view.ts";
import { ShareDialog } from "./share-dialog.tsx";
import { sumDurations, TimeBar } from "./time-bar.tsx";
import { TurnList, type TurnListHandle } from "./turn-list.tsx";
import "../styles/session.css";
import "../styles/text.css";

const LOOK_MS = 60;
const REVEAL_MS = 5000;

const Recording = lazy(() => import("./recording.tsx").then((module) => ({ default: module.Recording })));

export function SessionPage() {
	const { id } = useParams({ from: "/sessions/$id" });
	const session = useQuery(sessionQuery(id));
	const outline = useQuery(outlineQuery(id));
	const error = session.error ?? outline.error;
	if (error !== null)
		return (
			<Failure
				error={error}
				onRetry={() => {
					void session.refetch();
					void outline.refetch();
				}}
			/>
		);
	if (session.data === undefined || outline.data === undefined) return <Loading what="Opening the session" />;
	return <Opened key={id} session={session.data.session} outline={outline.data} />;
}

interface OpenedProps {
	readonly session: Head;
	readonly outline: OutlineAnswer;
}

function Opened({ session, outline: { turns } }: OpenedProps) {
	const { data: settings } = useSuspenseQuery(settingsQuery);
	const list = useRef<TurnListHandle>(null);
	const recording = useRef<RecordingHandle>(null);
	const [dialog, setDialog] = useState<"delete" | "share">();
	const [read, setRead] = useState(0);
	const [isReplaying, setReplaying] = useState(session.hasRecording && innerWidth > 1280);
	const go = useTurnAddress(turns, list);
	const replay = useCallback((ms: number) => {
		setReplaying(true);
		// It may have to come into being first.
		requestAnimationFrame(() => recording.current?.seek(ms));
	}, []);
	const find = useFind(session.id);
	const view = useNewSessionView(session.id, find.place, session.hasRecording ? replay : undefined);
	useReveal(find, view, { list, turns });
	const durations = useMemo(() => sumDurations(turns), [turns]);
	const now = useNow(1000, session.status === "running");
	useEffect(() => {
		document.title = `${titleOf(session)} · ctrace`;
	}, [session]);
	useSessionKeys({ find, view, read, turns, go });
	const mark = useCallback(
		() =>
			markFound(list.current?.element ?? null, find.q, elementOf(list.current?.element ?? null, find.place)),
		[find.q, find.place],
	);
	useEffect(mark, [mark]);
	return (
		<SessionViewProvider value={view}>
			<div className={`session-page ${isReplaying ? "is-replaying" : ""}`}>
				<SessionHead
					session={session}
					can={settings.can}
					now={now}
					isReplaying={isReplaying}
					onFind={find.open}
					onReplay={() => setReplaying(!isReplaying)}
					onShare={() => setDialog("share")}
					onDelete={() => setDialog("delete")}
				/>
				<TimeBar durations={durations} />
				{find.isOpen && <FindBar {...find.bar} />}
				<Outline turns={turns} current={read} onChoose={go} />
				{turns.length === 0 ? (
					<NoTurns session={session} />
				) : (
					<TurnList
						ref={list}
						id={session.id}
						outline={turns}
						isRunning={session.status === "running"}
						startsAt={startOf(turns, session)}
						onRead={setRead}
						onShown={mark}
					/>
				)}
				{isReplaying && <Beside ref={recording} id={session.id} turns={turns} list={list} />}
			</div>
			{dialog === "delete" && <DeleteDialog session={session} onClose={() => setDialog(undefined)} />}
			{dialog === "share" && (
				<ShareDialog id={session.id} can={settings.can} onClose={() => setDialog(undefined)} />
			)}
		</SessionViewProvider>
	);
}

interface BesideProps {
	readonly ref: Ref<RecordingHandle>;
	readonly id: string;
	readonly turns: Turns;
	readonly list: ListRef;
}

function Beside({ ref, id, turns, list }: BesideProps) {
	const follow = useCallback(
		(seq: number) => list.current?.toIndex(turns.findIndex((turn) => turn.seq === seq)),
		[list, turns],
	);
	return (
		<aside className="beside" aria-label="Recording">
			<Suspense fallback={<Loading what="Loading the player" />}>
				<Recording ref={ref} id={id} turns={turns} onTurn={follow} />
			</Suspense>
		</aside>
	);
}

type Turns = OutlineAnswer["turns"];
type ListRef = { readonly current: TurnListHandle | null };

function NoTurns({ session }: { readonly session: Head }) {
	return (
		<Notice title={session.status === "running" ? "No turn yet" : "This session has no turns"}>
			<p>
				{session.status === "running"
					? "The first prompt appears here as soon as it is sent."
					: "Nothing was asked, or what it ran has no turns."}
			</p>
		</Notice>
	);
}

function seqOf(hash: string): number | undefined {
	const seq = /^turn-(\d+)$/.exec(hash)?.[1];
	return seq === undefined ? undefined : Number(seq);
}

function startOf(turns: Turns, session: Head): number | "end" | undefined {
	const seq = seqOf(location.hash.slice(1));
	if (seq !== undefined)
		return Math.max(
			0,
			turns.findIndex((turn) => turn.seq === seq),
		);
	return session.status === "running" ? "end" : undefined;
}

/** Each turn has an address of its own: a changed one leads there. */
function useTurnAddress(turns: Turns, list: ListRef): (seq: number) => void {
	const { hash } = useLocation();
	const navigate = useNavigate();
	const known = useRef(turns);
	known.current = turns;
	const toSeq = useCallback(
		(seq: number) => {
			const index = known.current.findIndex((turn) => turn.seq === seq);
			if (index >= 0) list.current?.toIndex(index);
		},
		[list],
	);
	useEffect(() => {
		const seq = seqOf(hash);
		if (seq !== undefined) toSeq(seq);
	}, [hash, toSeq]);
	return useCallback(
		(seq: number) => {
			void navigate({ to: ".", search: true, hash: `turn-${seq}`, replace: true });
			// The address may be the same as before.
			toSeq(seq);
		},
		[navigate, toSeq],
	);
}

type Find = ReturnType<typeof useFind>;
type View = ReturnType<typeof useNewSessionView>;

function useFind(id: string) {
	const { find: wanted = "" } = useSearch({ from: "/sessions/$id" });
	const navigate = useNavigate();
	const input = useRef<HTMLInputElement>(null);
	const [isOpen, setOpen] = useState(wanted !== "");
	const [text, setText] = useState(wanted);
	const [at, setAt] = useState<number>();
	const q = isOpen ? text : "";
	const { found, isAsking } = useFound(id, q);
	const places = found?.places ?? [];
	/** Without a step: the first place in the turn that the address leads to. */
	const first = Math.max(
		0,
		places.findIndex(({ turn }) => turn === seqOf(location.hash.slice(1))),
	);
	const index = Math.min(at ?? first, Math.max(0, places.length - 1));
	const place = places[index];
	const step = (by: number) => {
		if (places.length > 0) setAt((index + by + places.length) % places.length);
	};
	const close = () => {
		setOpen(false);
		void navigate({ to: ".", search: {}, hash: true, replace: true });
	};
	return {
		q,
		isOpen,
		place,
		step,
		open: () => {
			setOpen(true);
			input.current?.focus();
			input.current?.select();
		},
		bar: {
			ref: input,
			text,
			onText: (typed: string) => {
				setText(typed);
				setAt(undefined);
			},
			found,
			isAsking,
			at: index,
			onStep: step,
			onClose: close,
		},
	};
}

/** What was found is opened, and scrolled to. */
function useReveal(
	{ place }: Find,
	view: View,
	{ list, turns }: { readonly list: ListRef; readonly turns: Turns },
): void {
	const current = useRef({ view, turns });
	current.current = { view, turns };
	useEffect(() => {
		if (place === undefined) return;
		const { view: now, turns: known } = current.current;
		if (place.item !== undefined) now.setOpen(keyOf({ turn: place.turn, item: place.item }), true);
		const index = known.findIndex(({ seq }) => seq === place.turn);
		if (index >= 0) list.current?.toIndex(index);
		// The turn may have to come first.
		const began = Date.now();
		const timer = setInterval(() => {
			const element = elementOf(list.current?.element ?? null, place);
			if (element === null && Date.now() - began < REVEAL_MS) return;
			clearInterval(timer);
			list.current?.release();
			element?.scrollIntoView({ block: "nearest" });
		}, LOOK_MS);
		return () => clearInterval(timer);
	}, [place, list]);
}

function elementOf(root: HTMLElement | null, place: Find["place"]): HTMLElement | null {
	if (root === null || place === undefined) return null;
	const turn = root.querySelector<HTMLElement>(`[data-turn="${place.turn}"]`);
	if (place.item === undefined) return turn?.querySelector<HTMLElement>(".prompt") ?? null;
	return turn?.querySelector<HTMLElement>(`[data-item="${place.item}"]`) ?? turn ?? null;
}

interface Keys {
	readonly find: Find;
	readonly view: View;
	readonly read: number;
	readonly turns: Turns;
	readonly go: (seq: number) => void;
}

function useSessionKeys({ find, view, read, turns, go }: Keys): void {
	const navigate = useNavigate();
	const to = (index: number) => {
		const turn = turns[Math.min(turns.length - 1, Math.max(0, index))];
		if (turn !== undefined) go(turn.seq);
	};
	useShortcuts({
		"/": find.open,
		j: () => to(read + 1),
		k: () => to(read - 1),
		g: () => to(0),
		G: () => to(turns.length - 1),
		n: () => find.step(1),
		p: () => find.step(-1),
		e: () => view.setAllOpen(!view.areAllOpen),
		u: () => void navigate({ to: "/" }),
	});
}
