/** A process that works for long, and what its JavaScript engine spends on that. */
import { setFlagsFromString } from "node:v8";

/** Garbage is collected when the heap has grown by so much of what is in use; V8 waits until it is several times as large. */
export function growHeapBy(percent: number): void {
	setFlagsFromString(`--heap-growing-percent=${percent}`);
}

/** Into a function that is compiled from now on others are copied up to so many bytes of bytecode in all; V8 takes 920. */
export function inlineAtMost(bytes: number): void {
	setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${bytes}`);
}
