/** `claude "fix it"` → its words, as a shell would have split them; nothing is expanded. */
export function splitShellWords(line: string): readonly string[] {
	return Array.from(line.matchAll(WORD), ([word]) => word.replace(PART, unquote));
}

const WORD = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\]|['"\\])+/gsu;
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gsu;

function unquote(whole: string, single?: string, double?: string, escaped?: string): string {
	if (single !== undefined) return single;
	if (double !== undefined) return double.replace(/\\(["\\$`])/gu, "$1");
	return escaped ?? whole;
}
