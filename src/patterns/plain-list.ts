/**
 * Reads the plainest of YAML quickly: lists of maps of one-line texts, as a file of one's own patterns mostly is. Whatever
 * else YAML knows – and whatever is wrong – is left to the parser of the whole language, which also says where it stands.
 */

const LIST = /^([a-z_]+):[ ]*$/;
const ENTRY =
	/^( {1,8})(- {1,4}|)([a-z_]+): {1,4}(?:'((?:[^'\x00-\x1f\x7f-\uffff]|'')*)'|([A-Za-z][A-Za-z0-9_ ]*[A-Za-z0-9_]))$/;
/** Plain words that YAML does not read as text. */
const NO_TEXT = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

export type PlainLists = Record<string, Record<string, string>[]>;

/** Undefined when a line is not of the plainest kind. */
export function readPlainLists(text: string): PlainLists | undefined {
	const reader = new Reader();
	const isPlain = text
		.split("\n")
		.every((line) => line === "" || reader.takeName(line) || reader.takeField(line));
	return isPlain && reader.isWhole ? reader.lists : undefined;
}

class Reader {
	readonly lists: PlainLists = {};
	#list: Record<string, string>[] | undefined;
	/** Where the fields of the list's entries begin. */
	#indent = 0;

	/** Nothing is open without an entry: YAML reads an empty list as none. */
	get isWhole(): boolean {
		return this.#list !== undefined && this.#list.length > 0;
	}

	takeName(line: string): boolean {
		const name = LIST.exec(line)?.[1];
		if (name === undefined || this.#list?.length === 0 || Object.hasOwn(this.lists, name)) return false;
		this.#list = [];
		this.lists[name] = this.#list;
		return true;
	}

	takeField(line: string): boolean {
		const [, blanks = "", dash = "", key = "", quoted, plain = ""] = ENTRY.exec(line) ?? [];
		if (this.#list === undefined || key === "" || NO_TEXT.test(plain)) return false;
		const indent = blanks.length + dash.length;
		if (this.#list.length === 0) this.#indent = indent;
		if (indent !== this.#indent) return false;
		if (dash !== "") this.#list.push({});
		const entry = this.#list.at(-1);
		if (entry === undefined || Object.hasOwn(entry, key)) return false;
		entry[key] = quoted === undefined ? plain : quoted.replace(/''/g, "'");
		return true;
	}
}
