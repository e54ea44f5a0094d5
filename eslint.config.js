// @ts-check
import js from "@eslint/js";
import { readdirSync } from "node:fs";
import globals from "globals";
import importX, { createNodeResolver } from "eslint-plugin-import-x";

const UI = "./playground/ui";
const tabs = readdirSync(`${UI}/tabs`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
  .map((entry) => entry.name);

export default [
  { ignores: ["**/vendor/**", "node_modules/**", ".venv/**"] },
  js.configs.recommended,
  {
    files: ["**/*.js"],
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createNodeResolver()] },
    languageOptions: { globals: globals.browser, ecmaVersion: "latest", sourceType: "module" },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-unresolved": "error",
      "import-x/named": "error",
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            { target: `${UI}/page`, from: [`${UI}/tabs`, `${UI}/widgets`, `${UI}/presenter`] },
            { target: `${UI}/widgets`, from: [`${UI}/tabs`, `${UI}/presenter`] },
            { target: `${UI}/i18n`, from: [`${UI}/tabs`, `${UI}/widgets`, `${UI}/presenter`] },
            // no tab imports another
            ...tabs.map((tab) => ({
              target: `${UI}/tabs/${tab}`,
              from: `${UI}/tabs`,
              except: [`./${tab}`],
            })),
          ],
        },
      ],
      "max-lines": ["error", { max: 250 }],
      "max-len": ["error", { code: 100, ignoreUrls: true }],
      "no-extend-native": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: ["error", "always"],
    },
  },
  { files: ["tests/page/**", "*.js"], languageOptions: { globals: globals.node } },
];
