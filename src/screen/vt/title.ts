/** An operating system command, as far as it sets the window's title: `0;…` and `2;…`. The others are skipped. */

const LONGEST_TITLE = 4096;
const SETS_TITLE: readonly number[] = [0, 2];
const SEMICOLON = 0x3b;

export class TitleCommand {
	/** The command's number while it is read; nothing for one that is none. */
	#number: number | undefined = undefined;
	#isText = false;
	#text = "";
	#isSkipped = false;

	start(): void {
		this.#number = undefined;
		this.#isText = false;
		this.#text = "";
		this.#isSkipped = false;
	}

	put(codePoint: number): void {
		if (this.#isSkipped) return;
		if (this.#isText) this.#append(codePoint);
		else if (codePoint === SEMICOLON) this.#beginText();
		else if (codePoint >= 0x30 && codePoint <= 0x39) this.#digit(codePoint - 0x30);
		else this.#isSkipped = true;
	}

	/** The title it sets, if it sets one. */
	end(): string | undefined {
		const sets = !this.#isSkipped && SETS_TITLE.includes(this.#number ?? -1);
		const text = this.#text;
		this.start();
		this.#isSkipped = true;
		return sets ? text : undefined;
	}

	#digit(value: number): void {
		this.#number = Math.min((this.#number ?? 0) * 10 + value, Number.MAX_SAFE_INTEGER / 16);
	}

	#beginText(): void {
		this.#isText = true;
		this.#isSkipped = !SETS_TITLE.includes(this.#number ?? -1);
	}

	/** A title longer than any window shows is none. */
	#append(codePoint: number): void {
		this.#text += String.fromCodePoint(codePoint);
		if (this.#text.length <= LONGEST_TITLE) return;
		this.#text = "";
		this.#isSkipped = true;
	}
}
