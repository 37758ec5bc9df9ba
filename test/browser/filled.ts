/** Whether what is seen of a conversation is filled with turns that have come, without a hole. Runs on the page. */
import type { PageDocument } from "./dom.ts";

declare const document: PageDocument;

export function isFilled(): boolean {
	const view = document.querySelector(".turn-scroll")?.getBoundingClientRect();
	if (view === undefined) return false;
	const seen = [...document.querySelectorAll(".turn-place")]
		.map((place) => ({
			box: place.getBoundingClientRect(),
			isThere: place.querySelector(".turn:not(.is-coming)") !== null,
		}))
		.filter(({ box }) => box.bottom > view.top && box.top < view.bottom)
		.sort((a, b) => a.box.top - b.box.top);
	const [first, last] = [seen[0], seen.at(-1)];
	if (first === undefined || last === undefined || seen.some(({ isThere }) => !isThere)) return false;
	const isClosed = seen.every(
		({ box }, index) => index === 0 || Math.abs(box.top - (seen[index - 1]?.box.bottom ?? 0)) < 2,
	);
	return isClosed && first.box.top <= view.top + 1 && last.box.bottom >= view.bottom - 1;
}
