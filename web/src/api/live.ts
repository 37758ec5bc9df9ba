/** Listens to the server's events while somebody looks at the page. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { applyLive, type Refresher } from "./apply-live.ts";
import { apiUrl } from "./client.ts";
import type { LiveEvent, LiveEventName } from "./types.ts";

export type LiveState = "connecting" | "live" | "broken" | "paused";

const NAMES: readonly LiveEventName[] = ["hello", "session", "deleted", "turn", "withdrawn", "reload"];
/** A browser opens few connections to one server: a tab that nobody sees gives its own back. */
const UNSEEN_MS = 15_000;
const REFRESH_MS = 1000;
/** After a refusal, which the browser does not get over by itself. */
const AGAIN_MS = 3000;

/** `sessionId`: its turns are told of too. `isReady`: false as long as it is not known whether there is such a session. */
export function useLive(sessionId: string | undefined, isReady: boolean): LiveState {
	const client = useQueryClient();
	const [state, setState] = useState<LiveState>("connecting");
	useEffect(() => {
		if (!isReady) return;
		let connection: EventSource | undefined;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const refresher = createRefresher(client);
		/** The session is gone, or the server cannot tell now: what else changes is told, as soon as it can be. */
		const onEnd = () => {
			timer = setTimeout(() => {
				connection = listen(client, { sessionId: undefined, refresher, setState, onEnd });
			}, AGAIN_MS);
		};
		const open = () => {
			clearTimeout(timer);
			connection ??= listen(client, { sessionId, refresher, setState, onEnd });
		};
		const close = () => {
			connection?.close();
			connection = undefined;
			setState("paused");
		};
		const look = () => {
			if (document.visibilityState === "visible") open();
			else timer = setTimeout(close, UNSEEN_MS);
		};
		look();
		document.addEventListener("visibilitychange", look);
		return () => {
			document.removeEventListener("visibilitychange", look);
			clearTimeout(timer);
			connection?.close();
		};
	}, [client, sessionId, isReady]);
	return state;
}

interface Listening {
	readonly sessionId: string | undefined;
	readonly refresher: Refresher;
	readonly setState: (state: LiveState) => void;
	/** The server refused: the browser does not try again by itself. */
	readonly onEnd: () => void;
}

function listen(client: QueryClient, { sessionId, refresher, setState, onEnd }: Listening): EventSource {
	const source = new EventSource(apiUrl("/live", { session: sessionId }));
	let isFirst = true;
	for (const event of NAMES)
		source.addEventListener(event, (message: MessageEvent<string>) => {
			applyLive(client, { event, data: JSON.parse(message.data) } as LiveEvent, refresher);
			if (event !== "hello") return;
			setState("live");
			// What was on the page when the stream began may have been answered before it.
			if (isFirst) refresher.soon(["outline", "turns", "session", "sessions"]);
			else refresher.all();
			isFirst = false;
		});
	source.addEventListener("error", () => {
		setState("broken");
		if (source.readyState === EventSource.CLOSED) onEnd();
	});
	return source;
}

function createRefresher(client: QueryClient): Refresher {
	const waiting = new Set<string>();
	let _timer: ReturnType<typeof setTimeout> | undefined;
	return {
		soon(keys) {
			for (const key of keys) waiting.add(key);
			_timer ??= setTimeout(() => {
				_timer = undefined;
				for (const key of waiting) void client.invalidateQueries({ queryKey: [key] });
				waiting.clear();
			}, REFRESH_MS);
		},
		all: () => void client.invalidateQueries(),
	};
}
