/**
 * A stand-in for Supabase Realtime, as far as database changes go: the Phoenix channel protocol (versions 1 and 2) in
 * front of a real logical replication slot.
 *
 * As with the real server: the slot is there from the first subscription on, and costs nothing before; a subscription is
 * confirmed before it listens, and the `system` message says when it does; a row that is gone before its change is read
 * is never told; an expired token closes the channel.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { WebSocketServer } from "ws";
import { Channel, type ChannelMessage } from "./channel.ts";
import { type Change, PgOutputDecoder } from "./pgoutput.ts";
import { isAsked } from "./subscription.ts";
import { showChange } from "./visible-change.ts";

const POLL_MS = 20;
const PUBLICATION = "supabase_realtime";

export interface Realtime {
	readonly upgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
	/** Cuts every connection, as a network does. */
	readonly dropConnections: () => void;
	readonly stop: () => Promise<void>;
}

export async function startRealtime(uri: string, keys: ReadonlyMap<string, string>): Promise<Realtime> {
	const feed = new pg.Client({ connectionString: uri });
	const asking = new pg.Client({ connectionString: uri });
	await Promise.all([feed.connect(), asking.connect()]);
	for (const client of [feed, asking]) client.on("error", () => undefined); // the database is dropped at the end
	const channels = new Set<Channel>();
	const sockets = new WebSocketServer({ noServer: true });
	let isStopped = false;
	let opened: Promise<string> | undefined;
	let polling: Promise<void> | undefined;
	/** Resolves when no change of later on can be missed any more. */
	const openFeed = async () => {
		opened ??= createSlot(feed);
		const slot = await opened;
		polling ??= follow({ feed, slot, isStopped: () => isStopped }, (change) =>
			tell(asking, channels, change),
		);
	};
	return {
		upgrade: (request, socket, head) => {
			const url = new URL(request.url ?? "/", "http://127.0.0.1");
			const token = keys.get(url.searchParams.get("apikey") ?? "");
			if (!url.pathname.startsWith("/realtime/v1/websocket") || token === undefined) {
				socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
				return;
			}
			sockets.handleUpgrade(request, socket, head, (webSocket) =>
				serveSocket(webSocket, {
					vsn: url.searchParams.get("vsn") ?? "1.0.0",
					token,
					channels,
					asking,
					openFeed,
				}),
			);
		},
		dropConnections: () => {
			for (const client of sockets.clients) client.terminate();
		},
		stop: async () => {
			isStopped = true;
			for (const client of sockets.clients) client.terminate();
			await polling?.catch(() => undefined);
			await Promise.all([feed.end(), asking.end()].map((ending) => ending.catch(() => undefined)));
		},
	};
}

async function createSlot(feed: pg.Client): Promise<string> {
	const slot = `realtime_${randomUUID().replaceAll("-", "")}`;
	await feed.query("select pg_create_logical_replication_slot($1, 'pgoutput', true)", [slot]);
	return slot;
}

async function follow(
	source: { readonly feed: pg.Client; readonly slot: string; readonly isStopped: () => boolean },
	take: (change: Change) => Promise<void>,
): Promise<void> {
	const decoder = new PgOutputDecoder();
	while (!source.isStopped()) {
		const { rows } = await source.feed.query<{ data: Buffer }>(
			"select data from pg_logical_slot_get_binary_changes($1, null, 1000, 'proto_version', '1', 'publication_names', $2)",
			[source.slot, PUBLICATION],
		);
		for (const { data } of rows) {
			const change = decoder.decode(data);
			if (change !== undefined) await take(change);
		}
		if (rows.length === 0) await wait(POLL_MS);
	}
}

async function tell(asking: pg.Client, channels: ReadonlySet<Channel>, change: Change): Promise<void> {
	for (const channel of channels) {
		const asked = channel.listening().filter((subscription) => isAsked(subscription, change));
		if (asked.length === 0) continue;
		const data = await showChange(asking, change, channel.claims);
		if (data !== undefined)
			channel.push("postgres_changes", { ids: asked.map(({ id }) => id), data }, { isUnasked: true });
	}
}

interface SocketFacts {
	readonly vsn: string;
	/** What the key of the project stands for. */
	readonly token: string;
	readonly channels: Set<Channel>;
	readonly asking: pg.Client;
	readonly openFeed: () => Promise<void>;
}

interface ServedSocket {
	on(event: "message", listener: (data: Buffer) => void): void;
	on(event: "close" | "error", listener: () => void): void;
	send(text: string): void;
	readonly readyState: number;
}

const OPEN = 1;

function serveSocket(socket: ServedSocket, facts: SocketFacts): void {
	const mine = new Map<string, Channel>();
	const isV2 = facts.vsn.startsWith("2");
	const send = (message: ChannelMessage) => {
		const { join_ref, ref, topic, event, payload } = message;
		const told = isV2 ? [join_ref, ref, topic, event, payload] : message;
		if (socket.readyState === OPEN) socket.send(JSON.stringify(told));
	};
	const drop = (channel: Channel) => {
		channel.close();
		mine.delete(channel.topic);
		facts.channels.delete(channel);
	};
	socket.on("error", () => undefined);
	socket.on("close", () => [...mine.values()].forEach(drop));
	const reply = (message: ChannelMessage, status: "ok" | "error", response: object) =>
		send({ ...message, event: "phx_reply", payload: { status, response } });
	const join = (message: ChannelMessage) => {
		const joined = Channel.join(message, { token: facts.token, send, onClose: drop });
		if ("error" in joined) return reply(message, "error", { reason: joined.error });
		mine.set(message.topic, joined);
		facts.channels.add(joined);
		const postgres_changes = joined.subscriptions.map(({ params, id }) => ({ ...params, id }));
		reply(message, "ok", { postgres_changes });
		if (postgres_changes.length > 0)
			void facts.openFeed().then(
				() => joined.listen(facts.asking, PUBLICATION),
				() => drop(joined),
			);
	};
	socket.on("message", (data) => {
		const message = readMessage(data.toString());
		if (message.topic === "phoenix") return reply(message, "ok", {});
		const known = mine.get(message.topic);
		const isJoin = message.event === "phx_join";
		if (known !== undefined && (isJoin || message.event === "phx_leave")) drop(known);
		if (isJoin) return join(message);
		if (known === undefined) return reply(message, "error", { reason: "unmatched topic" });
		if (message.event === "access_token") known.renew(message.payload.access_token);
		if (message.event !== "phx_leave") return;
		reply(message, "ok", {});
		known.push("phx_close", {});
	});
}

function readMessage(text: string): ChannelMessage {
	const told = JSON.parse(text);
	if (!Array.isArray(told)) return told;
	const [join_ref, ref, topic, event, payload] = told;
	return { join_ref, ref, topic, event, payload };
}
