/** One version of Claude Code in one of its renderers: a column of the table that the live test prints. */
export interface Look {
	/** Name of the column, e.g. `2.1.330` or `2.1.330-classic`. */
	readonly name: string;
	readonly version: string;
	readonly env: Readonly<Record<string, string>>;
	readonly renderer: "classic" | "fullscreen";
}

/** From this version on the fullscreen renderer is the default of a fresh configuration. */
const FULLSCREEN_SINCE = "2.1.239";
const CLASSIC_SUFFIX = "-classic";

/** `2.1.330` is that version as it comes, `2.1.330-classic` the same one told to stay on the main screen. */
export function lookOf(name: string): Look {
	const { version, suffix } = splitLook(name);
	const forced = suffix === CLASSIC_SUFFIX;
	const fullscreen = !forced && isAtLeast(version, FULLSCREEN_SINCE);
	return {
		name,
		version,
		env: forced ? { CLAUDE_CODE_DISABLE_ALTERNATE_SCREEN: "1" } : {},
		renderer: fullscreen ? "fullscreen" : "classic",
	};
}

/** The version in a look's name, and what is said about its renderer. */
export function splitLook(name: string): { readonly version: string; readonly suffix: string } {
	if (!name.endsWith(CLASSIC_SUFFIX)) return { version: name, suffix: "" };
	return { version: name.slice(0, -CLASSIC_SUFFIX.length), suffix: CLASSIC_SUFFIX };
}

export function isAtLeast(version: string, minimum: string): boolean {
	const left = numbers(version);
	const right = numbers(minimum);
	for (const [index, wanted] of right.entries()) {
		const found = left[index] ?? 0;
		if (found !== wanted) return found > wanted;
	}
	return true;
}

/** For `Scenario.unsupported`: the feature came with a version. */
export function needs(minimum: string, feature: string): (look: Look) => string | undefined {
	return (look) => (isAtLeast(look.version, minimum) ? undefined : `${feature} came with ${minimum}`);
}

function numbers(version: string): number[] {
	return version.split(".").map((part) => Number.parseInt(part, 10) || 0);
}
