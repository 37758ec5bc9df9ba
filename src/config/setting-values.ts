/** The forms that a setting's value may have: from the word that was written to what the code works with. Pure. */
import * as z from "zod/mini";
import { LOG_LEVELS } from "../core/log-level.ts";
import { parsePauseKeys } from "./pause-keys.ts";

// Every command and every recorder reads the settings first: the small half of zod is there in a third of the time.

const WORDS_FOR_ON = ["on", "1", "true", "yes"];
const WORDS_FOR_OFF = ["off", "0", "false", "no"];

/** `read` gives undefined for a text that says nothing of the kind. */
function reading<T>(read: (text: string) => T | undefined, allowed: string) {
	return z.pipe(
		z.string(),
		z.transform((text: string, context): T => {
			const value = read(text);
			if (value !== undefined) return value;
			context.issues.push({ code: "custom", message: allowed, input: text });
			return z.NEVER;
		}),
	);
}

export const onOff = reading((word) => {
	const lower = word.trim().toLowerCase();
	if (WORDS_FOR_ON.includes(lower)) return true;
	return WORDS_FOR_OFF.includes(lower) ? false : undefined;
}, "on or off");

export const seconds = reading(
	(word) => (/^\d{1,7}$/.test(word.trim()) ? Number(word.trim()) : undefined),
	"a whole number of seconds",
);

export const days = reading(
	(word) => (/^\d{1,5}$/.test(word.trim()) ? Number(word.trim()) : undefined),
	"a whole number of days",
);

/** Over the network only encrypted: sessions go there. */
export const httpAddress = reading((text) => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isLoopback = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
	const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback);
	return isSafe ? text.trim().replace(/\/+$/, "") : undefined;
}, "an https address");

export const pauseKeys = reading((word) => {
	const isOff = WORDS_FOR_OFF.includes(word.trim().toLowerCase());
	return isOff ? new Uint8Array() : parsePauseKeys(word);
}, "off, or keys such as ctrl-] p or f12");

export const logLevel = reading((word) => {
	const lower = word.trim().toLowerCase();
	return LOG_LEVELS.find((level) => level === lower);
}, LOG_LEVELS.join(", "));

export const branch = z.string().check(z.regex(/^[\w][\w./-]*$/u, "the name of a branch"));

export const folder = z.string().check(z.regex(/^\//u, "an absolute path"));

export const reportFormat = z.enum(["html", "markdown"], { error: "html or markdown" });

/** Claude Code's own configuration directory, whichever that is, or these. */
export type Collect = "own" | readonly string[];

export const collect = reading((text): Collect | undefined => {
	const word = text.trim();
	if (word === "own" || WORDS_FOR_ON.includes(word.toLowerCase())) return "own";
	if (WORDS_FOR_OFF.includes(word.toLowerCase())) return [];
	const directories = word.split(":").filter((path) => path !== "");
	const isEachWhole = directories.every((path) => path.startsWith("/") || path.startsWith("~/"));
	return isEachWhole ? directories : undefined;
}, "off, own, or absolute paths with colons between them");
