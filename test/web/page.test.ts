import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TOKEN, type WebScene, webScene } from "./web-scene.ts";

let place = "";
let pageDirectory = "";
const SCRIPT = "export const page = 1;";

beforeAll(() => {
	place = mkdtempSync(join(tmpdir(), "ctrace-page-"));
	pageDirectory = join(place, "web");
	mkdirSync(join(pageDirectory, "assets"), { recursive: true });
	writeFileSync(join(place, "secret.js"), "never served");
	symlinkSync(join(place, "secret.js"), join(pageDirectory, "assets", "linked.js"));
	writeFileSync(join(pageDirectory, "index.html"), "<!doctype html><title>ctrace</title>");
	writeFileSync(join(pageDirectory, "favicon.svg"), "<svg/>");
	writeFileSync(join(pageDirectory, "notes.unknown"), "never served");
	writeFileSync(join(pageDirectory, "assets", "index-AbCd_123.js"), SCRIPT);
	writeFileSync(join(pageDirectory, "assets", "index-AbCd_123.js.br"), brotliCompressSync(SCRIPT));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const signedIn = (web: WebScene) => ({ headers: { cookie: `ctrace-${web.port}=${TOKEN}` } });

describe("the page's files", () => {
	test("come with their types; what is named by its content may be kept for ever, the rest is asked for anew", async () => {
		await using web = await webScene({ pageDirectory });
		const script = await web.raw("/assets/index-AbCd_123.js");
		expect(script).toMatchObject({ status: 200, body: SCRIPT });
		expect(script.headers).toMatchObject({
			"content-type": "text/javascript; charset=utf-8",
			"cache-control": "public, max-age=31536000, immutable",
			vary: "Accept-Encoding",
		});
		const icon = await web.raw("/favicon.svg");
		expect(icon.headers).toMatchObject({ "content-type": "image/svg+xml", "cache-control": "no-cache" });
	});

	test("come compressed to who understands that", async () => {
		await using web = await webScene({ pageDirectory });
		const headers = { "accept-encoding": "gzip, deflate, br" };
		const { headers: answered } = await web.raw("/assets/index-AbCd_123.js", { headers });
		expect(answered).toMatchObject({
			"content-encoding": "br",
			"content-type": "text/javascript; charset=utf-8",
		});
		const plain = await web.raw("/assets/index-AbCd_123.js", { headers: { "accept-encoding": "gzip" } });
		expect(plain.headers["content-encoding"]).toBeUndefined();
	});

	test("every address of the page's own gives the page, to who is signed in", async () => {
		await using web = await webScene({ pageDirectory });
		for (const path of ["/", "/sessions/0190", "/analytics?since=7d"]) {
			const { status, headers, body } = await web.raw(path, signedIn(web));
			expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
			expect(body).toContain("<title>ctrace</title>");
			expect((await web.raw(path)).status).toBe(401);
		}
	});

	test.each([
		"/../secret.js",
		"/assets/../../secret.js",
		"/assets/..%2f..%2fsecret.js",
		"/%2e%2e/secret.js",
		"/assets/%2e%2e%2f%2e%2e%2fsecret.js",
		"/..%5csecret.js",
		"/assets/....//....//secret.js",
		"//etc/passwd.js",
		"/assets/linked.js",
		"/notes.unknown",
		"/assets/index-AbCd_123.js.br",
		"/assets/index-AbCd_123.js%00.html",
		"/nothing.js",
	])("nothing else is served: %s", async (path) => {
		await using web = await webScene({ pageDirectory });
		const { status, body } = await web.raw(path, signedIn(web));
		expect(body).not.toContain("never served");
		expect([status, body]).toEqual([404, "There is no such file.\n"]);
	});

	test("where the page is not built, it is said how to", async () => {
		await using web = await webScene({ pageDirectory: join(place, "none") });
		const { status, body } = await web.raw("/", signedIn(web));
		expect(status).toBe(503);
		expect(body).toContain("npm run build");
	});
});
