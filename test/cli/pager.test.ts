import { expect, it } from "vitest";
import { pagerEnvironment } from "../../src/cli/pager.ts";

it("less is told that the text is UTF-8, also where no locale says so", () => {
	expect(pagerEnvironment({ PATH: "/bin" })).toMatchObject({ LESSCHARSET: "utf-8", PATH: "/bin" });
});

it("what the person has set for less counts", () => {
	const own = { LESS: "-S", LESSCHARSET: "latin1" };
	expect(pagerEnvironment(own)).toEqual(own);
});
