// What the wrapper leaves out to stay small: V8's optimizing compiler, where the native part does the work.
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { bundleScript } from "../support/bundle-script.ts";

function afterWork(part: "native" | "none"): string {
	const script = bundleScript("test/wrap/programs/work-hard.ts");
	return execFileSync(process.execPath, ["--allow-natives-syntax", script, part], { encoding: "utf8" });
}

describe("the wrapper's process", () => {
	it("optimizes nothing where the native part moves the bytes", () => {
		expect(afterWork("native")).toBe("plain");
	});

	it("optimizes as ever where there is none", () => {
		expect(afterWork("none")).toBe("optimized");
	});
});
