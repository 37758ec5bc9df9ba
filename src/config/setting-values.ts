/** The forms that a setting's value may have: from the word that was written to what the code works with. Pure. */
import * as z from "zod";
import { LOG_LEVELS } from "../core/log-level.ts";
import { parsePauseKeys } from "./pause-keys.ts";

const WORDS_FOR_ON = ["on", "1", "true", "yes"];
const WORDS_FOR_OFF = ["off", "0", "false", "no"];

export const onOff = z.string().transform((word, context) => {
	const lower = word.trim().toLowerCase();
	if (WORDS_FOR_ON.includes(lower)) return true;
	if (WORDS_FOR_OFF.includes(lower)) return false;
	context.addIssue("on or off");
	return z.NEVER;
});

export const seconds = z.string().transform((word, context) => {
	if (/^\d{1,7}$/.test(word.trim())) return Number(word.trim());
	context.addIssue("a whole number of seconds");
	return z.NEVER;
});

export const days = z.string().transform((word, context) => {
	if (/^\d{1,5}$/.test(word.trim())) return Number(word.trim());
	context.addIssue("a whole number of days");
	return z.NEVER;
});

/** Over the network only encrypted: sessions go there. */
export const httpAddress = z.string().transform((text, context) => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isLoopback = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
	if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback))
		return text.trim().replace(/\/+$/, "");
	context.addIssue("an https address");
	return z.NEVER;
});

export const pauseKeys = z.string().transform((word, context) => {
	if (WORDS_FOR_OFF.includes(word.trim().toLowerCase())) return new Uint8Array();
	const keys = parsePauseKeys(word);
	if (keys !== undefined) return keys;
	context.addIssue("off, or keys such as ctrl-] p or f12");
	return z.NEVER;
});

export const logLevel = z
	.string()
	.transform((word) => word.trim().toLowerCase())
	.pipe(z.enum(LOG_LEVELS, { error: LOG_LEVELS.join(", ") }));

export const branch = z.string().regex(/^[\w][\w./-]*$/u, "the name of a branch");

export const folder = z.string().regex(/^\//u, "an absolute path");

export const reportFormat = z.enum(["html", "markdown"], { error: "html or markdown" });

/** Claude Code's own configuration directory, whichever that is, or these. */
export type Collect = "own" | readonly string[];

export const collect = z.string().transform((text, context): Collect => {
	const word = text.trim();
	if (word === "own" || WORDS_FOR_ON.includes(word.toLowerCase())) return "own";
	if (WORDS_FOR_OFF.includes(word.toLowerCase())) return [];
	const directories = word.split(":").filter((path) => path !== "");
	if (directories.every((path) => path.startsWith("/") || path.startsWith("~/"))) return directories;
	context.addIssue("off, own, or absolute paths with colons between them");
	return z.NEVER;
});
