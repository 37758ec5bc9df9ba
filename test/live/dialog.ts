/** Finds the permission dialog on a screen, in the clothes of every version. Pure. */
import type { Choice } from "./scenario.ts";

export interface Dialog {
	readonly question: string;
	readonly options: readonly DialogOption[];
}

export interface DialogOption {
	/** The digit before it. */
	readonly digit: string;
	readonly label: string;
	readonly isSelected: boolean;
}

const QUESTION = /(Do you want|Would you like)\b.*\?|wants to exit plan mode/;
const OPTION = /^\s*([❯>])?\s*(\d)\.\s*(\S.*)$/;
const FOOT = /^\s*(Esc to|Tab to|Enter to|ctrl|shift)/i;

/** The dialog at the bottom of the screen, or undefined while none is complete. */
export function readDialog(screen: string): Dialog | undefined {
	const rows = screen.split("\n").map(unboxed);
	const at = rows.findLastIndex((row) => QUESTION.test(row));
	if (at < 0) return undefined;
	const options = readOptions(rows.slice(at + 1));
	const isComplete = options.some((option) => option.isSelected) && options.some(isRefusal);
	return isComplete ? { question: rows[at]?.trim() ?? "", options } : undefined;
}

/** The option that a choice means, or undefined where the dialog has none such. */
export function optionFor(dialog: Dialog, choice: Choice): DialogOption | undefined {
	const agreeing = dialog.options.filter((option) => /^yes/i.test(option.label));
	switch (choice) {
		case "yes":
			return agreeing[0];
		case "always":
			return agreeing[1];
		case "no":
		case "amend":
			return dialog.options.find(isRefusal);
		case "esc":
			return undefined;
	}
}

function readOptions(rows: readonly string[]): DialogOption[] {
	const options: DialogOption[] = [];
	let isAfterBlank = false;
	for (const row of rows) {
		const found = OPTION.exec(row);
		const last = options.at(-1);
		if (found !== null) {
			options.push({
				digit: found[2] ?? "",
				label: (found[3] ?? "").trim(),
				isSelected: found[1] !== undefined,
			});
		} else if (row.trim() !== "" && last !== undefined) {
			if (isAfterBlank || FOOT.test(row)) break;
			options[options.length - 1] = { ...last, label: `${last.label} ${row.trim()}` };
		}
		isAfterBlank = row.trim() === "";
	}
	return options;
}

function isRefusal(option: DialogOption): boolean {
	// One generation of versions offers a line to type in instead of a plain "No".
	// And one paints "No" over the rest of a longer label: "Noome/…".
	return /^(no|type here to tell)/i.test(option.label);
}

/** Older versions draw a box around the dialog. */
function unboxed(row: string): string {
	return row.replace(/^\s*│/, "").replace(/│\s*$/, "").trimEnd();
}
