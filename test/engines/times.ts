import { formatTime } from "../../src/domain/formatTime.ts";
import { parseTime } from "../../src/domain/typedTime.ts";

/** Every language of the engine's `Intl` (two or three letters) and the regions where times are written in another way. */
function locales(): string[] {
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
  const two = letters.flatMap((first) => letters.map((second) => first + second));
  const three = two.flatMap((start) => letters.map((third) => start + third));
  const regions =
    "ar-AE ar-EG ar-MA bg-BG bn-IN de-AT de-CH en-AU en-CA en-DK en-FI en-GB en-IN en-NZ en-US en-ZA es-CO es-MX es-US " +
    "fa-AF fr-BE fr-CA fr-CH hi-IN it-CH ja-JP-u-ca-japanese ko-KP mr-IN ms-SG nb-NO ne-IN nl-BE pt-BR pt-PT sr-Latn sv-FI " +
    "sv-SE ur-IN uz-Cyrl yue-Hans zh-HK zh-TW";
  return Intl.DateTimeFormat.supportedLocalesOf([...two, ...three, ...regions.split(" ")]);
}

const forms: Intl.DateTimeFormatOptions[] = [
  { timeStyle: "short" },
  { hour: "numeric", minute: "2-digit" },
  { hour: "numeric", minute: "2-digit", hourCycle: "h12" },
  { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
];

/** Returns times that the kit or the engine formats and the kit does not parse as the same time, by locale. */
function unreadable(): { locales: number; texts: number; wrong: string[] } {
  const wrong: string[] = [];
  let texts = 0;
  const all = locales();
  for (const locale of all) {
    const failed: string[] = [];
    const formats = forms.map((form) => new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" }));
    for (let minutes = 0; minutes < 24 * 60; minutes += 45) {
      const instant = new Date(minutes * 60_000);
      const written = new Set([
        formatTime(instant, { locale, timeZone: "UTC" }),
        ...formats.map((format) => format.format(instant)),
      ]);
      texts += written.size;
      for (const text of written) {
        const read = parseTime(text, locale);
        if (!read || read.hour * 60 + read.minute !== minutes) failed.push(text);
      }
    }
    if (failed.length > 0) wrong.push(`${locale}: ${failed.length} times, ${failed.slice(0, 3).join(" | ")}`);
  }
  return { locales: all.length, texts, wrong };
}

Object.assign(window, { unreadable });
