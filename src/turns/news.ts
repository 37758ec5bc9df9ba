/** Most frames move a spinner or add a letter to the box: the conversation is the same, row by row. */
import { isSameConversation, type Regions } from "./regions.ts";

export class News {
	#seen: { readonly regions: Regions; readonly pending: string | undefined } | undefined;

	/** Whether the frame shows another conversation than the one before it, or waits for the echo of another prompt. */
	take(regions: Regions, pending: string | undefined): boolean {
		const last = this.#seen;
		this.#seen = { regions, pending };
		if (last === undefined || last.pending !== pending) return true;
		return !isSameConversation(last.regions, regions);
	}
}
