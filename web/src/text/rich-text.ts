/**
 * Markdown and highlighted code as nodes to put into the page. The only module that makes HTML from a session's text: the
 * renderer knows no HTML in Markdown, and what it gives passes the sanitiser, which knows few tags and no address but
 * those that lead out of here.
 */
import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";
import { splitPlaceholders } from "./placeholder.ts";
import { safeLink, visible } from "./visible.ts";

const TAGS =
	"p br hr h1 h2 h3 h4 h5 h6 em strong s code pre blockquote ul ol li table thead tbody tr th td a span".split(
		" ",
	);
const ATTRIBUTES = ["href", "class", "start"];

const markdown = createMarkdown();

function createMarkdown(): InstanceType<typeof MarkdownIt> {
	const made = new MarkdownIt({ html: false, linkify: true });
	// No picture is fetched from anywhere: it stands there as a link.
	made.disable("image");
	made.validateLink = (address) => safeLink(address) !== undefined;
	made.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
	// The page's policy allows no style in the markup.
	made.core.ruler.push("align", ({ tokens }) => {
		for (const token of tokens) {
			const align = /text-align:(\w+)/.exec(String(token.attrGet("style") ?? ""))?.[1];
			if (align !== undefined) token.attrs = [["class", `align-${align}`]];
		}
	});
	return made;
}

export function renderMarkdown(text: string): DocumentFragment {
	const fragment = sanitise(markdown.render(visible(text)));
	for (const link of fragment.querySelectorAll("a")) secure(link);
	for (const table of fragment.querySelectorAll("table")) wrap(table, "table-scroll");
	markPlaceholders(fragment);
	return fragment;
}

/** For markup that a highlighter made of a text. */
export function sanitise(html: string): DocumentFragment {
	return DOMPurify.sanitize(html, {
		ALLOWED_TAGS: TAGS,
		ALLOWED_ATTR: ATTRIBUTES,
		ALLOW_DATA_ATTR: false,
		ALLOW_ARIA_ATTR: false,
		RETURN_DOM_FRAGMENT: true,
	});
}

function secure(link: HTMLAnchorElement): void {
	const address = safeLink(link.getAttribute("href") ?? "");
	if (address === undefined) {
		link.replaceWith(...link.childNodes);
		return;
	}
	link.href = address;
	link.target = "_blank";
	link.rel = "noopener noreferrer";
	link.title = visible(address);
}

function wrap(element: Element, className: string): void {
	const around = document.createElement("div");
	around.className = className;
	around.tabIndex = 0;
	element.replaceWith(around);
	around.append(element);
}

function markPlaceholders(fragment: DocumentFragment): void {
	const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
	const texts: Text[] = [];
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
		if (node.nodeValue?.includes("[[") === true) texts.push(node as Text);
	for (const text of texts)
		text.replaceWith(
			...splitPlaceholders(text.data).map((piece) => {
				if (piece.kind === "text") return document.createTextNode(piece.text);
				const mark = document.createElement("span");
				mark.className = "masked";
				mark.title = `Masked: ${piece.whole}`;
				mark.textContent = piece.what;
				return mark;
			}),
		);
}
