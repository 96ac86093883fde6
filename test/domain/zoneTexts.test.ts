import { describe, expect, it } from "vitest";

import { frontDeskMessages } from "../../src/components/FrontDesk/messages.ts";
import { sessionDetailsMessages } from "../../src/components/SessionDetails/messages.ts";
import { sessionSchedulerMessages } from "../../src/components/SessionScheduler/messages.ts";
import { shownTimes } from "../../src/components/SessionScheduler/when.ts";
import { zoneNames } from "../../src/domain/formatTime.ts";
import { arabic } from "../../stories/docs/arabic.ts";
import { german } from "../../stories/docs/german.ts";

const english = {
  frontDesk: frontDeskMessages,
  sessionDetails: sessionDetailsMessages,
  sessionScheduler: sessionSchedulerMessages,
};
const start = "2026-01-12T00:00:00.000Z";
const end = "2026-01-12T00:30:00.000Z";

describe.each([
  ["en-AU", english],
  ["de", german],
  ["ar", arabic],
] as const)("texts in %s", (locale, { frontDesk, sessionDetails, sessionScheduler }) => {
  it.each(["UTC", "Etc/GMT-10", "etc/gmt+5", "Etc/UTC", "Asia/Kolkata", "Australia/Sydney"])(
    "contain the zone %s once",
    (timeZone) => {
      const zoned = { locale, timeZone };
      const names = zoneNames(start, zoned);
      const times = shownTimes(start, end, zoned);
      const texts = [
        frontDesk.clock({ time: "9:52", ...names }),
        frontDesk.bookedBody({ day: times.day, time: "9:52", city: names.city, links: 1 }),
        sessionDetails.day({ day: times.day, city: names.city, zone: names.short }),
        sessionDetails.elsewhere({ times: times.times, day: times.day, city: names.city, zone: names.short }),
        sessionScheduler.zone(names.city),
        sessionScheduler.result(times),
        sessionScheduler.elsewhere({ ...times, shift: undefined }),
      ];
      expect(texts.filter((text) => (text.match(/UTC|GMT/g)?.length ?? 0) > 1)).toEqual([]);
      expect(texts.filter((text) => /UTC\S* time|Zeit in UTC/.test(text))).toEqual([]);
    },
  );
});
