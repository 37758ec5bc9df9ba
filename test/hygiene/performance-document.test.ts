import { describe, expect, test } from "vitest";
import type { Part } from "../bench/speed/bench.ts";
import { renderDocument } from "../bench/speed/document.ts";

const part = (name: string): Part => ({
	name,
	title: `Of ${name}`,
	run: () => Promise.reject(new Error("not run")),
});
const ORDER = [part("one"), part("two"), part("three")];
const measured = (one: Part, figure: string) => ({
	part: one,
	report: { bars: [{ what: "a figure", bar: "at most 9", measured: figure, isMet: true }], lines: [figure] },
	where: "Here.",
});

describe("the document of what was measured", () => {
	test("keeps what was not measured anew as it stands, however often the others are", () => {
		const all = ORDER.map((one) => measured(one, "1"));
		const [, second] = all;
		if (second === undefined) throw new Error("no second part");
		const once = renderDocument("", all, ORDER);
		const often = [1, 2, 3].reduce((document) => renderDocument(document, [second], ORDER), once);
		expect(often).toBe(once);
		expect(renderDocument(once, [measured(second.part, "2")], ORDER)).toBe(
			once.replace(/(## Of two[\s\S]*?)\| 1 \|([\s\S]*?)\n1\n/u, "$1| 2 |$2\n2\n"),
		);
	});
});
