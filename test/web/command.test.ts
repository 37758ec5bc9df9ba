// `ctrace web` as a person starts it: one process for all of it.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import { API_ROOT, ROUTES, type RouteName, type RouteShape } from "../../src/web/api/routes.ts";
import { buildCli, type CliScene, cliScene, TEST_VERSION } from "../cli/run-built-cli.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";

const CLI = buildCli();
let scene: CliScene;
let server: Started;
let id = "";

interface Started {
	readonly child: ChildProcess;
	readonly origin: string;
	readonly token: string;
	readonly err: () => string;
}

beforeAll(async () => {
	scene = cliScene(CLI);
	id = addSession(scene.scene, { title: "The quokka", maskedCount: { "github-token": 2 } }, [
		makeTurn(1, { items: [answer("<script>alert(1)</script> **bold**")] }),
	]);
	server = await start("--port", "0");
});
afterAll(async () => {
	server.child.kill("SIGKILL");
	scene[Symbol.dispose]();
});

async function start(...words: string[]): Promise<Started> {
	const child = spawn(process.execPath, [CLI, "web", "--no-open", ...words], {
		env: scene.env,
		cwd: scene.home,
	});
	let err = "";
	child.stderr.on("data", (piece) => {
		err += String(piece);
	});
	for await (const line of createInterface({ input: child.stdout })) {
		const found = /^(http:\/\/\S+)\/\?token=(\S+)$/.exec(line);
		if (found !== null) return { child, origin: found[1] ?? "", token: found[2] ?? "", err: () => err };
	}
	throw new Error(`it did not start: ${err}`);
}

async function ask<Name extends RouteName>(
	name: Name,
	path: string,
	init: RequestInit = {},
): Promise<unknown> {
	const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
	const answer = await fetch(`${server.origin}${API_ROOT}${path}`, { ...init, headers });
	const route: RouteShape = ROUTES[name];
	const body: unknown = await answer.json();
	return answer.status === 200 ? (route.answer as z.ZodType).parse(body) : body;
}

describe("ctrace web", () => {
	test("tells the page what it has to know", async () => {
		expect(await ask("settings", "/settings")).toMatchObject({
			version: TEST_VERSION,
			source: "local",
			privacyMode: "strict",
			can: { delete: true, share: false },
			isEmpty: false,
			timeZone: "UTC",
		});
	});

	test("tells how ctrace does, with the counts of this very store", async () => {
		expect(await ask("status", "/status")).toMatchObject({
			versions: { ctrace: TEST_VERSION },
			daemon: { running: false },
			storage: { sessions: 1, running: 0, lost: 1, turns: 1 },
			sync: { waiting: { sessions: 1, turns: 1 } },
		});
	});

	test("lists what is masked, and how often it was", async () => {
		const { mode, patterns } = (await ask("patterns", "/privacy/patterns")) as z.output<
			typeof ROUTES.patterns.answer
		>;
		expect(mode).toBe("strict");
		expect(patterns.find((one) => one.id === "github-token")).toMatchObject({ masked: 2, isActive: true });
		expect(patterns.length).toBeGreaterThan(50);
	});

	test("masks a text that is tried out, tells where, and keeps nothing of it", async () => {
		const secret = `ghp_${"Zq7xW2".repeat(6)}`;
		const body = JSON.stringify({ text: `token: ${secret} end` });
		const tried = (await ask("try", "/privacy/try", { method: "POST", body })) as z.output<
			typeof ROUTES.try.answer
		>;
		expect(tried.masked).not.toContain(secret);
		expect(tried.spans.map(({ start, end }) => `token: ${secret} end`.slice(start, end))).toContain(secret);
		expect(server.err()).not.toContain(secret);
		expect(JSON.stringify(scene.scene.store.readTexts(undefined))).not.toContain(secret);
	});

	test.each([
		["json", "application/json; charset=utf-8", "json"],
		["markdown", "text/markdown; charset=utf-8", "md"],
		["html", "text/html; charset=utf-8", "html"],
		["text", "text/plain; charset=utf-8", "txt"],
	])("gives a session as %s, to save and never to show", async (format, type, extension) => {
		const headers = { authorization: `Bearer ${server.token}` };
		const answer = await fetch(`${server.origin}${API_ROOT}/sessions/${id}/export?format=${format}`, {
			headers,
		});
		const text = await answer.text();
		expect(answer.headers.get("content-type")).toBe(type);
		expect(answer.headers.get("content-disposition")).toBe(
			`attachment; filename="ctrace-${id.slice(0, 13)}.${extension}"`,
		);
		expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
		expect(text).toContain("question 1");
		if (format === "html") expect(text).not.toContain("<script>alert");
	});

	test("shares a session by a rule of its own, and takes it back", async () => {
		const put = (rule: object) =>
			ask("share", `/sessions/${id}/share`, { method: "PUT", body: JSON.stringify({ rule }) });
		expect(await ask("readShare", `/sessions/${id}/share`)).toEqual({ rule: { kind: "none" } });
		expect(await put({ kind: "team", teamId: "t1" })).toEqual({ rule: { kind: "team", teamId: "t1" } });
		expect(scene.scene.store.sync.readShareRules()).toEqual([{ kind: "session", value: id, teamId: "t1" }]);
		expect(await put({ kind: "private" })).toEqual({ rule: { kind: "private" } });
		expect(await put({ kind: "none" })).toEqual({ rule: { kind: "none" } });
		expect(scene.scene.store.sync.readShareRules()).toEqual([]);
		expect(await ask("teams", "/teams")).toMatchObject({ error: { code: "not-possible" } });
	});

	test("says so when a port is taken, and ends at once and well when the person wants out", async () => {
		const taken = createServer();
		await new Promise<void>((listening) => taken.listen(0, "127.0.0.1", listening));
		const address = taken.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		const refused = scene.run("web", "--no-open", "--port", String(port));
		taken.close();
		expect([refused.code, refused.err]).toEqual([
			2,
			`ctrace: port ${port} is taken by another program\nChoose another: ctrace web --port 0 takes any that is free.\n`,
		]);
		const other = await start("--port", "0");
		const ended = new Promise((resolve) => other.child.on("exit", (code, signal) => resolve([code, signal])));
		const stream = await fetch(`${other.origin}${API_ROOT}/live`, {
			headers: { authorization: `Bearer ${other.token}` },
		});
		expect(stream.status).toBe(200);
		other.child.kill("SIGINT");
		expect(await ended).toEqual([0, null]);
	});

	test("shows no team without a project to ask, and says what to do", () => {
		const { code, err } = scene.run("web", "--team", "--no-open");
		expect(code).toBe(1);
		expect(err).toContain("SUPABASE_URL");
	});

	test("says what it means to let others ask", async () => {
		const open = await start("--port", "0", "--host", "0.0.0.0");
		await expect.poll(open.err).toContain("everybody who can reach this machine");
		open.child.kill("SIGKILL");
	});
});
