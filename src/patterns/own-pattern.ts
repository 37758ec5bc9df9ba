/**
 * A user's pattern, made ready as late as can be: what a look at it can settle is settled at once, and the engine compiles
 * it when a text first calls for it. Where a look does not do, the engine decides at once.
 */
import { shapeOf } from "./pattern-shape.ts";
import type { Matcher } from "./secret-rule.ts";

/** A linear-time engine: throws an `Error` with the reason for what it cannot run. */
export type CompileLinear = (pattern: string, flags: string) => Matcher;

export interface OwnPattern {
	readonly matcher: Matcher;
	/** One of them stands in every match; none when no such words are known. */
	readonly keywords: readonly string[];
	readonly matchesEmpty: boolean;
	matches(text: string): boolean;
}

/** Throws an `Error` that says what cannot be run. */
export function readOwnPattern(pattern: string, flags: string, compile: CompileLinear): OwnPattern {
	const shape = shapeOf(pattern);
	const isSyntax = shape !== undefined && compilesNatively(pattern);
	if (shape === undefined || !isSyntax) {
		const matcher = compile(pattern, flags);
		return {
			matcher,
			keywords: [],
			matchesEmpty: matcher.find("", 0) !== undefined,
			matches: (text) => matcher.find(text, 0) !== undefined,
		};
	}
	const matcher = whenNeeded(() => compile(pattern, flags));
	const isQuick = !shape.hasNested && shape.repetitions <= 2;
	return {
		matcher,
		keywords: shape.words ?? [],
		matchesEmpty: shape.isNullable,
		matches: (text) => {
			if (!mayHold(text, shape.words)) return false;
			return isQuick ? new RegExp(pattern, flags).test(text) : matcher.find(text, 0) !== undefined;
		},
	};
}

function mayHold(text: string, words: readonly string[] | undefined): boolean {
	const small = text.toLowerCase();
	return words === undefined || words.some((word) => small.includes(word));
}

/** Checks what a look cannot see, such as the order of a range. */
function compilesNatively(pattern: string): boolean {
	try {
		new RegExp(pattern);
		return true;
	} catch {
		return false; // the engine says why
	}
}

function whenNeeded(make: () => Matcher): Matcher {
	let made: Matcher | undefined;
	return {
		find(text, from) {
			made ??= make();
			return made.find(text, from);
		},
	};
}
