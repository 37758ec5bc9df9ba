/**
 * Words that every part of the HTTP API uses. Times are ISO 8601 in UTC, durations milliseconds; absent means unknown,
 * `null` is not used. What a session contains is text and nothing else: whoever shows it must show it as text.
 */
import * as z from "zod";

/** One page of a list, unless the caller says otherwise. */
export const PAGE_ENTRIES = 100;
export const MOST_PAGE_ENTRIES = 500;
const LONGEST_WORD_CHARS = 4096;
const MOST_VALUES = 50;

export const time = z.iso.datetime().meta({ description: "ISO 8601 in UTC, with milliseconds" });
export const count = z.int().nonnegative();
export const milliseconds = z.number().nonnegative();
export const sessionId = z.string().regex(/^[0-9a-f-]{36}$/);

/** What a caller sends: never longer than any sensible value is. */
export const word = z.string().max(LONGEST_WORD_CHARS);
/** May be given several times: any of the values fits. */
export const words = z.preprocess(
	(given) => (typeof given === "string" ? [given] : given),
	z.array(word).max(MOST_VALUES),
);
export const moment = z.iso.datetime({ offset: true }).meta({ description: "ISO 8601, with Z or an offset" });
export const flag = z.stringbool({ truthy: ["true"], falsy: ["false"] });
export const limit = z.coerce.number().int().min(1).max(MOST_PAGE_ENTRIES);
export const seq = z.coerce.number().int().min(0);

/** An opaque mark from an earlier answer: the page that follows it. */
export const cursor = z
	.string()
	.max(512)
	.regex(/^[\w-]+$/);

export const problem = z
	.object({ what: z.string(), hint: z.string().meta({ description: "What to do about it" }) })
	.meta({ id: "Problem" });
export type ApiProblem = z.output<typeof problem>;

export const API_ERROR_CODES = [
	"input",
	"unauthorized",
	"forbidden",
	"not-found",
	"not-there-yet",
	"busy",
	"signed-out",
	"offline",
	"not-possible",
	"internal",
] as const;
export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

export const apiError = z
	.object({
		error: z.object({
			code: z.enum(API_ERROR_CODES),
			message: z.string(),
			hint: z.string().exactOptional().meta({ description: "What to do about it" }),
			fields: z
				.array(z.object({ name: z.string(), message: z.string() }))
				.readonly()
				.exactOptional()
				.meta({ description: "Inputs that are wrong" }),
		}),
	})
	.meta({ id: "Error" });
export type ApiError = z.output<typeof apiError>;
