// `ctrace web` as a person runs it, from the printed address on: the built program, its own database, its own masker.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { removeFolder } from "../support/remove-folder.ts";
import { temporaryStore } from "../support/stored-session.ts";
import { seriousFindings } from "./axe.ts";
import { storeGarden } from "./invented.ts";
import { openBrowser, openPage } from "./open-browser.ts";

const ROOT = join(import.meta.dirname, "../..");
const MOST_FIRST_LOAD_BYTES = 250_000;

let browser: Browser;
let home: string;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
	home = mkdtempSync(join(tmpdir(), "ctrace-web-"));
	using place = temporaryStore(join(home, "ct", "data", "ctrace.db"));
	storeGarden(place, Date.now() - 60_000);
	server = spawn(process.execPath, ["bin/ctrace.js", "web", "--port", "0", "--no-open"], {
		cwd: ROOT,
		env: { PATH: process.env.PATH, HOME: home, CTRACE_HOME: join(home, "ct"), TZ: "UTC" },
		stdio: ["ignore", "pipe", "inherit"],
	});
	address = await firstLine(server);
});
afterEach(async () => {
	server.kill("SIGINT");
	if (server.exitCode === null) await once(server, "exit");
	removeFolder(home);
});

async function firstLine({ stdout }: ChildProcess): Promise<string> {
	let text = "";
	for await (const piece of stdout ?? []) {
		text += String(piece);
		if (text.includes("\n")) break;
	}
	return text.split("\n")[0] ?? "";
}

test("the printed address opens the list; without it nothing is shown", async () => {
	const { page, complaints, strangers } = await openPage(browser, address);
	await page.getByRole("link", { name: "A plan for the garden" }).waitFor();
	expect(page.url()).not.toContain("token");
	expect(complaints).toEqual([]);
	expect(strangers).toEqual([]);
	const stranger = await openPage(browser, new URL("/", address).href);
	await stranger.page.getByText("This page is not signed in").waitFor();
	await page.context().close();
	await stranger.page.context().close();
});

test("a first visit loads no more than it may", async () => {
	const { page } = await openPage(browser, address);
	await page.getByRole("link", { name: "A plan for the garden" }).waitFor();
	const loaded = (await page.evaluate(
		"performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).filter(({ name }) => !name.includes('/api/')).map(({ encodedBodySize }) => encodedBodySize)",
	)) as number[];
	const bytes = loaded.reduce((sum, size) => sum + size, 0);
	expect(bytes).toBeGreaterThan(50_000);
	expect(bytes).toBeLessThan(MOST_FIRST_LOAD_BYTES);
	await page.context().close();
});

test("a text is tried against the patterns of today", async () => {
	const secret = `ghp_${"a1B2c3D4e5F6".repeat(3)}`;
	const { page, complaints } = await openPage(
		browser,
		new URL("/privacy", address).href.concat(new URL(address).search),
	);
	await page.getByLabel("Text to try").fill(`export TOKEN=${secret}`);
	await page.getByRole("button", { name: "Mask it" }).click();
	const tried = page.locator(".tried");
	await tried.waitFor();
	expect(await tried.textContent()).toMatch(/Found: .*\(1\)/);
	expect(await tried.textContent()).not.toContain(secret);
	await page.getByLabel("Search the patterns").fill("github");
	await page
		.getByRole("cell", { name: /GitHub/ })
		.first()
		.waitFor();
	expect(complaints).toEqual([]);
	await page.context().close();
});

const SIZES = [
	["light", 1280],
	["dark", 360],
] as const;

test.each(SIZES)(
	"privacy and status: axe finds nothing serious, nothing is cut off: %s, %i",
	async (colorScheme, width) => {
		const { page } = await openPage(browser, address, { colorScheme, viewport: { width, height: 800 } });
		await page.getByRole("link", { name: "Privacy", exact: true }).click();
		await page.getByLabel("Text to try").waitFor();
		// Hundreds of patterns are as many equal rows: to look at each takes half a minute on a busy machine.
		await page.getByLabel("Search the patterns").fill("github");
		await page
			.getByRole("cell", { name: /GitHub/ })
			.first()
			.waitFor();
		await expectSound(page);
		await page.getByRole("link", { name: "Status", exact: true }).click();
		await page.getByRole("heading", { name: "Storage" }).waitFor();
		await expectSound(page);
		await page.context().close();
	},
);

async function expectSound(page: Page): Promise<void> {
	expect(await seriousFindings(page)).toEqual([]);
	expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
}
