const { TestEnvironment } = require("jest-environment-jsdom");
// Browsers have these, jsdom does not.
const web = { fetch, Headers, ReadableStream, Request, Response, structuredClone, TextDecoder, TextEncoder, TransformStream };
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, web);
  }
};
