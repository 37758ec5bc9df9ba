// The pictures of the README, of invented sessions: `npm run pictures`. Needs a Chromium.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn as spawnInTerminal } from "node-pty";
import { storeGarden } from "../browser/invented.ts";
import { openBrowser } from "../browser/open-browser.ts";
import { temporaryStore } from "../support/stored-session.ts";

const ROOT = process.env.CTRACE_REPOSITORY ?? ".";
const IMAGES = join(ROOT, "docs/images");
const VIEW = { width: 1280, height: 800 };

const home = mkdtempSync(join(tmpdir(), "ctrace-pictures-"));
const env = {
	PATH: process.env.PATH ?? "",
	HOME: home,
	CTRACE_HOME: join(home, "ct"),
	CTRACE_PAGER: "",
	TZ: "UTC",
	LANG: "C.UTF-8",
};
mkdirSync(IMAGES, { recursive: true });
try {
	await takeTerminal();
	await takePages();
} finally {
	rmSync(home, { recursive: true, force: true });
}

/** The demo's screen at its second turn, as `ctrace export` draws it. */
async function takeTerminal(): Promise<void> {
	await inTerminal(["demo"]);
	const svg = await output(["export", "last", "--format", "svg", "--turn", "2"]);
	writeFileSync(join(IMAGES, "terminal.svg"), svg);
}

async function takePages(): Promise<void> {
	fillStore();
	const server = spawn(process.execPath, [join(ROOT, "bin/ctrace.js"), "web", "--port", "0", "--no-open"], {
		env,
	});
	const browser = await openBrowser();
	try {
		const address = await firstLine(server.stdout);
		const page = await browser.newPage({ viewport: VIEW, colorScheme: "light" });
		await page.goto(address, { waitUntil: "networkidle" });
		await page.getByRole("link", { name: "A plan for the garden" }).first().click();
		await page.getByRole("article").first().waitFor();
		await page.waitForLoadState("networkidle");
		await page.screenshot({ path: join(IMAGES, "session.png") });
	} finally {
		await browser.close();
		server.kill("SIGINT");
	}
}

function fillStore(): void {
	using place = temporaryStore(join(home, "ct", "data", "ctrace.db"));
	storeGarden(place, Date.now() - 60_000);
}

function inTerminal(words: readonly string[]): Promise<void> {
	const command = [join(ROOT, "bin/ctrace.js"), ...words];
	const run = spawnInTerminal(process.execPath, command, { cwd: home, env, cols: 90, rows: 26 });
	return new Promise((resolve) => run.onExit(() => resolve()));
}

async function output(words: readonly string[]): Promise<string> {
	const run = spawn(process.execPath, [join(ROOT, "bin/ctrace.js"), ...words], { cwd: home, env });
	let text = "";
	for await (const piece of run.stdout.setEncoding("utf8")) text += piece;
	return text;
}

async function firstLine(stream: AsyncIterable<unknown>): Promise<string> {
	let text = "";
	for await (const piece of stream) {
		text += String(piece);
		if (text.includes("\n")) break;
	}
	return text.split("\n")[0] ?? "";
}
