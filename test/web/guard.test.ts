// A page of another site must get nothing and change nothing, whatever it makes the browser send.
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { API_ROOT } from "../../src/web/api/routes.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { ONCE, TOKEN, type WebScene, webScene } from "./web-scene.ts";

const LIST = `${API_ROOT}/sessions`;
const cookie = ({ port }: WebScene) => ({ cookie: `ctrace-${port}=${TOKEN}` });

function sendBytes(port: number, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		let answer = "";
		const socket = connect(port, "127.0.0.1", () => socket.write(text));
		socket.setEncoding("utf8");
		socket.on("data", (piece: string) => {
			answer += piece;
		});
		socket.on("end", () => resolve(answer));
		socket.on("error", reject);
	});
}

describe("who may ask", () => {
	test("without the token nothing is told, by any route", async () => {
		await using web = await webScene();
		for (const path of [LIST, `${API_ROOT}/live`, `${API_ROOT}/openapi.json`, `${API_ROOT}/nothing`]) {
			const { status, body } = await web.raw(path);
			expect([path, status, JSON.parse(body).error.code]).toEqual([path, 401, "unauthorized"]);
		}
	});

	test.each([
		["no token", {}],
		["a wrong one", { authorization: "Bearer wrong" }],
		["an empty one", { authorization: "Bearer " }],
		["one of another scheme", { authorization: `Basic ${TOKEN}` }],
		["the cookie of another port", { cookie: `ctrace-1=${TOKEN}` }],
		["a cookie with another value", { cookie: `ctrace-PORT=${TOKEN}x` }],
	])("%s is refused", async (_title, headers: Record<string, string>) => {
		await using web = await webScene();
		const given = JSON.parse(JSON.stringify(headers).replaceAll("PORT", String(web.port)));
		expect((await web.raw(LIST, { headers: given })).status).toBe(401);
	});

	test("the token of the address becomes a cookie that scripts and other sites do not get, and leaves the address", async () => {
		await using web = await webScene();
		const { status, headers } = await web.raw(`/sessions/abc?token=${TOKEN}&turn=3`);
		expect([status, headers.location]).toEqual([303, "/sessions/abc?turn=3"]);
		expect(headers["set-cookie"]).toEqual([`ctrace-${web.port}=${TOKEN}; Path=/; HttpOnly; SameSite=Strict`]);
		expect((await web.raw(LIST, { headers: cookie(web) })).status).toBe(200);
	});

	test("a wrong token gives no cookie, and never says what the right one is", async () => {
		await using web = await webScene();
		const { headers, body } = await web.raw("/?token=wrong");
		expect(JSON.stringify(headers["set-cookie"])).not.toContain(TOKEN);
		expect(body).not.toContain(TOKEN);
	});

	test("the token that opens the browser works once", async () => {
		await using web = await webScene();
		const first = await web.raw(`/?token=${ONCE}`);
		const second = await web.raw(`/?token=${ONCE}`);
		expect(first.headers["set-cookie"]?.[0]).toContain(TOKEN);
		expect(String(second.headers["set-cookie"])).not.toContain(TOKEN);
	});
});

