import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  // The second build of the check.
  ...(process.env.VARIANT && {
    distDir: ".next-variant",
    basePath: "/clinic",
    trailingSlash: true,
    skipTrailingSlashRedirect: true,
    output: "standalone",
    reactCompiler: true,
  }),
};

export default nextConfig;
