/** What a Claude Code command line says before anything is on a screen. */

export interface ClaudeCommandLine {
	readonly isPrint: boolean;
	readonly prompt: string | undefined;
	readonly outputFormat: "text" | "json" | "stream-json";
	readonly inputFormat: "text" | "stream-json";
}

/** `args` without the program's name; `valueOptions` take the next word as their value. Several words that belong to no option are joined as the shell had them. */
export function readClaudeArgs(args: readonly string[], valueOptions: readonly string[]): ClaudeCommandLine {
	const values = new Map<string, string>();
	const words: string[] = [];
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? "";
		if (arg === "--") {
			words.push(...args.slice(index + 1));
			break;
		}
		const [name = "", inline] = splitOption(arg);
		if (!name.startsWith("-")) words.push(arg);
		else if (inline !== undefined) values.set(name, inline);
		else if (valueOptions.includes(name)) values.set(name, args[++index] ?? "");
		else values.set(name, "");
	}
	return {
		isPrint: values.has("-p") || values.has("--print"),
		prompt: words.length === 0 ? undefined : words.join(" "),
		outputFormat: oneOf(values.get("--output-format"), ["text", "json", "stream-json"]),
		inputFormat: oneOf(values.get("--input-format"), ["text", "stream-json"]),
	};
}

function splitOption(arg: string): [string, string?] {
	const equals = arg.startsWith("--") ? arg.indexOf("=") : -1;
	return equals < 0 ? [arg] : [arg.slice(0, equals), arg.slice(equals + 1)];
}

function oneOf<const T extends string>(word: string | undefined, allowed: readonly [T, ...T[]]): T {
	return allowed.find((each) => each === word) ?? allowed[0];
}
