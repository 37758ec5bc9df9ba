/** What the browser's page needs of the machine that this process runs on. */
import { randomBytes } from "node:crypto";
import type { LookContext } from "../context.ts";
import { openBrowser } from "./open-browser.ts";

const TOKEN_BYTES = 32;

export function webMachine(pageDirectory: string): LookContext["web"] {
	return {
		pageDirectory,
		randomToken: () => randomBytes(TOKEN_BYTES).toString("base64url"),
		openBrowser: (address) => openBrowser(address, process),
		// Finding it out takes a millisecond, which no other command has to give.
		timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
}
