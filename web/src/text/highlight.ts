/** Colours code. Loaded when the first code is seen; what it makes passes the sanitiser. */
import hljs from "highlight.js/lib/common";
import { sanitise } from "./rich-text.ts";

/** Beyond it, colours cost more than they tell. */
const LONGEST_CHARS = 30_000;

/** Undefined: the language is not known, or there is too much of it. */
export function highlightCode(code: string, language: string): DocumentFragment | undefined {
	if (code.length > LONGEST_CHARS || hljs.getLanguage(language) === undefined) return undefined;
	return sanitise(hljs.highlight(code, { language, ignoreIllegals: true }).value);
}
