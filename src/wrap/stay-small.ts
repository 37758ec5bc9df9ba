/** The wrapper's own memory. */
import { createRequire } from "node:module";

/**
 * V8's optimizing compiler is left out of this process: its pages are four megabytes, more than all that it would compile
 * here, since the native part moves the bytes. Without that part JavaScript looks at each of them, and has to be fast.
 * Whatever is optimized by then stays so.
 */
export function staySmall(hasNativePart: boolean): void {
	if (!hasNativePart) return;
	// Loaded only now, when the command runs already: at the top of the file, the command would wait for it.
	const v8: typeof import("node:v8") = createRequire(import.meta.url)("node:v8");
	v8.setFlagsFromString("--no-opt");
}
