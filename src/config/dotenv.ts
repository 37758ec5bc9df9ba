/**
 * Reads `NAME=value` lines: comments, `export`, single quotes (literal) and double quotes (with \n, \t, \", \\, \$).
 * Pure and lenient: a line that is no assignment is skipped, for a settings file must not stop a session.
 */
export function parseDotenv(text: string): Readonly<Record<string, string>> {
	const entries = text
		.replace(/^\ufeff/, "")
		.split(/\r\n|\r|\n/)
		.map(parseLine)
		.filter((entry) => entry !== undefined);
	return Object.fromEntries(entries);
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/;
const DOUBLE_QUOTED = /^"((?:[^"\\]|\\.)*)"/;
const SINGLE_QUOTED = /^'([^']*)'/;
const TRAILING_COMMENT = /\s+#.*$/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function parseLine(line: string): readonly [name: string, value: string] | undefined {
	const match = ASSIGNMENT.exec(line);
	const [, name, raw] = match ?? [];
	if (name === undefined || raw === undefined) return undefined;
	return [name, parseValue(raw.trim())];
}

function parseValue(raw: string): string {
	const single = SINGLE_QUOTED.exec(raw)?.[1];
	if (single !== undefined) return single;
	const double = DOUBLE_QUOTED.exec(raw)?.[1];
	if (double !== undefined) return double.replace(/\\(.)/g, (_all, char: string) => ESCAPES[char] ?? char);
	return raw.startsWith("#") ? "" : raw.replace(TRAILING_COMMENT, "").trimEnd();
}
