import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { markSession } from "../marks/mark-session.ts";
import { oneLine } from "../text/fit.ts";

/** One word: what stands behind a `#`. */
const TAG = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._:/@+-]{0,63}$/u;
const MOST_TAGS = 50;

export const tagCommand: Command = {
	path: ["tag"],
	operands: "ID [TAG…]",
	section: "Care",
	summary: "Put tags on a session, or say which it has",
	examples: [
		["ctrace tag last auth bug-42", "adds two"],
		["ctrace tag last --remove auth", "takes one off"],
		["ctrace sessions list --tag auth", "finds them; `ctrace search` does, too"],
	],
	options: [{ name: "remove", summary: "Take the tags off instead" }],
	completes: "session",
	run: (context, args) => {
		const [reference, ...words] = args.operands;
		if (reference === undefined)
			throw new CtraceError("usage", "which session? No ID was given", {
				hint: "For example: ctrace tag last auth",
			});
		const given = words.map(readTag);
		using store = context.openStore();
		const id = store.findSession(reference);
		const old = store.readHead(id).tags ?? [];
		const tags = args.has("remove")
			? old.filter((tag) => !given.includes(tag))
			: [...new Set([...old, ...given])];
		if (tags.length > MOST_TAGS)
			throw new CtraceError("usage", `a session has at most ${MOST_TAGS} tags`, {
				hint: "What needs more words is a note: ctrace note ID TEXT",
			});
		const isChanged = tags.length !== old.length;
		const written = isChanged ? (markSession(context, store, id, { tags }).tags ?? []) : old;
		context.stdout.write(`${written.map((tag) => `#${oneLine(tag)}`).join(" ") || "No tags."}\n`);
		return 0;
	},
};

/** With or without its `#`. Throws `usage`. */
function readTag(word: string): string {
	const tag = word.replace(/^#/, "").normalize("NFC");
	if (TAG.test(tag)) return tag;
	throw new CtraceError("usage", `a tag is one word of at most 64 characters, not ${JSON.stringify(word)}`, {
		hint: "Letters, digits and . _ : / @ + - between them.",
	});
}
