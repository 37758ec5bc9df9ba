/**
 * Turns of running sessions as they come, of one's own or of the team.
 *
 * What Realtime tells is taken as a knock on the door only; what is shown comes by a query of everything since the last
 * one. A knock that is lost, doubled or late, and a connection that breaks, then cost time and never a turn.
 */
import type { RealtimeChannel, SupabaseClient } from "@supabase/supabase-js";
import type { Row } from "./plan-rows.ts";
import { askSince, beginWatch, takeNews, type WatchPlace } from "./plan-watch.ts";
import { RemoteFailure } from "./remote.ts";
import { failureOf } from "./supabase-remote.ts";

export interface WatchedTurn {
	readonly turn: Row;
	readonly session: Row;
	/** In their order. */
	readonly items: readonly Row[];
}

export interface WatchOptions {
	/** Only this person's; absent: all that may be seen. */
	readonly userId?: string | undefined;
	readonly now: () => number;
	/** Ends the watch. */
	readonly signal: AbortSignal;
	/** The watch has begun, the connection is gone, is there again: said once each time it changes. */
	readonly onConnection?: (isThere: boolean) => void;
}

/** Without any knock: this often. */
const ASK_EVERY_MS = 5_000;
/** After a channel was closed on us. */
const REJOIN_MS = 1_000;
const PAGE = 500;
const TURN = "*, sessions(id, cwd, host, user_name, title, agent)";

/** Throws `RemoteFailure` when nobody is signed in any more, or the project lacks something. */
export async function* watchTurns(
	client: SupabaseClient,
	options: WatchOptions,
): AsyncGenerator<WatchedTurn> {
	const door = new Door(options.signal);
	const listener = new Listener(client, door);
	const ask = connectionTold(options);
	try {
		let place: WatchPlace | undefined;
		while (!options.signal.aborted) {
			await listener.keep();
			const known = place;
			const found = await ask(() =>
				known === undefined ? begin(client, options) : askForNews(client, known, options),
			);
			if (found !== undefined) {
				place = found.place;
				yield* found.news;
			}
			await door.wait(ASK_EVERY_MS);
		}
	} finally {
		await client.removeAllChannels();
	}
}

interface News {
	readonly place: WatchPlace;
	readonly news: readonly WatchedTurn[];
}

async function begin(client: SupabaseClient, options: WatchOptions): Promise<News> {
	const [newest] = check(
		await client
			.from("turns")
			.select("synced_at")
			.order("synced_at", { ascending: false })
			.limit(1)
			.retry(false),
	);
	const moment = typeof newest?.synced_at === "string" ? newest.synced_at : undefined;
	const place = beginWatch(moment, options.now(), []);
	return { place: beginWatch(moment, options.now(), await rowsSince(client, place, options)), news: [] };
}

async function askForNews(client: SupabaseClient, from: WatchPlace, options: WatchOptions): Promise<News> {
	const rows = await rowsSince(client, from, options);
	const { place, news } = takeNews(from, rows);
	const turns: WatchedTurn[] = [];
	for (const row of news) turns.push(await withItems(client, row));
	return { place, news: turns };
}

async function rowsSince(client: SupabaseClient, place: WatchPlace, options: WatchOptions): Promise<Row[]> {
	const rows: Row[] = [];
	for (;;) {
		const query = client.from("turns").select(TURN).gte("synced_at", askSince(place));
		const mine = options.userId === undefined ? query : query.eq("user_id", options.userId);
		const page = mine.order("synced_at").order("session_id").order("seq");
		const part = check(await page.range(rows.length, rows.length + PAGE - 1).retry(false));
		rows.push(...part);
		if (part.length < PAGE) return rows;
	}
}

async function withItems(client: SupabaseClient, row: Row): Promise<WatchedTurn> {
	const { sessions, ...turn } = row;
	const of = client
		.from("items")
		.select("*")
		.eq("session_id", String(turn.session_id))
		.eq("turn_seq", Number(turn.seq));
	const items = check(await of.order("position").retry(false));
	return { turn, session: typeof sessions === "object" && sessions !== null ? (sessions as Row) : {}, items };
}

function check(answer: { readonly data: unknown; readonly error: unknown; readonly status: number }): Row[] {
	if (answer.error === null) return (answer.data ?? []) as Row[];
	throw new RemoteFailure(failureOf(answer.error, answer.status));
}

/** Asks; a failure that will pass is told and waited out. */
function connectionTold({ onConnection }: WatchOptions) {
	let isThere: boolean | undefined;
	const tell = (is: boolean) => {
		if (is !== isThere) onConnection?.(is);
		isThere = is;
	};
	return async <T>(question: () => Promise<T>): Promise<T | undefined> => {
		try {
			const answer = await question();
			tell(true);
			return answer;
		} catch (error) {
			if (!(error instanceof RemoteFailure) || error.verdict !== "retry") throw error;
			tell(false);
			return undefined;
		}
	};
}

/** Somebody may knock while nobody waits: that is remembered. */
class Door {
	#isKnocked = false;
	#open: (() => void) | undefined;
	readonly #signal: AbortSignal;

	constructor(signal: AbortSignal) {
		this.#signal = signal;
		signal.addEventListener("abort", () => this.knock());
	}

	knock(): void {
		this.#isKnocked = true;
		this.#open?.();
	}

	async wait(ms: number): Promise<void> {
		if (!this.#isKnocked && !this.#signal.aborted)
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, ms);
				this.#open = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		this.#isKnocked = false;
	}
}

/** A channel to Realtime; a new one when it was closed on us. */
class Listener {
	readonly #client: SupabaseClient;
	readonly #door: Door;
	#channel: RealtimeChannel | undefined;
	#joined = 0;

	constructor(client: SupabaseClient, door: Door) {
		this.#client = client;
		this.#door = door;
	}

	/** Also hands on a token that was renewed. */
	async keep(): Promise<void> {
		// Before subscribing: a channel that joins without it joins as nobody, and hears nothing.
		await this.#client.realtime.setAuth();
		if (this.#channel !== undefined) return;
		this.#joined += 1;
		const knock = () => this.#door.knock();
		const channel = this.#client.channel(`ctrace-${this.#joined}`);
		this.#channel = channel;
		for (const event of ["INSERT", "UPDATE"] as const)
			channel.on("postgres_changes", { event, schema: "public", table: "turns" }, knock);
		// The server listens from now on: what came until then is asked for.
		channel.on("system", {}, knock);
		channel.subscribe((status) => {
			if (status === "CLOSED" && this.#channel === channel) this.#lose(channel);
		});
	}

	#lose(channel: RealtimeChannel): void {
		this.#channel = undefined;
		void this.#client.removeChannel(channel);
		setTimeout(() => this.#door.knock(), REJOIN_MS).unref();
	}
}
