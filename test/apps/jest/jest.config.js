const syntax = { parser: { syntax: "typescript", tsx: true }, transform: { react: { runtime: "automatic" } } };
module.exports = {
  testEnvironment: "./jest.environment.js",
  transform: { "\\.[jt]sx?$": ["@swc/jest", { jsc: syntax }] },
  transformIgnorePatterns: ["/node_modules/(?!(coviu-react|ky)/)"],
};
