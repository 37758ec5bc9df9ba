/** Everything that is found in a text, in all the ways a person may read it. */
import type { Finding, Located } from "./finding.ts";
import { meanSurprise } from "./surprise.ts";
import { base64Views } from "./views/base64.ts";
import { unescapedViews } from "./views/decoded.ts";
import { hexdumpView } from "./views/hexdump.ts";
import { crossesJoint, type JoinedView, joinedView } from "./views/joined.ts";
import { composeViews, type View } from "./views/view.ts";
import { visibleView } from "./views/visible.ts";
import type { WorkMeter } from "./work-meter.ts";

/** Searches one text; knows nothing of views. */
export type Search = (text: string, meter: WorkMeter) => Finding[];

/** Words lie below this, in bits a letter pair: see `meanSurprise`. */
const WORDLIKE = 5;

export function findEverywhere(text: string, search: Search, meter: WorkMeter): Located[] {
	const visible = visibleView(text);
	const seen = search(visible.text, meter);
	const located = seen.map((finding) => locate(finding, visible));
	for (const view of rereadings(visible)) {
		for (const finding of search(view.text, meter)) located.push(locate(finding, view));
	}
	const joined = joinedView(visible.text);
	if (joined === undefined) return located;
	const whole = composeViews(joined, visible);
	const known = new Set(located.map((one) => keyOf(one)));
	for (const finding of search(joined.text, meter)) {
		if (!crossesJoint(joined, finding)) continue;
		const one = locate(finding, whole);
		if (!(known.has(keyOf(one)) && endsInWords(joined, finding))) located.push(one);
	}
	return located;
}

/** Decoded forms; a code inside a code is decoded once more. */
function rereadings(visible: View): View[] {
	const unescaped = unescapedViews(visible.text);
	const coded = base64Views(visible.text);
	const twice = coded.flatMap((view) => base64Views(view.text).map((inner) => composeViews(inner, view)));
	const dump = hexdumpView(visible.text);
	const all = [...unescaped, ...coded, ...twice, ...(dump === undefined ? [] : [dump])];
	return all.map((view) => composeViews(view, visible));
}

function locate(finding: Finding, view: View): Located {
	return { finding, pieces: view.locate(finding) };
}

function keyOf({ finding, pieces }: Located): string {
	return `${finding.ruleId} ${pieces[0]?.start}`;
}

/** A secret that was whole on its row, and a next row that begins with a word: the word is not part of it. */
function endsInWords(joined: JoinedView, finding: Finding): boolean {
	const joint = joined.joints.find((at) => at > finding.start) ?? finding.end;
	const rest = joined.text.slice(joint, finding.end);
	return !/\d/.test(rest) && meanSurprise(rest) < WORDLIKE;
}
