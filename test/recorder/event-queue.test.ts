import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { EventQueue } from "../../src/recorder/event-queue.ts";

const EVENTS = 10_000;

const output = (at: number): TerminalEvent => ({ kind: "output", at, data: new Uint8Array(10) });

it("a queue that is never empty lets go of what was taken", async () => {
	setFlagsFromString("--expose-gc");
	const collect: () => void = runInNewContext("gc");
	const queue = new EventQueue();
	const taken: WeakRef<TerminalEvent>[] = [];
	queue.push(output(-1));
	for (let at = 0; at < EVENTS; at += 1) {
		queue.push(output(at));
		const event = queue.shift();
		if (event !== undefined) taken.push(new WeakRef(event));
	}
	expect(taken).toHaveLength(EVENTS);
	await wait(0); // a weak reference holds until the turn of the loop that made it is over
	collect();
	expect(taken.filter((one) => one.deref() !== undefined).length).toBeLessThan(10);
	expect(queue.shift()).toMatchObject({ at: EVENTS - 1 });
	expect(queue.isEmpty).toBe(true);
});
