export default {
  // While developing, Next logs every request: not those whose paths hold ids.
  logging: { incomingRequests: { ignore: [/^\/api\/coviu\//] } },
};
