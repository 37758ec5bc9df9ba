/** Puts what the live stream tells into the answers that are on the page already. */
import type { QueryClient } from "@tanstack/react-query";
import { outlineOf } from "./outline-of.ts";
import { TURN_PAGE } from "./queries.ts";
import type {
	ApiTurn,
	LiveEvent,
	OutlineAnswer,
	SessionAnswer,
	SessionSummary,
	SessionsAnswer,
	TurnsAnswer,
} from "./types.ts";

export const RUNNING_KEY = ["running"] as const;

/** Asks anew for what is on the page, but not more often than it is worth. */
export interface Refresher {
	soon(keys: readonly string[]): void;
	/** Everything, at once. */
	all(): void;
}

export function applyLive(client: QueryClient, told: LiveEvent, refresh: Refresher): void {
	switch (told.event) {
		case "hello":
			client.setQueryData(RUNNING_KEY, told.data.running);
			break;
		case "session":
			applySession(client, told.data.session, refresh);
			break;
		case "deleted":
			forgetRunning(client, told.data.id);
			refresh.soon(["sessions", "facets", "search", "settings"]);
			break;
		case "turn":
			applyTurn(client, told.data, refresh);
			break;
		case "withdrawn":
			applyWithdrawn(client, told.data);
			break;
		case "reload":
			refresh.all();
			break;
	}
}

function applySession(client: QueryClient, session: SessionSummary, refresh: Refresher): void {
	if (session.status === "running")
		client.setQueryData<readonly SessionSummary[]>(RUNNING_KEY, (running = []) => [
			...running.filter(({ id }) => id !== session.id),
			session,
		]);
	else forgetRunning(client, session.id);
	let isListed = false;
	client.setQueriesData<SessionsAnswer>({ queryKey: ["sessions"] }, (page) => {
		if (page === undefined || !page.sessions.some(({ id }) => id === session.id)) return page;
		isListed = true;
		return { ...page, sessions: page.sessions.map((one) => (one.id === session.id ? session : one)) };
	});
	client.setQueryData<SessionAnswer>(["session", session.id], (known) =>
		known === undefined ? known : { session: { ...known.session, ...session } },
	);
	refresh.soon(isListed ? ["facets"] : ["sessions", "facets", "settings"]);
	// What only the head knows (the command's end, the recording) comes with the end.
	if (session.status !== "running") refresh.soon(["session"]);
}

function forgetRunning(client: QueryClient, gone: string): void {
	client.setQueryData<readonly SessionSummary[]>(RUNNING_KEY, (running = []) =>
		running.filter(({ id }) => id !== gone),
	);
}

function applyTurn(
	client: QueryClient,
	{ sessionId, turn }: { readonly sessionId: string; readonly turn: ApiTurn },
	refresh: Refresher,
): void {
	const outline = client.getQueryData<OutlineAnswer>(["outline", sessionId]);
	if (outline === undefined) return;
	const isKnown = outline.turns.some(({ seq }) => seq === turn.seq);
	// A turn that only the transcript knew is put between others: pages begin elsewhere then.
	if (!isKnown && turn.seq < (outline.turns.at(-1)?.seq ?? -1)) {
		refresh.soon(["outline", "turns"]);
		return;
	}
	const line = outlineOf(turn);
	const turns = isKnown
		? outline.turns.map((one) => (one.seq === turn.seq ? line : one))
		: [...outline.turns, line];
	client.setQueryData<OutlineAnswer>(["outline", sessionId], { ...outline, turns });
	client.setQueriesData<TurnsAnswer>({ queryKey: ["turns", sessionId] }, (page) =>
		page === undefined ? page : withTurn(page, turn),
	);
}

function withTurn(page: TurnsAnswer, turn: ApiTurn): TurnsAnswer {
	if (page.turns.some(({ seq }) => seq === turn.seq))
		return { ...page, turns: page.turns.map((one) => (one.seq === turn.seq ? turn : one)) };
	const isNext = !page.hasAfter && page.turns.length < TURN_PAGE && turn.seq > (page.turns.at(-1)?.seq ?? -1);
	return isNext ? { ...page, turns: [...page.turns, turn], total: page.total + 1 } : page;
}

function applyWithdrawn(
	client: QueryClient,
	{ sessionId, seq: gone }: { readonly sessionId: string; readonly seq: number },
): void {
	client.setQueryData<OutlineAnswer>(["outline", sessionId], (outline) =>
		outline === undefined ? outline : { ...outline, turns: outline.turns.filter(({ seq }) => seq !== gone) },
	);
	client.setQueriesData<TurnsAnswer>({ queryKey: ["turns", sessionId] }, (page) =>
		page === undefined ? page : { ...page, turns: page.turns.filter(({ seq }) => seq !== gone) },
	);
}
