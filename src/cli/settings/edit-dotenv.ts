/** Changes one setting in the text of a `.env`: everything else in it, comments above all, stays as it is. Pure. */

const ASSIGNMENT = /^(?<lead>\s*(?:export\s+)?)(?<name>[A-Za-z_]\w*)\s*=\s*(?<raw>.*)$/;
/** What may stand in a file without quotes. */
const PLAIN = /^(?:[\w@%+=:,./~^[\]<>-](?:[\w@%+=:,./~^[\]<> -]*[\w@%+=:,./~^[\]<>-])?)?$/u;
const VALUE = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#]*?(?=\s+#|\s*$))/;

/** In the line that counts, behind the commented one that explains it, or at the end. */
export function setInDotenv(text: string, name: string, value: string): string {
	const lines = linesOf(text);
	const at = effectiveLine(lines, name);
	if (at !== undefined) lines[at] = withValue(lines[at] ?? "", value);
	else lines.splice(placeFor(lines, name), 0, `${name}=${quote(value)}`);
	return `${lines.join("\n")}\n`;
}

/** Takes every line out that sets it. */
export function unsetInDotenv(text: string, name: string): string {
	const lines = linesOf(text).filter((line) => !namesOf(name).includes(nameIn(line)));
	return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** Line ends of other systems become ours; the last one is put back by whoever joins the lines. */
function linesOf(text: string): string[] {
	const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
	if (lines.at(-1) === "") lines.pop();
	return lines;
}

function namesOf(name: string): readonly string[] {
	return [`CTRACE_${name}`, name];
}

function nameIn(line: string): string {
	return ASSIGNMENT.exec(line)?.groups?.name ?? "";
}

/** As it is read: the name with the prefix first, and of several lines the last. */
function effectiveLine(lines: readonly string[], name: string): number | undefined {
	const found = namesOf(name).map((one) => lines.findLastIndex((line) => nameIn(line) === one));
	return found.find((index) => index >= 0);
}

function placeFor(lines: readonly string[], name: string): number {
	const commented = new RegExp(`^\\s*#\\s*(?:CTRACE_)?${name}\\s*=`);
	const explained = lines.findLastIndex((line) => commented.test(line));
	return explained >= 0 ? explained + 1 : lines.length;
}

/** A comment behind the old value stays. */
function withValue(line: string, value: string): string {
	const { lead = "", name = "", raw = "" } = ASSIGNMENT.exec(line)?.groups ?? {};
	const rest = raw.startsWith("#") ? ` ${raw}` : raw.slice(VALUE.exec(raw)?.[0].length ?? 0);
	const comment = /^\s+#.*$/.exec(rest)?.[0] ?? "";
	return `${lead}${name}=${quote(value)}${comment}`;
}

export function quote(value: string): string {
	if (PLAIN.test(value)) return value;
	if (!value.includes("'")) return `'${value}'`;
	return `"${value.replace(/["\\$`]/g, "\\$&")}"`;
}
