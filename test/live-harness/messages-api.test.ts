import { describe, expect, it } from "vitest";
import { MessagesApi } from "../live/messages-api/server.ts";
import { bash, fail, type Reply, say, text, thinking, tool } from "../live/scenario.ts";

const TOOLS = ["Bash", "Read", "Edit", "Agent", "Grep"].map((name) => ({ name }));

function ask(api: MessagesApi, prompt: string, more: Record<string, unknown> = {}): Promise<Response> {
	const messages = [{ role: "user", content: prompt }];
	return post(api, "/v1/messages?beta=true", { model: "m", stream: true, tools: TOOLS, messages, ...more });
}

function post(api: MessagesApi, path: string, body: unknown): Promise<Response> {
	return fetch(`${api.url}${path}`, { method: "POST", body: JSON.stringify(body) });
}

async function events(response: Response): Promise<Record<string, unknown>[]> {
	const lines = (await response.text()).split("\n").filter((line) => line.startsWith("data: "));
	return lines.map((line) => JSON.parse(line.slice("data: ".length)));
}

async function streamedText(response: Response): Promise<string> {
	return (await events(response)).map((event) => (event.delta as { text?: string })?.text ?? "").join("");
}

const quick = (reply: Reply): Reply => ({ ...reply, delayMs: 0 });

describe("the scripted Messages API", () => {
	it("streams thinking, text and tool calls as the real one does", async () => {
		await using api = await MessagesApi.start([
			{ ...quick(say(thinking("hm"), text("A bee 🐝 flew."), bash("ls", "List"))), chunk: 7 },
		]);
		const all = await events(await ask(api, "hello"));
		expect(all.map((event) => event.type).filter((type) => type !== "content_block_delta")).toEqual([
			"message_start",
			...Array.from({ length: 3 }, () => ["content_block_start", "content_block_stop"]).flat(),
			"message_delta",
			"message_stop",
		]);
		const deltas = all.map((event) => event.delta as Record<string, string> | undefined);
		expect(deltas.map((delta) => delta?.text ?? "").join("")).toBe("A bee 🐝 flew.");
		expect(JSON.parse(deltas.map((delta) => delta?.partial_json ?? "").join(""))).toMatchObject({
			command: "ls",
		});
		expect(all.at(-2)).toMatchObject({ delta: { stop_reason: "tool_use" } });
		expect(all[0]).toMatchObject({ message: { usage: { cache_read_input_tokens: 7000 } } });
		expect(api.sentCharacters).toBeGreaterThan("A bee flew.".length);
	});

	it("plays replies in order, and where the words match out of order", async () => {
		await using api = await MessagesApi.start([
			quick(say("first")),
			quick({ ...say("about frogs"), when: "frogs" }),
			quick(say("second")),
		]);
		expect(await streamedText(await ask(api, "any frogs?"))).toBe("about frogs");
		expect(await streamedText(await ask(api, "one"))).toBe("first");
		expect(await streamedText(await ask(api, "two"))).toBe("second");
		expect(api.script).toMatchObject({ ranOut: 0, left: 0 });
		await ask(api, "three");
		expect(api.script.ranOut).toBe(1);
	});

	it("answers side requests without touching the script", async () => {
		await using api = await MessagesApi.start([quick(say("the real answer"))]);
		const title = await ask(api, "Write a title", { tools: [], stream: false });
		expect(await title.json()).toMatchObject({ content: [{ type: "text" }], stop_reason: "end_turn" });
		await ask(api, "[SUGGESTION MODE: what next?]");
		await ask(api, "Warmup");
		expect(await streamedText(await ask(api, "hello"))).toBe("the real answer");
		expect(api.served.map((request) => request.side)).toEqual([true, true, true, false]);
	});

	it("gives a side request only a reply that is meant for such", async () => {
		await using api = await MessagesApi.start([
			quick({ ...say("for the conversation"), when: "beds" }),
			quick({ ...say("a summary"), when: "summarise", isAside: true, repeat: true }),
		]);
		const aside = { tools: [] };
		expect(await streamedText(await ask(api, "output: beds", aside))).not.toBe("for the conversation");
		expect(await streamedText(await ask(api, "summarise", aside))).toBe("a summary");
		expect(await streamedText(await ask(api, "summarise"))).toBe("a summary");
	});

	it("fails as scripted and then goes on", async () => {
		await using api = await MessagesApi.start([
			fail(529, "overloaded_error", "Overloaded"),
			quick(say("now")),
		]);
		const failed = await ask(api, "try");
		expect(failed.status).toBe(529);
		expect(await failed.json()).toMatchObject({ error: { type: "overloaded_error" } });
		expect(await streamedText(await ask(api, "try"))).toBe("now");
	});

	it("says a renamed tool by the name that the version offers", async () => {
		await using api = await MessagesApi.start([quick(say(tool("Task", { prompt: "count" })))]);
		const started = (await events(await ask(api, "go"))).find(
			(event) => event.type === "content_block_start",
		);
		expect(started).toMatchObject({ content_block: { name: "Agent" } });
	});

	it("counts tokens, and knows no other paths", async () => {
		await using api = await MessagesApi.start([]);
		expect(await (await post(api, "/v1/messages/count_tokens", {})).json()).toHaveProperty("input_tokens");
		expect((await post(api, "/v1/files", {})).status).toBe(404);
		expect((await fetch(`${api.url}/v1/messages`, { method: "POST", body: "{" })).status).toBe(400);
	});

	it("notices that the client went away in the middle of an answer", async () => {
		await using api = await MessagesApi.start([{ ...say("word ".repeat(2000)), delayMs: 5 }]);
		const stop = new AbortController();
		const messages = [{ role: "user", content: "long" }];
		const body = JSON.stringify({ model: "m", stream: true, tools: TOOLS, messages });
		const response = await fetch(`${api.url}/v1/messages`, { method: "POST", body, signal: stop.signal });
		const reader = response.body?.getReader();
		await reader?.read();
		expect(api.quietFor(Date.now() + 1000)).toBe(0);
		stop.abort();
		await expect.poll(() => api.quietFor(Date.now() + 1000)).toBeGreaterThan(0);
		await expect(reader?.read()).rejects.toThrow();
	});
});
