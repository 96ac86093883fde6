import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, vi } from "vitest";

import { FrontDesk } from "../../src/components/FrontDesk/FrontDesk.tsx";
import {
  SessionScheduler,
  type SessionSchedulerProps,
} from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { useCoviu } from "../../src/provider/CoviuProvider.tsx";
import { createRandom } from "../../src/sandbox/ids.ts";
import { renderWithCoviu, type RenderSettings } from "../render.tsx";
import {
  changesOf,
  type ClockChange,
  edgeOf,
  hour,
  instantsOf,
  iso,
  isGap,
  jumpOf,
  minute,
  offsets,
  oneOf,
  typed,
} from "./clockChanges.ts";
import { type Drill, faultRow } from "./faultRow.ts";
import { viewers, withTimeZone } from "./timeZones.ts";

type View = ReturnType<typeof renderForm>;

function renderForm(props: SessionSchedulerProps = {}, settings?: RenderSettings) {
  cleanup();
  return renderWithCoviu(<SessionScheduler {...props} />, settings);
}

function sent({ sandbox }: View) {
  return sandbox.log
    .entries()
    .filter(({ operation }) => operation === "createSession")
    .map(({ body }) => body);
}

/** Start or end of a request. */
function timeIn(body: unknown, name: "start_time" | "end_time"): number {
  return Date.parse(String(Object.entries(body ?? {}).find(([key]) => key === name)?.[1]));
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const offsetText = (offset: number) => {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / hour), (Math.abs(offset) % hour) / minute];
  return `UTC${offset === 0 ? "" : `${offset < 0 ? "-" : "+"}${hours}${minutes ? `:${minutes}` : ""}`}`;
};
/** Wall clock as written in Australian English. */
const timeText = (wall: number) =>
  new Intl.DateTimeFormat("en-AU", { timeStyle: "short", timeZone: "UTC" }).format(wall).replace(/\s/g, " ");
const plain = (text: string | null | undefined) => text?.replace(/\s/g, " ") ?? "";

type DatePart = "day" | "month" | "year";
const dayFirst: readonly DatePart[] = ["day", "month", "year"];
const changing = Intl.supportedValuesOf("timeZone");

/** Future clock change of this kind in a random zone. */
function changeFor(random: () => number, gap: boolean): ClockChange {
  for (;;) {
    const changes = changesOf(oneOf(random, changing), Date.UTC(2026, 1)).filter((change) => isGap(change) === gap);
    if (changes.length > 0) return oneOf(random, changes);
  }
}

/** Types date and time with the keyboard, beginning at the name. */
async function typeBooking({ user }: View, wall: number, order: readonly DatePart[] = dayFirst) {
  const { date, time } = typed(wall);
  const names = { day: field("Day"), month: field("Month"), year: field("Year") };
  fireEvent.change(field("Name of person 1"), { target: { value: "Dr Amara Okafor" } });
  fireEvent.change(field("Session name"), { target: { value: "Knee rehab" } });
  act(() => field("Session name").focus());
  const isThere = order.every((part) => names[part].value === date[part]);
  await user.keyboard(`{Tab}${order.map((part) => (isThere ? "" : date[part])).join("{Tab}")}{Tab}${time}`);
}

/** Props with noon of the day, so that two of three random runs need not type the date. */
function noonOf(wall: number, { zone }: ClockChange, seed: number): SessionSchedulerProps {
  const noon = Math.floor(wall / (24 * hour)) * 24 * hour + 12 * hour;
  const guess = noon - offsets(zone)(noon);
  return seed % 3 === 1 ? {} : { defaultStart: iso(noon - offsets(zone)(guess)) };
}

/** Skips the check of visibility, which is slow. Focused elements are visible. */
const quick = { hidden: true };

/** Moves the focus from the summary to the field of a problem. */
async function followSummary({ user }: View, linkText: RegExp) {
  const summary = screen.getByRole("group", { name: /to fix before booking$/, ...quick });
  expect(summary).toHaveFocus();
  await user.keyboard("{Tab}");
  expect(within(summary).getByRole("link", { name: linkText, ...quick })).toHaveFocus();
  await user.keyboard("{Enter}");
}

