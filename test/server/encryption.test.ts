import { describe, expect, it } from "vitest";

import { createEncryption, createKeyring } from "../../src/server/proxy/encryption.ts";

const id = "0b7e5a52-6e2d-4c0c-9a43-6a2f4f1d2c3e";

function encryptionOf(secret: string) {
  const readKeys = createKeyring();
  return createEncryption(() => readKeys(async () => secret));
}

/** Changes one bit of a base64url text. */
function flipBit(text: string, at: number): string {
  const bytes = Buffer.from(text, "base64url");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString("base64url");
}

describe.each([
  ["encrypt", "encrypt", "decrypt"],
  ["encryptDeterministically", "encryptDeterministically", "decryptDeterministic"],
] as const)("%s", (_, encrypt, decrypt) => {
  it("is decrypted by another server with the same secret and context only", async () => {
    const encrypted = await encryptionOf("secret")[encrypt]("participant of Chen", id);
    expect(encrypted).toMatch(/^[\w-]+$/);
    expect(await encryptionOf("secret")[decrypt]("participant of Chen", encrypted)).toBe(id);
    expect(await encryptionOf("secret")[decrypt]("participant of Okafor", encrypted)).toBeUndefined();
    expect(await encryptionOf("other")[decrypt]("participant of Chen", encrypted)).toBeUndefined();
  });

  it("is not decrypted after any bit was changed, or after it was cut", async () => {
    const encryption = encryptionOf("secret");
    const encrypted = await encryption[encrypt]("participant", id);
    const { length } = Buffer.from(encrypted, "base64url");
    const changed = [...Array.from({ length }, (_unused, at) => flipBit(encrypted, at)), encrypted.slice(0, -4), ""];
    const decrypted = await Promise.all(changed.map((text) => encryption[decrypt]("participant", text)));
    expect(decrypted.filter((text) => text !== undefined)).toEqual([]);
  });

  it("accepts empty texts, texts that are not ASCII, and 70,000 characters", async () => {
    const encryption = encryptionOf("secret");
    for (const text of ["", "Tāne Wihongi", "x".repeat(70_000)]) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await encryption[decrypt]("text", await encryption[encrypt]("text", text))).toBe(text);
    }
  });
});

it("encrypt returns another result each time, encryptDeterministically the same one", async () => {
  const encryption = encryptionOf("secret");
  const results = (name: "encrypt" | "encryptDeterministically") =>
    Promise.all([1, 2, 3].map(() => encryption[name]("participant", id))).then((all) => new Set(all).size);
  expect(await results("encrypt")).toBe(3);
  expect(await results("encryptDeterministically")).toBe(1);
});

it("encryptDeterministically separates context and text", async () => {
  const encryption = encryptionOf("secret");
  const first = await encryption.encryptDeterministically("ab", "c");
  expect(await encryption.encryptDeterministically("a", "bc")).not.toBe(first);
  expect(await encryption.decryptDeterministic("a", first)).toBeUndefined();
});
