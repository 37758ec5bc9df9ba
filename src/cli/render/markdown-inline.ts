/** Markdown inside a line, as HTML. Everything is escaped first; only what is recognised becomes a tag. Pure. */

/** Text as HTML text, safe in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

const ENTITIES: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Code first, for nothing inside it is markup; then links; then emphasis in what is left. */
const TOKEN =
	/(?<ticks>`+)(?<code>[^`]|[^`].*?[^`])\k<ticks>(?!`)|\[(?<label>[^\]\n]{1,300})\]\((?<target>[^()\s]{1,2000})\)|(?<url>https?:\/\/[^\s<>"'`)\]]{1,2000})/gs;
/** A link may lead to the web or to a mailbox, never run anything. */
const SAFE_TARGET = /^(https?:\/\/|mailto:)/i;
const TRAILING_PUNCTUATION = /[.,;:!?]+$/;

export function renderInline(text: string): string {
	let html = "";
	let at = 0;
	for (const match of text.matchAll(TOKEN)) {
		html += renderEmphasis(text.slice(at, match.index)) + renderToken(match);
		at = match.index + match[0].length;
	}
	return html + renderEmphasis(text.slice(at));
}

function renderToken(match: RegExpExecArray): string {
	const { code, label, target, url } = match.groups ?? {};
	if (code !== undefined) return `<code>${escapeHtml(code.trim() === "" ? code : code.trim())}</code>`;
	if (label !== undefined && target !== undefined)
		return SAFE_TARGET.test(target) ? link(target, renderEmphasis(label)) : escapeHtml(match[0]);
	const bare = (url ?? "").replace(TRAILING_PUNCTUATION, "");
	return link(bare, escapeHtml(bare)) + escapeHtml((url ?? "").slice(bare.length));
}

function link(target: string, label: string): string {
	return `<a href="${escapeHtml(target)}" rel="noopener noreferrer nofollow">${label}</a>`;
}

/** Works on escaped text: none of the signs of emphasis is changed by escaping. */
function renderEmphasis(text: string): string {
	return escapeHtml(text)
		.replace(/\*\*(?=\S)([^\n]{1,2000}?)(?<=\S)\*\*/g, "<strong>$1</strong>")
		.replace(/(?<![\w*])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\*(?![\w*])/g, "<em>$1</em>")
		.replace(/(?<!\w)_(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])_(?!\w)/g, "<em>$1</em>")
		.replace(/~~(?=\S)([^~\n]{1,2000}?)(?<=\S)~~/g, "<del>$1</del>")
		.replaceAll("\n", "<br>\n");
}
