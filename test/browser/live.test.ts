// A running session on the page, and the recording in step with the turns.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markMasked } from "../support/mark-masked.ts";
import { makeSession, makeTurn } from "../support/stored-session.ts";
import { gardenTurns } from "./invented.ts";
import { openBrowser, openPage } from "./open-browser.ts";
import { pageScene } from "./page-scene.ts";

const DAY = Date.UTC(2026, 5, 1, 9);

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

test("a running session is followed: new turns, changed turns, turns taken back, its end", async () => {
	await using web = await pageScene();
	const { other: store } = web;
	const id = web.scene.ids();
	store.beginSession(markMasked(makeSession(id, { startedAt: Date.now() })), { pid: 1 });
	for (let seq = 1; seq <= 30; seq += 1) store.saveTurn(id, markMasked(makeTurn(seq)));
	const { page, complaints } = await openPage(browser, web.address(`/sessions/${id}`));
	// What runs is opened at its end, and stays there.
	await page.getByText("answer 30").waitFor();
	await page.locator(".live-mark.is-live").waitFor();
	store.saveTurn(id, markMasked(makeTurn(31, { status: "running", items: [] })));
	await page.locator('[data-turn="31"]').getByText("It goes on…").waitFor();
	const saved = Date.now();
	store.saveTurn(
		id,
		markMasked(makeTurn(31, { items: [{ kind: "assistant", text: "the **end** of it", source: "both" }] })),
	);
	await page.locator('[data-turn="31"] strong', { hasText: "end" }).waitFor();
	// The bar is a second on a machine that has time; twice that here.
	expect(Date.now() - saved).toBeLessThan(2000);
	await expect.poll(() => page.locator('[data-turn="31"]').isVisible()).toBe(true);
	store.saveTurn(id, markMasked(makeTurn(32)));
	await page.getByText("question 32").first().waitFor();
	store.withdrawTurn(id, 32);
	await expect.poll(() => page.locator('[data-turn="32"]').count()).toBe(0);
	store.updateSession(
		id,
		markMasked({ status: "complete" as const, endedAt: Date.now(), title: "How it ended" }),
	);
	await page.getByRole("heading", { name: "How it ended" }).waitFor();
	expect(complaints).toEqual([]);
	await page.context().close();
});

test("those that run stand on top of the list, and change there", async () => {
	await using web = await pageScene();
	const { other: store } = web;
	const id = web.scene.ids();
	store.beginSession(markMasked(makeSession(id, { startedAt: Date.now(), title: "Digging" })), { pid: 1 });
	const { page } = await openPage(browser, web.address());
	const card = page.getByRole("region", { name: "Running now" }).getByRole("link", { name: /Digging/ });
	await card.waitFor();
	store.saveTurn(id, markMasked(makeTurn(1)));
	await expect.poll(() => card.textContent()).toContain("1 turn");
	store.updateSession(id, markMasked({ status: "complete" as const, endedAt: Date.now() }));
	await expect.poll(() => card.count()).toBe(0);
	await page.context().close();
});

test("the recording plays beside the turns: a turn leads to its place, and the place to its turn", async () => {
	const recordings = new Map<string, string>();
	await using web = await pageScene({ recordings });
	const { other: store } = web;
	const id = web.scene.ids();
	store.beginSession(markMasked(makeSession(id, { startedAt: DAY })), { pid: 1 });
	for (const turn of gardenTurns(DAY)) store.saveTurn(id, markMasked(turn));
	store.updateSession(id, markMasked({ status: "complete" as const, endedAt: DAY + 60_000 }));
	recordings.set(id, cast());
	const { page, complaints, strangers } = await openPage(browser, web.address(`/sessions/${id}`), {
		viewport: { width: 1400, height: 800 },
	});
	const terminal = page.locator(".beside .ap-player");
	await terminal.waitFor();
	await page.locator('[data-turn="3"]').getByRole("button", { name: "▶ replay" }).click();
	await expect.poll(() => page.locator(".beside").textContent(), { timeout: 15_000 }).toContain("third turn");
	const current = () => page.locator(".outline a.is-current .outline-number").textContent();
	await expect.poll(current).toBe("3");
	// The other way round: from the end of the second turn, it plays into the third.
	await page.locator('.outline a[href="#turn-1"]').click();
	await expect.poll(current).toBe("1");
	await page.getByLabel("Speed").selectOption("8");
	await page.locator('[data-turn="2"]').getByRole("button", { name: "▶ replay" }).click();
	await expect.poll(current, { timeout: 15_000 }).toBe("2");
	await expect.poll(current, { timeout: 15_000 }).toBe("3");
	// Another speed goes on where it was.
	await page.getByLabel("Speed").selectOption("1");
	await expect.poll(() => page.locator(".beside").textContent()).toContain("third turn");
	expect(complaints).toEqual([]);
	expect(strangers).toEqual([]);
	await page.context().close();
});

/** An asciicast, version 3, as long as the turns: times are from event to event. */
function cast(): string {
	const lines = [
		{ version: 3, term: { cols: 60, rows: 12 } },
		[0.1, "o", "first turn\r\n"],
		[26, "o", "second turn\r\n"],
		[14, "o", "third turn\r\n"],
		[12, "o", "the end\r\n"],
	];
	return lines.map((line) => JSON.stringify(line)).join("\n");
}
