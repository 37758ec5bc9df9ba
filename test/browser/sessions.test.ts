// The list: what is in it, how it is narrowed, searched and walked through by the keyboard, however long it is.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markMasked } from "../support/mark-masked.ts";
import { makeSession, makeTurn } from "../support/stored-session.ts";
import { seriousFindings } from "./axe.ts";
import { storeGarden } from "./invented.ts";
import { openBrowser, openPage } from "./open-browser.ts";
import { type PageScene, pageScene } from "./page-scene.ts";

const DAY = Date.UTC(2026, 5, 1, 9);

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

function storeMany({ scene: { store, ids } }: PageScene, count: number): void {
	using _ = store.beginBulk();
	for (let number = 0; number < count; number += 1) {
		const id = ids();
		const cwd = number % 3 === 0 ? "/home/ada/orchard" : "/home/ada/garden";
		store.beginSession(
			markMasked(makeSession(id, { cwd, startedAt: DAY - number * 60_000, title: `Session ${number}` })),
			{ pid: 1 },
		);
		if (number < 5)
			store.saveTurn(
				id,
				markMasked(makeTurn(1, { prompt: { text: `about tulips ${number}`, kind: "prompt" } })),
			);
		store.updateSession(
			id,
			markMasked({ status: "complete" as const, endedAt: DAY - number * 60_000 + 5000 }),
		);
	}
}

test("an empty database teaches what to run, and the first session appears without a reload", async () => {
	await using web = await pageScene();
	const { page, complaints } = await openPage(browser, web.address());
	await page.getByText("No session yet").waitFor();
	expect(await page.locator(".command").allTextContents()).toEqual([
		"ctrace claude",
		"ctrace import ~/.claude",
		"ctrace demo",
	]);
	await page.locator(".live-mark.is-live").waitFor();
	storeGarden({ store: web.other, ids: web.scene.ids }, DAY);
	await page.getByRole("link", { name: "A plan for the garden" }).waitFor();
	expect(complaints).toEqual([]);
	await page.context().close();
});

test("thousands of sessions are a few rows of the page, and the last is as near as the first", async () => {
	await using web = await pageScene();
	storeMany(web, 3000);
	const { page, complaints, strangers } = await openPage(browser, web.address());
	await page.getByText("Session 0", { exact: true }).waitFor();
	expect(await page.getByRole("table").getAttribute("aria-rowcount")).toBe("3001");
	await page.locator(".session-scroll").evaluate((element) => {
		element.scrollTop = element.scrollHeight;
	});
	await page.getByText("Session 2999", { exact: true }).waitFor();
	expect(await page.locator(".session-row").count()).toBeLessThan(80);
	expect(complaints).toEqual([]);
	expect(strangers).toEqual([]);
	await page.context().close();
});

test("one box narrows by what the sessions have in common and searches their texts", async () => {
	await using web = await pageScene();
	storeMany(web, 30);
	const { page } = await openPage(browser, web.address());
	const box = page.getByRole("combobox");
	await box.pressSequentially("orch");
	await page.getByRole("option", { name: /orchard/ }).waitFor();
	await box.press("ArrowDown");
	await box.press("Enter");
	await expect.poll(() => page.getByRole("table").getAttribute("aria-rowcount")).toBe("11");
	expect(new URL(page.url()).searchParams.getAll("project")).toEqual(["/home/ada/orchard"]);
	await box.pressSequentially("tulips");
	await expect.poll(() => page.locator(".hit").count()).toBe(2);
	expect(await page.locator(".hit mark").first().textContent()).toBe("tulips");
	await page.getByRole("button", { name: /Remove the filter Project/ }).click();
	await expect.poll(() => page.locator(".hit").count()).toBe(5);
	await page.locator(".hit").first().click();
	await page.locator(".turn .prompt").getByText("about tulips").waitFor();
	expect(new URL(page.url()).hash).toBe("#turn-1");
	await page.context().close();
});

test("columns order the list, both ways", async () => {
	await using web = await pageScene();
	storeMany(web, 5);
	storeGarden(web.scene, DAY - 86_400_000);
	const { page } = await openPage(browser, web.address());
	const first = () => page.locator('[data-row="0"] .row-title').textContent();
	await expect.poll(first).toBe("Session 0");
	await page.getByRole("button", { name: "Turns" }).click();
	await expect.poll(first).toBe("A plan for the garden");
	expect(await page.getByRole("columnheader", { name: "Turns" }).getAttribute("aria-sort")).toBe(
		"descending",
	);
	await page.getByRole("button", { name: "Started" }).click();
	await page.getByRole("button", { name: "Started" }).click();
	await expect.poll(first).toBe("A plan for the garden");
	await page.context().close();
});

test("the keyboard alone is enough", async () => {
	await using web = await pageScene();
	storeMany(web, 300);
	const { page } = await openPage(browser, web.address());
	await page.getByText("Session 0", { exact: true }).waitFor();
	await page.keyboard.press("?");
	await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
	await page.keyboard.press("Escape");
	await page.keyboard.press("/");
	expect(await page.evaluate("document.activeElement.role")).toBe("combobox");
	await page.keyboard.press("Escape");
	for (let pressed = 0; pressed < 60; pressed += 1) await page.keyboard.press("j");
	await page.keyboard.press("k");
	await expect.poll(() => page.evaluate("document.activeElement.textContent")).toMatch(/^Session 5\d$/);
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/sessions\//);
	await page.context().close();
});

test.each([
	["light", 1280],
	["dark", 1280],
	["light", 360],
	["dark", 360],
] as const)(
	"axe finds nothing serious, and nothing is cut off: %s, %i pixels wide",
	async (colorScheme, width) => {
		await using web = await pageScene();
		storeMany(web, 40);
		storeGarden(web.scene, DAY);
		const running = web.scene.ids();
		web.scene.store.beginSession(markMasked(makeSession(running, { startedAt: Date.now() })), { pid: 1 });
		const { page } = await openPage(browser, web.address(), {
			colorScheme,
			viewport: { width, height: 740 },
		});
		await page.getByText("Session 0", { exact: true }).waitFor();
		await page.getByRole("region", { name: "Running now" }).waitFor();
		expect(await seriousFindings(page)).toEqual([]);
		expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
		await page.goto(`${web.origin}/?q=tulips`);
		await page.locator(".hit").first().waitFor();
		expect(await seriousFindings(page)).toEqual([]);
		await page.context().close();
	},
);

test("the theme that is chosen holds on the next visit, before anything is painted", async () => {
	await using web = await pageScene();
	storeGarden(web.scene, DAY);
	const { page } = await openPage(browser, web.address(), { colorScheme: "light" });
	const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
	const light = await background();
	await page.getByRole("button", { name: "Theme: system" }).click();
	await page.getByRole("button", { name: "Theme: light" }).click();
	await expect.poll(background).not.toBe(light);
	await page.reload();
	expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
	await page.context().close();
});

test("a server that has ended is said, with what to do", async () => {
	const web = await pageScene();
	storeGarden(web.scene, DAY);
	const { page } = await openPage(browser, web.address());
	await page.locator(".live-mark.is-live").waitFor();
	await web[Symbol.asyncDispose]();
	await page.locator(".live-mark.is-broken").waitFor();
	expect(await page.locator(".live-mark").getAttribute("title")).toContain("ctrace web");
	await page.context().close();
});
