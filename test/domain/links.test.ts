import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { trustedEntryUrl, trustedPictureUrl } from "../../src/domain/links.ts";

const hostile = [
  // Other schemes
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript:alert(1)",
  " javascript:alert(1)",
  "\u0000javascript:alert(1)",
  "\u0001javascript://coviu.com/%0aalert(1)",
  "javascript://coviu.com/%0aalert(1)",
  "javascript:https://coviu.com/",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD4=",
  "vbscript:msgbox(1)",
  "blob:https://coviu.com/4b2f",
  "file:///etc/passwd",
  "filesystem:https://coviu.com/temporary/a",
  "view-source:https://coviu.com/",
  "about:blank",
  "mailto:a@coviu.com",
  "tel:+6112345",
  "sms:+6112345",
  "ftp://coviu.com/a",
  "ws://coviu.com/a",
  "wss://coviu.com/a",
  "http://coviu.com/session/1",
  "HTTP://coviu.com/session/1",
  "httpss://coviu.com/",
  "xhttps://coviu.com/",
  // No or broken scheme
  "",
  " ",
  "#",
  "/session/1",
  "session/1",
  "coviu.com/session/1",
  "//coviu.com/session/1",
  "//evil.example/session/1",
  "\\\\coviu.com\\session",
  "https:",
  "https:/",
  "https://",
  "https:///",
  "https:coviu.com/session/1",
  "https:/coviu.com/session/1",
  "https:///coviu.com/session/1",
  "https:////coviu.com/session/1",
  "https:\\\\coviu.com/session/1",
  "https:/\\coviu.com/session/1",
  "https:\\/coviu.com/session/1",
  "https//coviu.com/session/1",
  "https%3A//coviu.com/session/1",
  "https&colon;//coviu.com/session/1",
  // Hidden characters
  " https://coviu.com/session/1",
  "https://coviu.com/session/1 ",
  "https://coviu.com/session/1\n",
  "\u00a0https://coviu.com/session/1",
  "\ufeffhttps://coviu.com/session/1",
  "ht\ntps://coviu.com/session/1",
  "https:\n//coviu.com/session/1",
  "https:/\t/coviu.com/session/1",
  "https://co\nviu.com/session/1",
  "https://coviu.com/ses\rsion/1",
  "https://coviu.com/session/1\u0000",
  "https://coviu.com/session/\u0000/1",
  "https://coviu.com/session/\u007f1",
  "https://coviu.com/session/\u202e1",
  "https://coviu.com/session/\u200b1",
  "https://coviu.com/session/\u20281",
  "https://coviu\u200b.com/session/1",
  "https://coviu\u00ad.com/session/1",
  "https://coviu.com/session\\1",
  "https://coviu.com\\@evil.example/1",
  "https://evil.example\\.coviu.com/1",
  // Credentials
  "https://coviu.com@evil.example/session/1",
  "https://coviu.com:443@evil.example/session/1",
  "https://user@coviu.com/session/1",
  "https://user:pass@coviu.com/session/1",
  "https://:pass@coviu.com/session/1",
  "https://@coviu.com/session/1",
  "https://:@coviu.com/session/1",
  "https://evil.example@coviu.com/session/1",
  "https://coviu.com%40evil.example/session/1",
  // Other hosts
  "https://evil.example/session/1",
  "https://coviu.com.evil.example/session/1",
  "https://evilcoviu.com/session/1",
  "https://evil-coviu.com/session/1",
  "https://coviu.com-evil.example/session/1",
  "https://coviu.community/session/1",
  "https://coviu.co/session/1",
  "https://coviu.co.m/session/1",
  "https://coviucom/session/1",
  "https://com/session/1",
  "https://.com/session/1",
  "https://.coviu.com/session/1",
  "https://..coviu.com/session/1",
  "https://a..coviu.com/session/1",
  "https://coviu..com/session/1",
  "https://coviu.com./session/1",
  "https://evil.example/coviu.com",
  "https://evil.example/?https://coviu.com/",
  "https://evil.example/#https://coviu.com/",
  "https://evil.example?.coviu.com/",
  "https://evil.example#.coviu.com/",
  "https://evil.example;.coviu.com/",
  "https://evil.example%2f.coviu.com/",
  "https://evil.example%23.coviu.com/",
  "https://evil.example%00.coviu.com/",
  "https://127.0.0.1/session/1",
  "https://2130706433/session/1",
  "https://0x7f.1/session/1",
  "https://[::1]/session/1",
  "https://[coviu.com]/session/1",
  "https://localhost/session/1",
  // Similar letters, and letters that a parser folds
  "https://сoviu.com/session/1",
  "https://xn--oviu-63d.com/session/1",
  "https://cоviu.com/session/1",
  "https://coviu.cоm/session/1",
  "https://coѵiu.com/session/1",
  "https://ｃｏｖｉｕ.com/session/1",
  "ｈttps://coviu.com/session/1",
  "https：//coviu.com/session/1",
  "https://coviu。com/session/1",
  "https://coviu．com/session/1",
  "https://evil.example／.coviu.com/session/1",
  "https://evil.example⁄.coviu.com/session/1",
  "https://evil.example？.coviu.com/session/1",
  "https://ⓒoviu.com/session/1",
  "https://%63oviu.com/session/1",
  "https://coviu%2ecom/session/1",
  // Ports
  "https://coviu.com:80/session/1",
  "https://coviu.com:8443/session/1",
  "https://coviu.com:4430/session/1",
  "https://coviu.com:99999/session/1",
  "https://coviu.com:-1/session/1",
  "https://coviu.com:abc/session/1",
  "https://coviu.com:/session/1",
  "https://meet.coviu.com:8443/session/1",
];

