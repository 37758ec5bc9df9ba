/** The tests of one file against a Supabase project of its own, which goes when they are done. */
import { afterAll, beforeAll, describe, inject } from "vitest";
import { type Stack, type StackOptions, startStack } from "../../test-stack/src/stack.ts";

/** `stack()` may be called inside tests only: before them there is none. */
export function describeWithStack(
	title: string,
	define: (stack: () => Stack) => void,
	options: StackOptions = {},
): void {
	const port = inject("postgresPort");
	describe.skipIf(port === undefined)(title, () => {
		let started: Stack | undefined;
		beforeAll(async () => {
			if (port !== undefined) started = await startStack(port, options);
		});
		afterAll(() => started?.stop());
		define(() => {
			if (started === undefined) throw new Error("the stack is started before the first test, not earlier");
			return started;
		});
	});
}