const locales: readonly [string, readonly DatePart[]][] = [
  ["en-AU", dayFirst],
  ["en-US", ["month", "day", "year"]],
  ["sv", ["year", "month", "day"]],
];

faultRow("D2", "a time that clocks skip is never shifted automatically, and the two nearest times are offered", [
  {
    name: "any gap × booking by keyboard × the time after it or before it",
    runs: 2,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const choice = seed % 2 ? "after" : "before";
      const change = changeFor(random, true);
      const [locale, order] = oneOf(random, locales);
      const wall = edgeOf(change) + Math.floor(random() * (jumpOf(change) / minute)) * minute;
      const view = renderForm(noonOf(wall, change, seed), { timeZone: change.zone, locale });
      await typeBooking(view, wall, order);
      const instants = { before: iso(wall - change.after), after: iso(wall - change.before) };
      await holds("I4", () => expect(screen.getAllByRole("button", { name: /^Use / })).toHaveLength(2));
      await holds("I6", () => expect(field("Start")).toBeInvalid());
      await holds("I6", () => expect(field("Start")).toHaveAccessibleDescription(/doesn’t exist on /));
      await view.user.keyboard("{Enter}");
      await followSummary(view, /doesn’t exist on /);
      await holds("I6", () => expect(field("Start")).toHaveFocus());
      await holds("I4", () => expect(sent(view)).toEqual([]));
      await view.user.keyboard(choice === "after" ? "{Tab}{Enter}" : "{Tab}{Tab}{Enter}");
      await holds("I6", () => expect(field("Start")).toHaveFocus());
      await holds("I6", () => expect(field("Start")).toBeValid());
      await view.user.keyboard("{Enter}");
      await waitFor(() => expect(sent(view)).toHaveLength(1));
      await holds("I4", () => expect(sent(view)).toMatchObject([{ start_time: instants[choice] }]));
    },
  },
  {
    name: "a gap across midnight × the two offers name their days",
    async run({ holds }) {
      const view = renderForm({}, { timeZone: "America/Santiago" });
      await typeBooking(view, Date.UTC(2026, 8, 6, 0, 30));
      const offers = () =>
        screen.getAllByRole("button", { name: /^Use / }).map(({ textContent }) => plain(textContent));
      await holds("I4", () =>
        expect(offers()).toEqual(["Use Sunday 6 September, 1:30 am", "Use Saturday 5 September, 11:30 pm"]),
      );
    },
  },
  {
    name: "a gap × typed end × only offers after the start, and the chosen time is sent",
    async run({ holds }) {
      const view = renderForm();
      await typeBooking(view, Date.UTC(2026, 9, 4, 1, 45));
      await view.user.click(screen.getByRole("radio", { name: "Other" }));
      await view.user.clear(field("End"));
      await view.user.type(field("End"), "2:30");
      // 1:30 am would be before the start.
      await view.user.click(screen.getByRole("button", { name: /^Use / }));
      await holds("I1", () => expect(plain(field("End").value)).toBe("3:30 am"));
      await view.user.keyboard("{Enter}");
      await waitFor(() => expect(sent(view)).toHaveLength(1));
      await holds("I4", () =>
        expect(sent(view)).toMatchObject([
          { start_time: "2026-10-03T15:45:00.000Z", end_time: "2026-10-03T16:30:00.000Z" },
        ]),
      );
    },
  },
]);