describe("trustedEntryUrl", () => {
  it.each([
    ["https://coviu.com/session/4b2f", "https://coviu.com/session/4b2f"],
    ["HTTPS://COVIU.com/session/4B2f", "https://coviu.com/session/4B2f"],
    ["https://coviu.com:443/session/4b2f", "https://coviu.com/session/4b2f"],
    ["https://coviu.com", "https://coviu.com/"],
    ["https://coviu.com?a=b#c", "https://coviu.com/?a=b#c"],
    ["https://clinic.coviu.com/session/4b2f?x=1#y", "https://clinic.coviu.com/session/4b2f?x=1#y"],
    ["https://a.b.coviu.com/session/1", "https://a.b.coviu.com/session/1"],
    ["https://coviu.com/session/a@b:c", "https://coviu.com/session/a@b:c"],
    ["https://coviu.com/session/é", "https://coviu.com/session/%C3%A9"],
  ])("returns %s as %s", (url, href) => {
    expect(trustedEntryUrl(url)).toBe(href);
  });

  it.each(hostile)("refuses %j", (url) => {
    expect(trustedEntryUrl(url)).toBeUndefined();
  });

  it("refuses undefined", () => {
    expect(trustedEntryUrl(undefined)).toBeUndefined();
  });

  it.each([
    ["https://meet.example/1", ["meet.example"], true],
    ["https://a.meet.example/1", ["meet.example"], false],
    ["https://a.meet.example/1", [".meet.example"], true],
    ["https://a.meet.example/1", ["*.meet.example"], true],
    ["https://meet.example/1", [".meet.example"], false],
    ["https://notmeet.example/1", [".meet.example", "*.meet.example"], false],
    ["https://meet.example/1", ["other.example", "Meet.Example"], true],
    ["https://meet.example:8443/1", ["meet.example:8443"], true],
    ["https://meet.example/1", ["meet.example:8443"], false],
    ["https://meet.example:8444/1", ["meet.example:8443"], false],
    ["https://meet.example/1", ["meet.example:443"], true],
    ["https://a.meet.example:8443/1", ["*.meet.example:8443"], true],
    ["https://a.meet.example/1", ["*.meet.example:8443"], false],
    ["https://xn--bcher-kva.example/1", ["bücher.example"], true],
    ["https://coviu.com/1", ["meet.example"], false],
    ["https://coviu.com/1", [], false],
    ["https://coviu.com/1", ["", "*", ".", "*.", "https://", " "], false],
  ])("%s with the hosts %j: %s", (url, hosts, trusted) => {
    expect(trustedEntryUrl(url, hosts) !== undefined).toBe(trusted);
  });

  it("returns only https addresses of a trusted host, for any input", () => {
    const pieces = [
      ..."h t t p s : / \\ @ ? # . %2 \t \n".split(" "),
      " ",
      ..."https:// coviu.com evil.example user:pass@ :443 :80 javascript: %2f ｃ \u202e [::1] session".split(" "),
    ];
    const url = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join("")),
      fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => `https://coviu.com${parts.join("")}`),
      fc.webUrl(),
    );
    let trusted = 0;
    fc.assert(
      fc.property(url, (text) => {
        const result = trustedEntryUrl(text);
        if (result === undefined) return;
        trusted++;
        expect(result).toMatch(/^https:\/\/([a-z0-9-]+\.)*coviu\.com\/[\x21-\x5b\x5d-\x7e]*$/);
        expect(trustedEntryUrl(result)).toBe(result);
      }),
      { numRuns: 5000 },
    );
    expect(trusted).toBeGreaterThan(100);
  });

  it("refuses a megabyte of text within a second", () => {
    const long = "a".repeat(1_000_000);
    const startedAt = performance.now();
    for (const url of [long, `https://${long}`, `https://coviu.com/${long}\n`, `https://${".".repeat(1_000_000)}`]) {
      expect(trustedEntryUrl(url)).toBeUndefined();
    }
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe("trustedPictureUrl", () => {
  it("refuses every picture without hosts", () => {
    expect(trustedPictureUrl("https://coviu.com/a.png", undefined)).toBeUndefined();
    expect(trustedPictureUrl("https://coviu.com/a.png", [])).toBeUndefined();
  });

  it("returns pictures of the given hosts with https only", () => {
    const hosts = ["pictures.example"];
    expect(trustedPictureUrl("https://pictures.example/a.png", hosts)).toBe("https://pictures.example/a.png");
    expect(trustedPictureUrl("http://pictures.example/a.png", hosts)).toBeUndefined();
    expect(trustedPictureUrl("data:image/png;base64,AA==", hosts)).toBeUndefined();
    expect(trustedPictureUrl("example", hosts)).toBeUndefined();
    expect(trustedPictureUrl(undefined, hosts)).toBeUndefined();
  });

  it.each(hostile)("refuses %j", (url) => {
    expect(trustedPictureUrl(url, ["coviu.com", "*.coviu.com"])).toBeUndefined();
  });
});
