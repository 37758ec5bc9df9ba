/** `patterns/prices.yml` → what models cost, newest row first where several fit. Anything wrong stops the load. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import type { PriceList, Rates } from "../core/price.ts";

/** The API's own rule for what a row does not say. */
const WRITE_5M_FACTOR = 1.25;
const WRITE_1H_FACTOR = 2;
/** The provider's name before a model and its release behind it do not change its price. */
const BEFORE = "(?:[a-z]+[./])*(?:anthropic[./])?";
const AFTER = "(?:[-@](?:\\d{8}|latest))?(?:-v\\d+(?::\\d+)?)?(?:\\[1m\\])?";

const dollars = z.number().nonnegative();
const day = z.union([z.iso.date(), z.date()]).transform((value) => new Date(value).getTime());

const ratesSchema = z.strictObject({
	input: dollars,
	output: dollars,
	"cache-read": dollars,
	"cache-write-5m": dollars.optional(),
	"cache-write-1h": dollars.optional(),
});

const fileSchema = z.strictObject({
	source: z.url(),
	checked: day,
	prices: z.array(
		ratesSchema.extend({
			model: z.string().min(1),
			from: day.optional(),
			until: day.optional(),
			long: ratesSchema.extend({ "above-prompt-tokens": z.number().positive() }).optional(),
		}),
	),
});

export function loadPrices(path: string): PriceList {
	try {
		return fileSchema.parse(parse(readFileSync(path, "utf8"))).prices.map((row) => ({
			model: new RegExp(`^${BEFORE}(?:${row.model})${AFTER}$`, "u"),
			from: row.from ?? 0,
			...(row.until === undefined ? {} : { until: row.until }),
			rates: toRates(row),
			...(row.long === undefined
				? {}
				: { long: { abovePromptTokens: row.long["above-prompt-tokens"], rates: toRates(row.long) } }),
		}));
	} catch (cause) {
		const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
		throw new CtraceError("patterns", `cannot use ${path}: ${reason}`, { cause });
	}
}

function toRates(row: z.infer<typeof ratesSchema>): Rates {
	return {
		input: row.input,
		output: row.output,
		cacheRead: row["cache-read"],
		cacheWrite5m: row["cache-write-5m"] ?? row.input * WRITE_5M_FACTOR,
		cacheWrite1h: row["cache-write-1h"] ?? row.input * WRITE_1H_FACTOR,
	};
}
