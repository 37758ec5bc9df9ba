/** Streams as programs and enemies write them: text, every kind of sequence, resizes, cut anywhere. */
import fc from "fast-check";

export type Step =
	| { readonly kind: "write"; readonly bytes: Uint8Array }
	| { readonly kind: "resize"; readonly cols: number; readonly rows: number };

const encoder = new TextEncoder();

const CHARS = [
	..."abc XYZ01~#[`qx",
	"é",
	"\u00a0",
	"─",
	"●",
	"❯",
	"…",
	"花",
	"한",
	"ﾊ",
	"🌻",
	"👩",
	"🌾",
	"👍",
	"🏽",
	"🇩",
	"🇪",
	"☀",
	"❤",
	"\u200d",
	"\ufe0f",
	"\ufe0e",
	"\u0301",
	"\u0308",
	"\u20e3",
	"\u{e0067}",
	"𝔘",
	"\u0000",
	"\u007f",
	"\u00ad",
];

const text = fc.oneof(
	fc.string({ unit: fc.constantFrom(...CHARS), maxLength: 12 }),
	fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
	fc.constantFrom("─".repeat(25), "word ".repeat(8), "🌻".repeat(9), "1234567890".repeat(5)),
	fc.constantFrom("花".repeat(9), "☀".repeat(7), "a\u20e3\u20e3\u20e3b", "\u200d".repeat(3), "…".repeat(12)),
);

const number = fc.oneof(fc.nat(12), fc.nat(12), fc.constantFrom(0, 1, 2, 3, 80, 255, 1000, 99999));
const numbers = fc.array(number, { maxLength: 3 }).map((all) => all.join(";"));

const movement = fc
	.tuple(numbers, fc.constantFrom(..."ABCDEFGHIZ`adefsu"))
	.map(([params, final]) => `\u001b[${params}${final}`);
/** `CSI 1 J` only from the middle of a line: see the differences in `vt.test.ts`. */
const editing = fc.oneof(
	fc.tuple(numbers, fc.constantFrom(..."@KLMPSTXg")).map(([params, final]) => `\u001b[${params}${final}`),
	fc.nat(12).map((times) => `\u001b[${times}b`),
	fc.constantFrom(
		"\u001b[J",
		"\u001b[0J",
		"\u001b[2J",
		"\u001b[3J",
		"\u001b[2J\u001b[3J\u001b[H",
		"\r\u001b[1J",
	),
	fc
		.tuple(numbers, fc.constantFrom(" @", " A", "'}", "'~"))
		.map(([params, final]) => `\u001b[${params}${final}`),
	fc.constantFrom('\u001b["q', '\u001b[1"q', "\u001b[?J", "\u001b[?2K", "\u001b[?K", "\u001b[?1K"),
);
const region = fc
	.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
	.map(([top, bottom]) => `\u001b[${top};${bottom}r`);
const mode = fc
	.tuple(
		fc.constantFrom("4", "20", "?2", "?6", "?25", "?45", "?47", "?1047", "?1048", "?1049", "?2026"),
		fc.constantFrom("h", "l"),
	)
	.map(([which, final]) => `\u001b[${which}${final}`);
/** ASCII alone: see the differences in `vt.test.ts`. */
const unwrapped = fc
	.string({ unit: "grapheme-ascii", maxLength: 30 })
	.map((line) => `\u001b[?7l${line}\u001b[?7h`);
const paint = fc.oneof(
	fc.array(fc.nat(110), { minLength: 0, maxLength: 4 }).map((all) => `\u001b[${all.join(";")}m`),
	fc
		.tuple(
			fc.constantFrom("38", "48", "58"),
			fc.constantFrom(";", ":"),
			fc.array(fc.nat(300), { maxLength: 6 }),
		)
		.map(([target, separator, values]) => `\u001b[${[target, ...values].join(separator)}m`),
	fc
		.tuple(
			fc.constantFrom(38, 48),
			fc.constantFrom("5;", "2;", "5:", "2:", "2::"),
			fc.nat(255),
			fc.nat(255),
			fc.nat(255),
		)
		.map(([target, kind, r, g, b]) => {
			const separator = kind.endsWith(":") ? ":" : ";";
			return `\u001b[${target}${separator}${kind}${[r, g, b].join(separator)}m`;
		}),
	fc.constantFrom(
		"\u001b[1m",
		"\u001b[2m",
		"\u001b[7m",
		"\u001b[22m",
		"\u001b[27m",
		"\u001b[39;49m",
		"\u001b[m",
	),
);
const escaped = fc.constantFrom(
	..."78DEHM=>cno|}~".split("").map((final) => `\u001b${final}`),
	..."()*+-.".split("").flatMap((level) => ["0", "A", "B"].map((set) => `\u001b${level}${set}`)),
	"\u001b#8",
	"\u001b%G",
	"\u001b[!p",
	"\u000e",
	"\u000f",
);
const control = fc.constantFrom(
	"\n",
	"\r\n",
	"\r",
	"\b",
	"\t",
	"\u000b",
	"\u0084",
	"\u0085",
	"\u0088",
	"\u0007",
	"\u0018",
);
const words = fc.string({ unit: "grapheme-ascii", maxLength: 12 });
const title = fc
	.tuple(
		fc.constantFrom("\u001b]0;", "\u001b]2;", "\u001b]8;;", "\u001b]", "\u009d2;"),
		words,
		fc.constantFrom("\u0007", "\u001b\\", "\u009c", "\u0018", ""),
	)
	.map((parts) => parts.join(""));
/** Whole ones in ASCII: see the differences in `vt.test.ts`. */
const string = fc
	.tuple(
		fc.constantFrom("\u001bP", "\u001bX", "\u001b_", "\u001b^", "\u0090", "\u009f"),
		words,
		fc.constantFrom("\u001b\\", "\u0018", "\u001a"),
	)
	.map((parts) => parts.join(""));
/** Sequences nobody knows, with every byte where it does not belong. */
const soup = fc
	.array(
		fc.constantFrom(..."0123;:<?>!$ '\"#%[]\u001b\u009bABJKmhlqt~z\u0018\n".replace("J", "").split("")),
		{ maxLength: 10 },
	)
	.map((chars) => `\u001b[${chars.join("")}`);

const written = fc.oneof(
	{ weight: 8, arbitrary: text },
	{ weight: 5, arbitrary: movement },
	{ weight: 5, arbitrary: editing },
	{ weight: 1, arbitrary: region },
	{ weight: 2, arbitrary: mode },
	{ weight: 1, arbitrary: unwrapped },
	{ weight: 3, arbitrary: paint },
	{ weight: 1, arbitrary: escaped },
	{ weight: 5, arbitrary: control },
	{ weight: 1, arbitrary: title },
	{ weight: 1, arbitrary: string },
	{ weight: 1, arbitrary: soup },
);

export const arbSize = fc.oneof(
	fc.record({ cols: fc.integer({ min: 2, max: 12 }), rows: fc.integer({ min: 1, max: 6 }) }),
	fc.record({ cols: fc.integer({ min: 2, max: 100 }), rows: fc.integer({ min: 1, max: 30 }) }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 14, arbitrary: written.map((each): Step => ({ kind: "write", bytes: encoder.encode(each) })) },
	{ weight: 1, arbitrary: arbSize.map((size): Step => ({ kind: "resize", ...size })) },
);

export const arbStream: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 1, maxLength: 60 });