faultRow("D3", "for a time that clocks show twice, the form asks which one is meant, and the chosen instant is sent", [
  ...(["at once", "from the summary"] as const).map((way) => ({
    name: `any overlap × booking by keyboard × the first or the second time × ${way}`,
    runs: 2,
    async run({ seed, holds }: Drill) {
      const random = createRandom(seed);
      const choice = seed % 2 ? "first" : "second";
      const change = changeFor(random, false);
      const [locale, order] = oneOf(random, locales);
      const wall = edgeOf(change) + Math.floor(random() * (jumpOf(change) / minute)) * minute;
      const view = renderForm(noonOf(wall, change, seed), { timeZone: change.zone, locale });
      await typeBooking(view, wall, order);
      const group = screen.getByRole("group", { name: /happens twice on /, ...quick });
      const radios = within(group).getAllByRole<HTMLInputElement>("radio", quick);
      await holds("I4", () => expect(radios.map((radio) => radio.checked)).toEqual([false, false]));
      // The labels have a text and the offset.
      const names = radios.map((radio) => plain(radio.closest("label")?.textContent));
      await holds("I6", () => expect(names[0]).toMatch(/^The first .*Before the clocks go back \(/));
      await holds("I6", () => expect(names[1]).toMatch(/^The second .*later, after the clocks go back \(/));
      await holds("I6", () => expect(names[0]).toContain(`${offsetText(change.before)})`));
      await holds("I6", () => expect(names[1]).toContain(`${offsetText(change.after)})`));
      if (way === "from the summary") {
        await view.user.keyboard("{Enter}");
        await followSummary(view, /^Choose which /);
        await holds("I6", () => expect(group).toHaveAccessibleDescription(/^Choose which /));
      } else {
        await view.user.keyboard("{Tab}");
      }
      await holds("I6", () => expect(radios[0]).toHaveFocus());
      await holds("I4", () => expect(sent(view)).toEqual([]));
      await view.user.keyboard(choice === "first" ? " " : "{ArrowDown}");
      await holds("I6", () => expect(radios[choice === "first" ? 0 : 1]).toBeChecked());
      await view.user.keyboard("{Enter}");
      await waitFor(() => expect(sent(view)).toHaveLength(1));
      const [first, second] = instantsOf(wall, change);
      await holds("I4", () => expect(sent(view)).toMatchObject([{ start_time: choice === "first" ? first : second }]));
    },
  })),
  {
    name: "an overlap × name and description at each stop of the Tab key",
    async run({ holds }) {
      const view = renderForm();
      await typeBooking(view, Date.UTC(2026, 3, 5, 2, 30));
      act(() => field("Session name").focus());
      const stops: [string, RegExp | undefined][] = [
        ["Day", undefined],
        ["Month", undefined],
        ["Year", undefined],
        ["Start", /^Sydney time\. Such as 9, 930 or 9:30 pm$/],
        ["The first 2:30 am Before the clocks go back (AEDT, UTC+11)", undefined],
        ["30 min", undefined],
      ];
      for (const [name, description] of stops) {
        // oxlint-disable-next-line no-await-in-loop
        await view.user.tab();
        const stop = document.activeElement;
        // oxlint-disable-next-line no-await-in-loop
        await holds("I6", () =>
          expect(stop).toHaveAccessibleName(new RegExp(`^${name.replace(/[()+]/g, "\\$&").replaceAll(" ", "\\s")}$`)),
        );
        // oxlint-disable-next-line no-await-in-loop
        await holds("I6", () => expect(stop).toHaveAccessibleDescription(description ?? ""));
      }
      const question = screen.getByRole("group", { name: /^2:30\sam happens twice on Sunday 5 April\. Which one\?$/ });
      await holds("I6", () =>
        expect(question).toHaveAccessibleDescription(
          /^Clocks in Sydney go back from 3:00\sam to 2:00\sam that night\.$/,
        ),
      );
      await holds("I6", () =>
        expect(screen.getByRole("group", { name: "When, Sydney time" })).toContainElement(question),
      );
    },
  },
  {
    name: "an overlap × typed end × booking",
    async run({ holds }) {
      const view = renderForm();
      await typeBooking(view, Date.UTC(2026, 3, 5, 1, 45));
      await view.user.click(screen.getByRole("radio", { name: "Other" }));
      await view.user.clear(field("End"));
      await view.user.type(field("End"), "2:30{Enter}");
      await followSummary(view, /^Choose which 2:30\sam you mean$/);
      await view.user.keyboard("{ArrowDown}{Enter}");
      await waitFor(() => expect(sent(view)).toHaveLength(1));
      await holds("I4", () => expect(sent(view)).toMatchObject([{ end_time: "2026-04-04T16:30:00.000Z" }]));
    },
  },
  {
    name: "an overlap × another time typed after choosing × the form asks again",
    async run({ holds }) {
      const view = renderForm();
      await typeBooking(view, Date.UTC(2026, 3, 5, 2, 30));
      await view.user.click(screen.getByRole("radio", { name: /^The second/ }));
      await view.user.clear(field("Start"));
      await view.user.type(field("Start"), "2:15");
      const radios = () => screen.getAllByRole<HTMLInputElement>("radio", { name: /^The (first|second)/ });
      await holds("I4", () => expect(radios().map(({ checked }) => checked)).toEqual([false, false]));
    },
  },
]);

/** Fills in the form with change events. `inLocale` converts the digits in labels. */
function setTimes(wall: number, inLocale = (text: string) => text) {
  const { date, time } = typed(wall);
  for (const [name, value] of [
    ["Session name", "Knee rehab"],
    [inLocale("Name of person 1"), "Dr Amara Okafor"],
    ["Day", date.day],
    ["Month", date.month],
    ["Year", date.year],
    ["Start", time],
  ] as const) {
    fireEvent.change(field(name), { target: { value } });
  }
}

const book = () => fireEvent.click(screen.getByRole("button", { name: "Book session" }));

faultRow("D4", "all times are in the clinic's zone, in any time zone of the computer", [
  {
    name: "any clinic × any zone of the computer × booking: the clinic's zone at the field, the computer's time second",
    runs: 2,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const clinic = oneOf(random, ["Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "America/New_York"]);
      const viewer = oneOf(random, viewers(Math.floor(random() * 4)));
      const wall = Date.UTC(2026, 1 + Math.floor(random() * 10), 12, 9 + Math.floor(random() * 9), 15);
      const instant = wall - offsets(clinic)(wall - offsets(clinic)(wall));
      await inTimeZone(viewer, async () => {
        const view = renderForm({}, { timeZone: clinic });
        setTimes(wall);
        const city = clinic.replace(/.*\//, "").replace("_", " ");
        await holds("I6", () => expect(field("Start")).toHaveAccessibleDescription(new RegExp(`^${city} time\\. `)));
        await holds("I6", () => expect(screen.getByRole("group", { name: `When, ${city} time` })).toBeVisible());
        const facts = [...view.container.querySelectorAll(".coviu-fact")].map(({ textContent }) => plain(textContent));
        await holds("I4", () => expect(facts[0]).toContain(`${city} time (`));
        const there = offsets(viewer)(instant);
        const differs = there !== offsets(clinic)(instant);
        await holds("I4", () => expect(facts).toHaveLength(differs ? 2 : 1));
        if (differs) {
          const begins = timeText(instant + there).replace(/ (am|pm)$/, "");
          await holds("I4", () => expect(facts[1]).toContain(begins));
        }
        book();
        await waitFor(() => expect(sent(view)).toHaveLength(1));
        await holds("I4", () => expect(sent(view)).toMatchObject([{ start_time: iso(instant) }]));
      });
    },
  },
]);

async function inTimeZone(zone: string, run: () => Promise<void>) {
  const own = process.env.TZ;
  withTimeZone(zone, () => undefined);
  process.env.TZ = zone;
  try {
    await run();
  } finally {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
  }
}

faultRow("D5", "a session across midnight or a clock change keeps its duration, and shows the day on which it ends", [
  ...(
    [
      [
        "across midnight",
        Date.UTC(2026, 7, 3, 23, 30),
        "Monday 3 August 2026, 11:30 pm – Tuesday 4 August, 12:15 am, ",
      ],
      ["across a gap", Date.UTC(2026, 9, 4, 1, 30), "Sunday 4 October 2026, 1:30 am AEST – 3:15 am AEDT, "],
      ["across an overlap", Date.UTC(2026, 3, 5, 1, 45), "Sunday 5 April 2026, 1:45 – 2:30 am AEDT, "],
    ] as const
  ).map(([name, wall, words]) => ({
    name: `45 minutes ${name} × booking`,
    async run({ holds }: Drill) {
      const view = renderForm();
      setTimes(wall);
      fireEvent.click(screen.getByRole("radio", { name: "45 min" }));
      const facts = () =>
        [...view.container.querySelectorAll(".coviu-fact")].map(({ textContent }) => plain(textContent));
      await holds("I4", () => expect(facts()[0]).toContain(words));
      book();
      await waitFor(() => expect(sent(view)).toHaveLength(1));
      const [body] = sent(view);
      await holds("I4", () => expect(timeIn(body, "end_time") - timeIn(body, "start_time")).toBe(45 * minute));
    },
  })),
  {
    name: "a session across midnight and a clock change × text",
    async run({ holds }) {
      const view = renderForm();
      setTimes(Date.UTC(2026, 3, 4, 22, 0));
      fireEvent.click(screen.getByRole("radio", { name: "Other" }));
      fireEvent.change(field("End"), { target: { value: "3:30 am" } });
      const facts = () =>
        [...view.container.querySelectorAll(".coviu-fact")].map(({ textContent }) => plain(textContent));
      await holds("I4", () =>
        expect(facts()[0]).toContain("Saturday 4 April 2026, 10:00 pm AEDT – Sunday 5 April, 3:30 am AEST, "),
      );
    },
  },
]);

function Zone() {
  return useCoviu().timeZone;
}

/** Props of a caller without types. */
const withoutZone: { timeZone: string } = JSON.parse("{}");

faultRow(
  "D6",
  "for an unknown time zone, the developer gets an error and UTC is used with its name, never the browser's zone",
  [
    ...["Mars/Base", "+10:00", "undefined"].map((zone) => ({
      name: `zone ${JSON.stringify(zone)} × booking`,
      async run({ holds }: Drill) {
        const reported = vi.fn<(error: unknown) => void>();
        const consoleError = vi.spyOn(console, "error");
        vi.stubGlobal("reportError", reported);
        try {
          await inTimeZone("Australia/Sydney", async () => {
            const timeZone = zone === "undefined" ? withoutZone.timeZone : zone;
            const view = renderForm({}, { timeZone });
            setTimes(Date.UTC(2026, 7, 3, 10, 0));
            await holds("I4", () => expect(view.container).toHaveTextContent(/10:00 – 10:30\sam, UTC(?! time)/));
            await holds("I6", () => expect(field("Start")).toHaveAccessibleDescription(/^UTC\. /));
            book();
            await waitFor(() => expect(sent(view)).toHaveLength(1));
            await holds("I4", () => expect(sent(view)).toMatchObject([{ start_time: "2026-08-03T10:00:00.000Z" }]));
            const errors = new Set(reported.mock.calls.map(([error]) => String(error)));
            await holds("I7", () =>
              expect([...errors]).toEqual([
                `RangeError: timeZone must be an IANA zone such as Australia/Sydney, not "${zone}"`,
              ]),
            );
            // StrictMode runs effects twice.
            await holds("I7", () => expect(reported.mock.calls.length).toBeLessThanOrEqual(2));
            await holds("I7", () => expect(consoleError.mock.calls).toEqual([]));
          });
        } finally {
          vi.unstubAllGlobals();
          consoleError.mockRestore();
        }
      },
    })),
    {
      name: "other unknown zones × hooks of the app",
      async run({ holds }) {
        const reported = vi.fn<(error: unknown) => void>();
        vi.stubGlobal("reportError", reported);
        try {
          for (const timeZone of ["America/Nowhere", "Etc/Unknown", "Australia", "", " ", "Local", "GMT+10"]) {
            reported.mockClear();
            cleanup();
            const { container } = renderWithCoviu(<Zone />, { timeZone });
            // oxlint-disable-next-line no-await-in-loop
            await holds("I4", () => expect(container).toHaveTextContent(/^UTC$/));
            // oxlint-disable-next-line no-await-in-loop
            await holds("I7", () => expect(reported).toHaveBeenCalledWith(expect.any(RangeError)));
          }
        } finally {
          vi.unstubAllGlobals();
        }
      },
    },
    {
      name: "unknown zone × FrontDesk in a browser without reportError",
      async run({ holds }) {
        cleanup();
        renderWithCoviu(<FrontDesk />, { timeZone: "Mars/Base" });
        await holds("I3", async () => expect(await screen.findByText(/^\d+:\d\d\s[ap]m, UTC$/)).toBeVisible());
      },
    },
    ...["US/Pacific", "Asia/Calcutta", "Australia/ACT", "Europe/Kiev", "UTC", "Etc/GMT+10"].map((zone) => ({
      name: `old name ${zone} × nothing is reported`,
      async run({ holds }: Drill) {
        const reported = vi.fn<(error: unknown) => void>();
        vi.stubGlobal("reportError", reported);
        try {
          renderForm({}, { timeZone: zone });
          await holds("I7", () => expect(reported.mock.calls).toEqual([]));
        } finally {
          vi.unstubAllGlobals();
        }
      },
    })),
  ],
);

/** Converts digits to a script, given the code point of its zero. */
const digitsFrom = (zero: number) => (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

faultRow(
  "D7",
  "dates and times are typed and shown as the locale writes them, and sent in the Gregorian calendar",
  (
    [
      ["ar-EG", 0x660, "٢:٣٠ م", "١٤٤٨"],
      ["fa-IR", 0x6f0, "۱۴:۳۰", "۱۴۰۵"],
      ["th-TH", 0x30, "14:30", "2569"],
      ["th-TH-u-nu-thai", 0xe50, "๑๔:๓๐", "๒๕๖๙"],
      ["he-IL", 0x30, "14:30", "5786"],
      ["hi-IN-u-nu-deva", 0x966, "२:३० pm", "१९४८"],
      ["ar-SA", 0x660, "٢:٣٠ م", "١٤٤٨"],
      ["zh-TW", 0x30, "下午2:30", "115"],
      ["ja-JP-u-ca-japanese", 0x30, "14:30", "8"],
    ] as const
  ).flatMap(([locale, zero, time, otherYear]) => [
    {
      name: `${locale} × booking in its own digits`,
      async run({ holds }: Drill) {
        const own = digitsFrom(zero);
        const view = renderForm({}, { locale });
        // The form starts with Monday 12 January 2026.
        await holds("I4", () =>
          expect(["Day", "Month", "Year"].map((name) => field(name).value)).toEqual(["12", "1", "2026"].map(own)),
        );
        setTimes(Date.UTC(2026, 7, 3, 14, 30), own);
        for (const [name, value] of [
          ["Day", own("3")],
          ["Month", own("8")],
          ["Year", own("2026")],
          ["Start", time],
        ] as const) {
          fireEvent.change(field(name), { target: { value } });
        }
        const [fact = ""] = [...view.container.querySelectorAll(".coviu-fact")].map(({ textContent }) =>
          plain(textContent),
        );
        await holds("I4", () => expect(fact).toContain(own("2026")));
        book();
        await waitFor(() => expect(sent(view)).toHaveLength(1));
        await holds("I4", () =>
          expect(sent(view)).toMatchObject([
            { start_time: "2026-08-03T04:30:00.000Z", end_time: "2026-08-03T05:00:00.000Z" },
          ]),
        );
      },
    },
    {
      name: `${locale} × a year of its own calendar, ${otherYear} × booking`,
      async run({ holds }: Drill) {
        const own = digitsFrom(zero);
        const view = renderForm({}, { locale });
        setTimes(Date.UTC(2026, 7, 3, 14, 30), own);
        fireEvent.change(field("Year"), { target: { value: otherYear } });
        book();
        const group = screen.getByRole("group", { name: "Date" });
        // A Hindi year is a valid year of the past.
        if (locale.startsWith("hi")) {
          await holds("I4", () => expect(field("Start")).toHaveAccessibleDescription(/^Choose a start after /));
        } else {
          await holds("I6", () => expect(group).toHaveAccessibleDescription("Enter a year such as 2026"));
        }
        await holds("I1", () => expect(field("Year")).toHaveValue(otherYear));
        await holds("I4", () => expect(sent(view)).toEqual([]));
      },
    },
  ]),
);
