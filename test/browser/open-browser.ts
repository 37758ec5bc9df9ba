/** Debian's Chromium, what stands in its place elsewhere, or the browser that CTRACE_CHROMIUM names. Without one, the tests fail and say what to install. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export function findChromium(): string {
	const named = process.env.CTRACE_CHROMIUM;
	if (named !== undefined && named !== "") return named;
	const found = (process.env.PATH ?? "")
		.split(delimiter)
		.flatMap((folder) => NAMES.map((name) => join(folder, name)))
		.concat(MACOS)
		.find(isExecutable);
	if (found === undefined)
		throw new Error(
			"no Chromium was found. Install it: apt-get install chromium, or name it in CTRACE_CHROMIUM",
		);
	return found;
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

export function openBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: findChromium(),
		// In a container there is neither a sandbox for root nor much shared memory.
		args: ["--no-sandbox", "--disable-dev-shm-usage"],
	});
}

/** What must not happen on any page. */
export interface Watched {
	/** What the browser complained of: errors of scripts, and what the policy refused. */
	readonly complaints: string[];
	/** Requests to anything but this server. */
	readonly strangers: string[];
}

export interface OpenPage extends Watched {
	readonly page: Page;
}

export async function openPage(
	browser: Browser,
	address: string,
	options: BrowserContextOptions = {},
): Promise<OpenPage> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		timezoneId: "UTC",
		...options,
	});
	const page = await context.newPage();
	const { origin } = new URL(address);
	const complaints: string[] = [];
	const strangers: string[] = [];
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("dialog", (dialog) => {
		complaints.push(`a dialog: ${dialog.message()}`);
		void dialog.dismiss();
	});
	page.on("console", (message) => {
		if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
	});
	page.on("request", (request) => {
		const url = new URL(request.url());
		if (url.origin !== origin && url.protocol !== "data:" && url.protocol !== "blob:")
			strangers.push(request.url());
	});
	await page.goto(address);
	return { page, complaints, strangers };
}
