/**
 * PostgreSQL keeps no NUL in text, and JSON with half a surrogate pair is no JSON to it: one of them would have a whole
 * batch refused. Both become the character that says "something was here". Pure.
 */

const REPLACEMENT = "\ufffd";

export function cleanText(text: unknown): string | null {
	if (typeof text !== "string") return null;
	const whole = text.isWellFormed() ? text : text.toWellFormed();
	return whole.includes("\0") ? whole.replaceAll("\0", REPLACEMENT) : whole;
}

/** JSON in which nothing is escaped by number holds none of them, unless it is ill-formed itself. */
export function parseClean(json: string): unknown {
	const value: unknown = JSON.parse(json);
	return json.includes("\\u") || !json.isWellFormed() ? cleanJson(value) : value;
}

/** Every string inside, names too. */
export function cleanJson(value: unknown): unknown {
	if (typeof value === "string") return cleanText(value);
	if (Array.isArray(value)) return value.map(cleanJson);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [cleanText(name), cleanJson(one)]));
}
