// What another process writes is on the page while it happens.
import { get, type IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import type { LiveEvent } from "../../src/web/api/live.ts";
import { liveEvents } from "../../src/web/api/live.ts";
import { API_ROOT } from "../../src/web/api/routes.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeSession, makeTurn } from "../support/stored-session.ts";
import { TOKEN, type WebScene, webScene } from "./web-scene.ts";

/** The stream's events as they come; each is held to its shape. */
async function* listen(web: WebScene, query = ""): AsyncGenerator<LiveEvent> {
	const response = await new Promise<IncomingMessage>((resolve, reject) => {
		const headers = { authorization: `Bearer ${TOKEN}` };
		get(
			{ host: "127.0.0.1", port: web.port, path: `${API_ROOT}/live${query}`, headers, agent: false },
			resolve,
		).on("error", reject);
	});
	expect(response.headers["content-type"]).toBe("text/event-stream");
	let text = "";
	try {
		for await (const piece of response) {
			text += String(piece);
			for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
				const event = readEvent(text.slice(0, end));
				text = text.slice(end + 2);
				if (event !== undefined) yield event;
			}
		}
	} finally {
		response.destroy();
	}
}

function readEvent(block: string): LiveEvent | undefined {
	const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
	const [event, data] = [field("event"), field("data")];
	if (event === undefined || data === undefined) return undefined;
	const shape = liveEvents[event as keyof typeof liveEvents];
	return { event, data: shape.parse(JSON.parse(data)) } as LiveEvent;
}

async function next(stream: AsyncGenerator<LiveEvent>, event: LiveEvent["event"]): Promise<unknown> {
	for (;;) {
		const { value, done } = await stream.next();
		if (done === true) throw new Error(`the stream ended before ${event}`);
		if (value.event === event) return value.data;
	}
}

const running = (seq: number, text: string) =>
	markMasked(makeTurn(seq, { status: "running", items: [answer(text)] }));

describe("the live stream", () => {
	test("of a session that is not there does not begin: it is answered, and is no failure of ours", async () => {
		await using web = await webScene();
		addSession(web.scene, {}, [makeTurn(1)]);
		const { status, body } = await web.ask("/live?session=01990000-0000-7000-8000-000000000000");
		expect([status, JSON.parse(body).error.code]).toEqual([404, "not-found"]);
		expect((await web.ask("/live?session=undefined")).status).toBe(400);
		expect(web.failures).toEqual([]);
	});

	test("begins with what runs, and tells of sessions that begin, change and are deleted", async () => {
		await using web = await webScene();
		const runs = addSession(web.scene, {}, [makeTurn(1)]);
		addSession(web.scene, { status: "complete" });
		const stream = listen(web);
		expect(await next(stream, "hello")).toMatchObject({ running: [{ id: runs }] });
		const id = web.scene.ids();
		web.other.beginSession(markMasked(makeSession(id)), { pid: 1 });
		expect(await next(stream, "session")).toMatchObject({ session: { id, status: "running", turns: 0 } });
		web.other.saveTurn(id, markMasked(makeTurn(1)));
		expect(await next(stream, "session")).toMatchObject({ session: { id, turns: 1 } });
		web.other.updateSession(id, markMasked({ status: "complete" as const, title: "done" }));
		expect(await next(stream, "session")).toMatchObject({
			session: { id, status: "complete", title: "done" },
		});
		web.other.deleteSession(id);
		expect(await next(stream, "deleted")).toEqual({ id });
		await stream.return(undefined);
	});

	test("tells every change of the turns of the session that is looked at, and of no other", async () => {
		await using web = await webScene();
		const [id, beside] = [addSession(web.scene, {}, [makeTurn(1)]), addSession(web.scene)];
		const stream = listen(web, `?session=${id}`);
		await next(stream, "hello");
		web.other.saveTurn(beside, markMasked(makeTurn(1)));
		web.other.saveTurn(id, running(2, "hel"));
		expect(await next(stream, "turn")).toMatchObject({ sessionId: id, turn: { seq: 2, revision: 1 } });
		web.other.saveTurn(id, markMasked(makeTurn(2, { items: [answer("hello")] })));
		expect(await next(stream, "turn")).toMatchObject({
			turn: { seq: 2, status: "complete", items: [{ text: "hello" }] },
		});
		web.other.withdrawTurn(id, 2);
		expect(await next(stream, "withdrawn")).toEqual({ sessionId: id, seq: 2 });
		await stream.return(undefined);
	});

	test("what our own page deletes is told to every page", async () => {
		await using web = await webScene();
		const id = addSession(web.scene);
		const stream = listen(web);
		await next(stream, "hello");
		await web.ask(`/sessions/${id}`, { method: "DELETE" });
		expect(await next(stream, "deleted")).toEqual({ id });
		await stream.return(undefined);
	});

	test("a session whose recorder is gone stops running before anybody asks", async () => {
		let isGone = false;
		const scenes: WebScene[] = [];
		const closeAbandoned = () =>
			isGone && (scenes[0]?.scene.store.closeAbandoned(() => false) ?? []).length > 0;
		await using web = await webScene({ closeAbandoned });
		scenes.push(web);
		const id = addSession(web.scene, {}, [running(1, "x") as never]);
		const stream = listen(web);
		await next(stream, "hello");
		isGone = true;
		expect(await next(stream, "session")).toMatchObject({ session: { id, status: "lost" } });
		await stream.return(undefined);
	});

	test("an import of very many sessions is told as one", async () => {
		await using web = await webScene();
		const stream = listen(web);
		await next(stream, "hello");
		web.other.transaction(() => {
			for (let n = 0; n < 250; n += 1)
				web.other.beginSession(markMasked(makeSession(web.scene.ids())), { pid: 1 });
		});
		expect(await next(stream, "reload")).toEqual({});
		await stream.return(undefined);
	});

	test("the server ends while somebody listens", async () => {
		const web = await webScene();
		const stream = listen(web);
		await next(stream, "hello");
		const ended = stream.next().catch(() => ({ done: true }));
		await web[Symbol.asyncDispose]();
		expect(await ended).toMatchObject({ done: true });
		expect(web.failures).toEqual([]);
	});
});