describe("requests of other sites", () => {
	test.each([
		"evil.example",
		"evil.example:PORT",
		"127.0.0.1.evil.example:PORT",
		"127.0.0.1",
		"127.0.0.1:1",
		"localhost:PORT@evil",
	])("a name that was pointed here is refused: Host %j", async (host) => {
		await using web = await webScene();
		const headers = { ...cookie(web), host: host.replace("PORT", String(web.port)) };
		for (const path of [LIST, "/", "/assets/index.js", `/?token=${TOKEN}`]) {
			const { status, headers: answered } = await web.raw(path, { headers });
			// What is no host at all does not even reach us.
			expect([400, 403]).toContain(status);
			expect(answered["set-cookie"]).toBeUndefined();
		}
	});

	test.each(["GET /api/v1/sessions HTTP/1.0", "GET /api/v1/sessions HTTP/1.1\r\nHost:"])(
		"a request that names no host is refused: %j",
		async (head) => {
			await using web = await webScene();
			const { cookie: value } = cookie(web);
			const answer = await sendBytes(web.port, `${head}\r\nCookie: ${value}\r\nConnection: close\r\n\r\n`);
			expect(answer).toMatch(/^HTTP\/1\.1 40[03] /);
		},
	);

	test.each(["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])(
		"this machine's own name is taken: %s",
		async (name) => {
			await using web = await webScene();
			const headers = { ...cookie(web), host: `${name}:${web.port}` };
			expect((await web.raw(LIST, { headers })).status).toBe(200);
		},
	);

	test("with another address than loopback, addresses are taken and foreign names are not", async () => {
		await using web = await webScene({ host: "box.example" });
		const ask = async (host: string) =>
			(await web.raw(LIST, { headers: { ...cookie(web), host: `${host}:${web.port}` } })).status;
		expect([await ask("box.example"), await ask("192.168.1.4"), await ask("[fe80::1]")]).toEqual([
			200, 200, 200,
		]);
		expect([await ask("evil.example"), await ask("192.168.1.4.evil.example")]).toEqual([403, 403]);
	});

	test.each([
		["another origin", { origin: "http://evil.example" }],
		["the same host on another port", { origin: "http://127.0.0.1:3000" }],
		["the same host by https", { origin: "https://127.0.0.1:PORT" }],
		["an opaque origin", { origin: "null" }],
		["an image or a script of another site", { "sec-fetch-site": "cross-site" }],
		["an image or a script of another port", { "sec-fetch-site": "same-site" }],
	])("%s gets nothing", async (_title, headers: Record<string, string>) => {
		await using web = await webScene();
		addSession(web.scene, {}, [makeTurn(1)]);
		const given = JSON.parse(JSON.stringify(headers).replaceAll("PORT", String(web.port)));
		const { status, body } = await web.raw(LIST, { headers: { ...cookie(web), ...given } });
		expect(status).toBe(403);
		expect(body).not.toContain("question");
	});

	test("no answer allows another site to read it", async () => {
		await using web = await webScene();
		const options = { method: "OPTIONS", headers: { origin: "http://evil.example" } };
		for (const answer of [await web.ask("/sessions"), await web.raw(LIST, options)])
			expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
	});

	test.each([
		["a form of another site", { origin: "http://evil.example" }],
		["no origin at all", { "x-ctrace": "1" }],
		["our origin without the header that a form cannot send", { origin: "OURS" }],
		["the header with an origin of another port", { origin: "http://127.0.0.1:1", "x-ctrace": "1" }],
	])("nothing is deleted by %s", async (_title, headers: Record<string, string>) => {
		await using web = await webScene();
		const id = addSession(web.scene, {}, [makeTurn(1)]);
		const ours = `http://127.0.0.1:${web.port}`;
		const given = JSON.parse(JSON.stringify(headers).replace("OURS", ours));
		const path = `${LIST}/${id}`;
		expect((await web.raw(path, { method: "DELETE", headers: { ...cookie(web), ...given } })).status).toBe(
			403,
		);
		for (const method of ["GET", "POST"])
			await web.raw(`${path}?_method=DELETE`, { method, headers: { ...cookie(web), ...given } });
		expect(web.scene.store.listSessions()).toHaveLength(1);
	});

	test("our own page deletes, and so does a program with the token", async () => {
		await using web = await webScene();
		const [first, second] = [addSession(web.scene), addSession(web.scene)];
		const headers = { ...cookie(web), origin: `http://127.0.0.1:${web.port}`, "x-ctrace": "1" };
		const page = await web.raw(`${LIST}/${first}`, { method: "DELETE", headers });
		const program = await web.ask(`/sessions/${second}`, { method: "DELETE" });
		expect([JSON.parse(page.body).deleted, JSON.parse(program.body).deleted]).toEqual([true, true]);
		expect((await web.get("sessions", "/sessions")).total).toBe(0);
	});
});

test("every answer, errors included, forbids scripts of others, framing, sniffing, referrers and caching", async () => {
	await using web = await webScene();
	const answers = [
		await web.ask("/sessions"),
		await web.ask("/sessions?wrong=1"),
		await web.ask("/nothing"),
		await web.raw(LIST),
		await web.raw("/", { headers: { host: "evil.example" } }),
		await web.raw("/"),
		await web.raw("/%"),
		await web.raw(`/?token=${TOKEN}`),
	];
	for (const { headers } of answers) {
		const policy = String(headers["content-security-policy"]);
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
		expect(headers).toMatchObject({
			"x-content-type-options": "nosniff",
			"x-frame-options": "DENY",
			"referrer-policy": "no-referrer",
			"cross-origin-resource-policy": "same-origin",
			"cache-control": "no-store",
		});
	}
});

test("a body that is too long or no JSON is refused before it is read as one", async () => {
	await using web = await webScene();
	const post = (body: string, type = "application/json") =>
		web.ask("/privacy/try", { method: "POST", headers: { "content-type": type }, body });
	expect((await post("{")).status).toBe(400);
	expect((await post('{"text":"x"}', "text/plain")).status).toBe(400);
	expect((await post(JSON.stringify({ text: "x".repeat(2_000_000) }))).status).toBe(400);
	expect((await post('{"text":"x","more":1}')).status).toBe(400);
	expect(web.failures).toEqual([]);
});
