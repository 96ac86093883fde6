import { describe, expect, it } from "vitest";

import { createAccessTokenSource, createCoviuProxy, createMemoryStore } from "../../src/server/index.ts";
import { authenticate, credentials, rule } from "./users.ts";

const create = (options: object) => createCoviuProxy({ ...credentials, authenticate, ...rule, ...options });

describe("createCoviuProxy throws for", () => {
  it.each([
    ["api.coviu.com/v1", "not a web address.*with its scheme"],
    ["//api.coviu.com/v1", "not a web address"],
    ["/api/coviu", "not a web address"],
    ["ftp://api.coviu.com", "not a web address"],
    ["https:/api.coviu.com", "not a web address"],
    ["", "not a web address"],
    ["https://", "not a web address"],
    ["https://api.coviu.com/v1?key=secret-7", "more than scheme, host and path"],
    ["https://user:secret-7@api.coviu.com", "more than scheme, host and path"],
    [5, "baseUrl is a number"],
    [null, "baseUrl is null"],
  ])("baseUrl %j", (baseUrl, message) => {
    expect(() => create({ baseUrl })).toThrow(new RegExp(message));
    if (typeof baseUrl === "string") {
      expect(() => createAccessTokenSource({ ...credentials, baseUrl })).toThrow(new RegExp(message));
    }
    expect(() => create({ baseUrl })).not.toThrow(/secret-7/);
  });

  it.each([
    ["clinic.example", '"clinic.example" in origins is not an origin.*https://clinic.example'],
    ["https://clinic.example/", 'Write "https://clinic.example"'],
    ["https://clinic.example/app", 'Write "https://clinic.example"'],
    ["https://clinic.example:443", 'Write "https://clinic.example"'],
    ["HTTPS://Clinic.example", 'Write "https://clinic.example"'],
    ["https://*.clinic.example", "not an origin"],
    ["*", "not an origin"],
    ["null", "not an origin"],
    ["", "not an origin"],
    [undefined, "origins contains undefined"],
    [/clinic/, "origins contains an object"],
  ])("the origin %s", (origin, message) => {
    expect(() => create({ origins: [origin] })).toThrow(new RegExp(message));
  });

  it.each([
    [{ origins: "https://clinic.example" }, "origins is a string, not a list"],
    [{ origins: [] }, "origins is empty"],
    [{ origins: () => true }, "origins is a function"],
    [{ mount: "api/coviu" }, "begins with a slash"],
    [{ mount: "https://clinic.example/api/coviu" }, "begins with a slash"],
    [{ mount: "/api/coviu/*" }, "begins with a slash"],
    [{ entryUrls: "ondemand" }, 'entryUrls must be "with-participants" or "on-demand"'],
    [{ entryUrls: true }, "entryUrls must be"],
    [{ entryUrlsPerHour: NaN }, "entryUrlsPerHour must be an integer"],
    [{ entryUrlsPerHour: -1 }, "entryUrlsPerHour"],
    [{ concurrency: 0 }, "concurrency must be an integer of at least 1"],
    [{ concurrency: NaN }, "concurrency"],
    [{ concurrency: "20" }, "concurrency"],
    [{ entryUrlHosts: "coviu.com" }, "entryUrlHosts is a string"],
    [{ filter: true }, "filter is a boolean, not a function"],
    [{ narrow: {} }, "narrow is an object"],
    [{ audit: console }, "audit is an object"],
    [{ onError: "log" }, "onError is a string"],
    [{ store: {} }, "store needs the methods get and swap"],
    [{ store: null }, "store needs the methods get and swap"],
  ])("%o", (options, message) => {
    expect(() => create(options)).toThrow(message);
    expect(() => create(options)).toThrow(TypeError);
  });

  it("none of these valid options", () => {
    for (const options of [
      { baseUrl: "http://127.0.0.1:8787/v1/" },
      { origins: ["https://clinic.example", "http://localhost:5173", "http://192.168.1.5:8080"] },
      { mount: "/" },
      { mount: "" },
      { mount: "/kit/" },
      { entryUrlsPerHour: 0, concurrency: 1, entryUrls: "on-demand", store: createMemoryStore() },
    ]) {
      expect(() => create(options)).not.toThrow();
    }
  });
});
