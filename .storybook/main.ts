import type { StorybookConfig } from "@storybook/react-vite";
import remarkGfm from "remark-gfm";

import { apiTables } from "./apiTables.ts";

const tables = "virtual:api-tables";

const config: StorybookConfig = {
  framework: {
    name: "@storybook/react-vite",
    options: { builder: { viteConfigPath: ".storybook/vite.config.ts" } },
  },
  stories: ["../stories/**/*.mdx", "../stories/**/*.stories.tsx"],
  addons: [
    // Tables in MDX pages.
    {
      name: "@storybook/addon-docs",
      options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [remarkGfm] } } },
    },
    "@storybook/addon-a11y",
    "@storybook/addon-vitest",
  ],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  features: { sidebarOnboardingChecklist: false },
  typescript: { reactDocgen: "react-docgen" },
  viteFinal: (vite) => ({
    ...vite,
    plugins: [
      ...(vite.plugins ?? []),
      {
        name: "api-tables",
        resolveId: (id) => (id === tables ? `\0${tables}` : undefined),
        load: (id) => (id === `\0${tables}` ? `export default ${JSON.stringify(apiTables())};` : undefined),
      },
    ],
  }),
};
export default config;
