/** Patterns of users run here: on an engine that needs time linear in the text, whatever the pattern. */
import { RE2JS } from "re2js";
import type { Matcher } from "../patterns/secret-rule.ts";

/** Throws an `Error` that says what the engine cannot run: look-around, back-references, oversized repetitions. */
export function createLinearMatcher(pattern: string, flags: string): Matcher {
	let bits = 0;
	if (flags.includes("i")) bits |= RE2JS.CASE_INSENSITIVE;
	if (flags.includes("m")) bits |= RE2JS.MULTILINE;
	if (flags.includes("s")) bits |= RE2JS.DOTALL;
	const regex = compile(pattern, bits);
	return {
		find(text, from) {
			const matcher = regex.matcher(text);
			if (!matcher.find(from)) return undefined;
			const [start, end] = [matcher.start(), matcher.end()];
			return { start, end, secretStart: start, secretEnd: end };
		},
	};
}

function compile(pattern: string, bits: number): RE2JS {
	if (/\(\?<?[=!]/.test(pattern)) throw new Error("look-around cannot be run in linear time");
	if (/\\[1-9]/.test(pattern)) throw new Error("a back-reference cannot be run in linear time");
	try {
		return RE2JS.compile(pattern, bits);
	} catch (cause) {
		throw new Error(cause instanceof Error ? cause.message : "the pattern does not compile", { cause });
	}
}
