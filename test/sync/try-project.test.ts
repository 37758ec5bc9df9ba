import { expect, test } from "vitest";
import { tryProject } from "../../src/sync/try-project.ts";
import { PUBLISHABLE_KEY } from "../../test-stack/src/stack.ts";
import { describeWithStack } from "./with-stack.ts";

describeWithStack("a project that is tried before it is set", (stack) => {
	test("answers, takes its key, and has ctrace's tables", async () => {
		expect(await tryProject({ url: stack().url, key: PUBLISHABLE_KEY }, fetch)).toBe("ready");
	});

	test("refuses a key that is another's", async () => {
		expect(await tryProject({ url: stack().url, key: "sb_publishable_of_another" }, fetch)).toBe(
			"key-refused",
		);
	});
});

test("where nobody answers, that is what is said", async () => {
	expect(await tryProject({ url: "http://127.0.0.1:1", key: "k" }, fetch)).toBe("unreachable");
});
